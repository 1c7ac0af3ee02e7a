import Foundation

/// Draws time and memory for each byte over the size of a payload: what grows with its input is flat.
struct ScalingPlot {
  let points: [Point]

  private static let width = 920.0
  private static let panelWidth = 360.0
  private static let panelHeight = 210.0
  private static let left = 76.0
  private static let top = 76.0
  private static let columnGap = 84.0
  private static let rowGap = 84.0

  private var shapes: [String] { Shape.all.map(\.name) }
  private var sizes: [Int] { Array(Set(points.map(\.size))).sorted() }

  /// The drawing.
  var svg: String {
    let height = Self.top + 2 * Self.panelHeight + Self.rowGap + 60
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(text(Self.width)) \#(text(height))" font-family="system-ui, -apple-system, 'DejaVu Sans', sans-serif" font-size="13" fill="\#(Colour.ink)">"#,
      "<title>Time and memory for each byte, over the size of the payload</title>",
      #"<rect width="100%" height="100%" fill="white"/>"#,
    ]
    lines += legend
    let measures: [(String, (Point) -> Double)] = [
      ("nanoseconds for each byte", \.nanosecondsPerByte),
      ("peak bytes of memory for each byte", \.heapPerByte),
    ]
    for (row, measure) in measures.enumerated() {
      // One scale in a row, so that reading and writing can be compared.
      let step = Self.step(over: points.map(measure.1).max() ?? 1)
      for (column, direction) in Point.Direction.allCases.enumerated() {
        let panel = Panel(
          x: Self.left + Double(column) * (Self.panelWidth + Self.columnGap),
          y: Self.top + Double(row) * (Self.panelHeight + Self.rowGap),
          title: "\(direction.rawValue): \(measure.0)", step: step, sizes: sizes)
        lines += panel.axes
        for (index, shape) in shapes.enumerated() {
          let values = points.filter { $0.shape == shape && $0.direction == direction }
            .map { (size: $0.size, value: measure.1($0)) }
          lines += panel.curve(values, Colour.shapes[index], index)
        }
      }
    }
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private var legend: [String] {
    shapes.enumerated().flatMap { index, shape in
      let x = Self.left + Double(index) * 204
      let colour = Colour.shapes[index]
      return [
        #"<path d="M\#(text(x)) 24h28" stroke="\#(colour)" stroke-width="2"/>"#,
        Panel.mark(x + 14, 24, colour, index),
        #"<text x="\#(text(x + 36))" y="28.5">\#(shape)</text>"#,
      ]
    }
  }

  /// The distance of grid lines, of which there are at most five, up to a value.
  private static func step(over value: Double) -> (step: Double, count: Int) {
    let magnitude = pow(10, floor(log10(value / 5)))
    let step = [1, 2, 2.5, 5, 10].map { $0 * magnitude }.first { 5 * $0 >= value } ?? value
    return (step, Int((value / step).rounded(.up)))
  }
}

private enum Colour {
  static let ink = "#1f2328"
  static let axis = "#57606a"
  static let grid = "#dde1e6"
  static let shapes = ["#0b6fb8", "#c8501a", "#2b8a3e", "#8a3fa0"]
}

/// One of the four parts of the drawing.
private struct Panel {
  let x: Double
  let y: Double
  let title: String
  let step: (step: Double, count: Int)
  let sizes: [Int]

  private let width = 360.0
  private let height = 210.0

  /// Title, grid and labels.
  var axes: [String] {
    var lines = [
      #"<text x="\#(text(x))" y="\#(text(y - 14))" font-weight="600">\#(title)</text>"#
    ]
    for line in 0...step.count {
      let value = Double(line) * step.step
      let colour = line == 0 ? Colour.axis : Colour.grid
      lines += [
        #"<path d="M\#(text(x)) \#(text(height(of: value)))h\#(text(width))" stroke="\#(colour)"/>"#,
        #"<text x="\#(text(x - 8))" y="\#(text(height(of: value) + 4.5))" text-anchor="end">\#(text(value))</text>"#,
      ]
    }
    for size in sizes {
      lines += [
        #"<path d="M\#(text(position(of: size))) \#(text(y + height))v5" stroke="\#(Colour.axis)"/>"#,
        #"<text x="\#(text(position(of: size)))" y="\#(text(y + height + 20))" text-anchor="middle">\#(size)</text>"#,
      ]
    }
    lines.append(
      #"<text x="\#(text(x + width / 2))" y="\#(text(y + height + 40))" text-anchor="middle" fill="\#(Colour.axis)">size of the payload in MB</text>"#
    )
    return lines
  }

  /// A line through values, each with a mark.
  func curve(_ values: [(size: Int, value: Double)], _ colour: String, _ index: Int) -> [String] {
    let places = values.map { (position(of: $0.size), height(of: $0.value)) }
    let path = places.map { "\(text($0.0)) \(text($0.1))" }.joined(separator: "L")
    return [
      #"<path d="M\#(path)" fill="none" stroke="\#(colour)" stroke-width="2" stroke-linejoin="round"/>"#
    ] + places.map { Self.mark($0.0, $0.1, colour, index) }
  }

  /// A mark of another form for each shape, for whom colours are not enough.
  static func mark(_ x: Double, _ y: Double, _ colour: String, _ index: Int) -> String {
    let path =
      switch index {
      case 0: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
      case 1: "m-3.5 -3.5h7v7h-7z"
      case 2: "m0 -4.5l4.5 8h-9z"
      default: "m0 -5l5 5l-5 5l-5 -5z"
      }
    return #"<path d="M\#(text(x)) \#(text(y))\#(path)" fill="\#(colour)"/>"#
  }

  /// Sizes are placed by their logarithms.
  private func position(of size: Int) -> Double {
    let first = log2(Double(sizes.first ?? 1))
    let last = log2(Double(sizes.last ?? 2))
    return x + 14 + (width - 28) * (log2(Double(size)) - first) / max(last - first, 1)
  }

  private func height(of value: Double) -> Double {
    y + height - height * value / (step.step * Double(step.count))
  }
}

/// A number without needless digits.
private func text(_ number: Double) -> String { "\((100 * number).rounded() / 100)".trimmed }

extension String {
  fileprivate var trimmed: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
