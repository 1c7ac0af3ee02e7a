import StructuredClone

/// Primitives; a long string takes several lines.
extension ValueText {
  mutating func addPrimitive(_ value: CloneValue) {
    if case .string(let string) = value {
      addString(string)
    } else {
      layout.append(primitiveText(value))
    }
  }

  /// A long string is broken behind its line feeds.
  mutating func addString(_ string: CloneString) {
    let units = string.utf16.prefix(options.mostUnits)
    let isLong =
      units.count > 16 && units.count > Layout.width - Layout.indentation(depth: depth) - 4
    var start = units.startIndex
    while true {
      let feed = isLong ? units[start...].firstIndex(of: 0x0A) : nil
      let end = feed.map { $0 + 1 } ?? units.endIndex
      let isLast = end == units.endIndex
      let piece = style(.string, QuotedText.quoted(units[start..<end]))
      layout.append(isLast ? piece + rest(of: string) : piece + StyledText(" +"))
      guard !isLast else { return }
      layout.append(.line(2))
      breakEntry()
      start = end
    }
  }
}
