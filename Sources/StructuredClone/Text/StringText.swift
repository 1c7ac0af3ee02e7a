/// Strings in quotes.
enum StringText {
  /// A string with everything escaped that is not printable ASCII.
  static func appendEscaped(_ string: CloneString, to text: inout MeasuredText) {
    text.append(ascii: UInt8(ascii: "\""))
    for unit in string.utf16 {
      if unit >= 0x20, unit < 0x7F, unit != 0x22, unit != 0x5C {
        text.append(ascii: UInt8(unit))
      } else {
        text.append("\\u")
        text.append(hex: [UInt8(unit >> 8), UInt8(unit & 0xFF)])
      }
    }
    text.append(ascii: UInt8(ascii: "\""))
  }

  /// A string as it is, with escapes for quotes and backslashes; escaped to ASCII if it holds what is no text
  /// or a control character.
  static func appendReadable(_ string: CloneString, to text: inout MeasuredText) {
    guard isReadable(string) else {
      appendEscaped(string, to: &text)
      return
    }
    text.append(ascii: UInt8(ascii: "\""))
    var decoder = UTF16()
    var units = string.utf16.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&units) {
      if scalar == "\"" || scalar == "\\" { text.append(ascii: UInt8(ascii: "\\")) }
      text.append(scalar)
    }
    text.append(ascii: UInt8(ascii: "\""))
  }

  private static func isReadable(_ string: CloneString) -> Bool {
    if !string.isTwoByte { return string.utf16.allSatisfy { $0 >= 0x20 } }
    var decoder = UTF16()
    var units = string.utf16.makeIterator()
    while true {
      switch decoder.decode(&units) {
      case .scalarValue(let scalar): if scalar.value < 0x20 { return false }
      case .emptyInput: return true
      case .error: return false
      }
    }
  }
}
