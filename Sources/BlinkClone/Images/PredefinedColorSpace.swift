extension BlinkHostObject {
  /// A colour space by its name: Blink's `SerializedPredefinedColorSpace`.
  public enum PredefinedColorSpace: UInt32, Sendable {
    /// What releases before Chromium 65 wrote; it is read as ``srgb``.
    case legacyObsolete = 0
    /// sRGB.
    case srgb = 1
    /// Rec. 2020.
    case rec2020 = 2
    /// Display P3.
    case p3 = 3
    /// Rec. 2100 with HLG.
    case rec2100HLG = 4
    /// Rec. 2100 with PQ.
    case rec2100PQ = 5
    /// sRGB without a curve.
    case srgbLinear = 6
    /// Rec. 2100 without a curve.
    case rec2100Linear = 7
    /// Display P3 without a curve.
    case displayP3Linear = 8

    /// Those of an `ImageData`.
    static let ofImageData: Set<PredefinedColorSpace> = [.legacyObsolete, .srgb, .p3]
  }
}
