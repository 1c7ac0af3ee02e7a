/// A line of a hex dump, with a mark below one of its bytes.
struct HexLine {
  private static let length = 16

  private let start: Int
  private let shown: ArraySlice<UInt8>
  private let marked: Int

  /// A line with a byte in its middle. The offset behind the last byte is where the input ends too early.
  init(_ bytes: [UInt8], around offset: Int) {
    let offset = min(max(0, offset), bytes.count)
    start = max(0, min(offset - HexLine.length / 2, bytes.count - HexLine.length))
    shown = bytes[start..<min(start + HexLine.length, bytes.count)]
    marked = offset - start
  }

  /// ```text
  /// 00000000  ff 0f 41 01 7a 24 00 01                          |..A.z$..|
  ///                       ^^
  /// ```
  func text(colors: Bool) -> String {
    var text = HexText.offset(start) + "  "
    let margin = text.utf16.count
    for (position, byte) in shown.enumerated() {
      let digits = HexText.digits(CollectionOfOne(byte), separator: "")
      text += position == marked ? Style.regExp.apply(digits, colors: colors).text : digits
      text += " "
    }
    text += String(repeating: " ", count: 3 * (HexLine.length - shown.count) + 1) + "|"
    for byte in shown {
      text += (0x20..<0x7F).contains(byte) ? String(Character(Unicode.Scalar(byte))) : "."
    }
    text += "|\n" + String(repeating: " ", count: margin + 3 * marked)
    return text + Style.regExp.apply("^^", colors: colors).text + "\n"
  }
}
