import StructuredClone

extension BlinkHostObject.ImageBitmap {
  /// A colour space by its numbers, which are those of Skia.
  public struct ParametricColorSpace: Hashable, Sendable {
    private static let count = 16
    private static let curveCount = 7

    /// The ``transferFunction``, then ``toXYZD50``.
    public let numbers: [Double]

    /// The curve: g, a, b, c, d, e and f. A negative g names another kind of curve, whose numbers follow it: −2 and, in
    /// today's Chromium, −5 are PQ, −3 and −6 are HLG.
    public var transferFunction: ArraySlice<Double> {
      numbers.prefix(ParametricColorSpace.curveCount)
    }
    /// The matrix from linear components to XYZ for a white of D50, row by row.
    public var toXYZD50: ArraySlice<Double> { numbers.dropFirst(ParametricColorSpace.curveCount) }

    /// Makes a colour space; `nil` if there are not sixteen numbers.
    public init?(_ numbers: [Double]) {
      guard numbers.count == ParametricColorSpace.count else { return nil }
      self.numbers = numbers
    }

    /// The numbers that Chromium 156 writes for a colour space that has a name.
    public init(_ space: BlinkHostObject.PredefinedColorSpace) {
      let curve: [Double] =
        switch space {
        case .legacyObsolete, .srgb, .p3:
          [
            2.4000000953674316, 0.9478672742843628, 0.05213269963860512, 0.07739938050508499,
            0.040449999272823334, 0, 0,
          ]
        case .rec2020: [2.4000000953674316, 1, 0, 0, 0, 0, 0]
        case .rec2100HLG: [-6, 203, 1000, 1.2000000476837158, 0, 0, 0]
        case .rec2100PQ: [-5, 203, 0, 0, 0, 0, 0]
        case .srgbLinear, .rec2100Linear, .displayP3Linear: [1, 1, 0, 0, 0, 0, 0]
        }
      let matrix: [Double] =
        switch space {
        case .legacyObsolete, .srgb, .srgbLinear:
          [
            0.436065673828125, 0.3851470947265625, 0.14306640625,
            0.2224884033203125, 0.7168731689453125, 0.06060791015625,
            0.013916015625, 0.097076416015625, 0.7140960693359375,
          ]
        case .p3, .displayP3Linear:
          [
            0.5151020288467407, 0.2919650077819824, 0.15715299546718597,
            0.24118199944496155, 0.6922360062599182, 0.06658189743757248,
            -0.0010494099697098136, 0.04188179969787598, 0.7843779921531677,
          ]
        case .rec2020, .rec2100HLG, .rec2100PQ, .rec2100Linear:
          [
            0.673458993434906, 0.1656610071659088, 0.1251000016927719,
            0.27903300523757935, 0.6753379702568054, 0.04562880098819733,
            -0.0019313900265842676, 0.0299794003367424, 0.7971619963645935,
          ]
        }
      numbers = curve + matrix
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      numbers = try reader.readDoubles(ParametricColorSpace.count)
    }
  }
}
