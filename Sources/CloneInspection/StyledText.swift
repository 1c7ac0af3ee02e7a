/// Text with colours in it, and how wide it is without them. Widths are UTF-16 units, as Node counts them.
struct StyledText {
  var text: String
  var width: Int

  init(_ text: String) {
    self.text = text
    width = text.utf16.count
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    result.text += right.text
    result.width += right.width
    return result
  }
}
