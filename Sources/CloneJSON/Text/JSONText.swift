import StructuredClone

/// JSON text in the making, and how its lines are broken.
struct JSONText {
  /// How deep lines are indented; what is deeper stands in one line, so that the text is linear in the value.
  private static let deepestIndentation = 10

  /// What was written and not taken away yet.
  var bytes: [UInt8] = []
  private let isIndented: Bool
  private var depth = 0

  init(isIndented: Bool) { self.isIndented = isIndented }

  // MARK: - Structure

  mutating func append(_ byte: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: byte.value))
  }

  /// Appends text as it is.
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Opens an object or a list.
  mutating func open(_ bracket: Unicode.Scalar) {
    append(bracket)
    depth += 1
  }

  /// Begins an entry of what was opened last.
  mutating func beginEntry(isFirst: Bool) {
    if !isFirst { append(",") }
    breakLine()
  }

  /// Begins a member of the object that was opened last.
  mutating func beginMember(_ name: String, isFirst: Bool = false) {
    beginEntry(isFirst: isFirst)
    append("\"")
    append(name)
    append(isIndented ? "\": " : "\":")
  }

  /// What stands between a key and its value.
  mutating func appendColon() { append(isIndented ? ": " : ":") }

  /// What stands between entries in one line.
  mutating func appendComma() { append(isIndented ? ", " : ",") }

  /// Closes what was opened last.
  mutating func close(_ bracket: Unicode.Scalar, isEmpty: Bool = false) {
    // What is deep was written in one line, and its end stands in it.
    let wasBroken = depth <= JSONText.deepestIndentation
    depth -= 1
    if !isEmpty, wasBroken { breakLine() }
    append(bracket)
  }

  private mutating func breakLine() {
    guard isIndented, depth <= JSONText.deepestIndentation else { return }
    append("\n")
    for _ in 0..<depth { append("  ") }
  }

  // MARK: - Values

  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Appends a string in quotes, with the escapes that `JSON.stringify` makes.
  mutating func append(quoted string: CloneString) {
    append("\"")
    // The bytes are read within the closure only; there are two for each unit, or one.
    unsafe string.withStoredBytes { stored in
      if string.isTwoByte {
        unsafe appendUnits(stored)
      } else {
        unsafe appendLatin1(stored)
      }
    }
    append("\"")
  }

  private mutating func appendLatin1(_ units: UnsafeRawBufferPointer) {
    var start = 0
    for position in 0..<units.count {
      let unit = unsafe units[position]
      if unit >= 0x20, unit < 0x80, unit != 0x22, unit != 0x5C { continue }
      unsafe bytes.append(contentsOf: units[start..<position])
      start = position + 1
      append(unit: UInt16(unit))
    }
    unsafe bytes.append(contentsOf: units[start...])
  }

  private mutating func appendUnits(_ stored: UnsafeRawBufferPointer) {
    let count = stored.count / 2
    func unit(_ position: Int) -> UInt16 {
      unsafe UInt16(
        littleEndian: stored.loadUnaligned(fromByteOffset: 2 * position, as: UInt16.self))
    }
    var position = 0
    while position < count {
      let high = unit(position)
      position += 1
      guard UTF16.isLeadSurrogate(high), position < count, UTF16.isTrailSurrogate(unit(position))
      else {
        append(unit: high)
        continue
      }
      let scalar = 0x10000 + UInt32(high & 0x3FF) << 10 | UInt32(unit(position) & 0x3FF)
      position += 1
      bytes.append(UInt8(0xF0 | scalar >> 18))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }

  /// Appends a unit that is no half of a pair.
  private mutating func append(unit: UInt16) {
    switch unit {
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0..<0x20, 0xD800..<0xE000:
      append("\\u")
      for shift in [12, 8, 4, 0] as [UInt16] {
        bytes.append(JSONText.hexDigits[Int(unit >> shift & 15)])
      }
    case 0..<0x80: bytes.append(UInt8(unit))
    case 0..<0x800:
      bytes.append(UInt8(0xC0 | unit >> 6))
      bytes.append(UInt8(0x80 | unit & 0x3F))
    default:
      bytes.append(UInt8(0xE0 | unit >> 12))
      bytes.append(UInt8(0x80 | unit >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | unit & 0x3F))
    }
  }

  /// Appends bytes in quotes as base64 (RFC 4648, section 4).
  mutating func append(base64 content: ArraySlice<UInt8>) {
    append("\"")
    Base64.encode(content, to: &bytes)
    append("\"")
  }
}
