import StructuredClone

/// Errors: the stack, or class and message in brackets.
extension ValueText {
  mutating func addError(_ error: CloneErrorObject) {
    var header = "\(error.name)"
    if let message = error.message, !message.isEmpty { header += ": " + sanitized(message) }
    let showsMessage = error.message?.isEmpty == true
    let value = CloneValue.error(error)
    if let stack = error.stack, stack.utf16Count <= options.mostUnits,
      ValueText.stack(stack, shows: header)
    {
      // A stack that begins with the error's class and message is the first lines.
      addLines(stack)
      if showsMessage || error.cause != nil { openFrame(.object, value, isBehindLines: true) }
      if showsMessage, let message = error.message { addHidden("message", message) }
      return
    }
    let base = StyledText("[\(header)]")
    guard error.stack != nil || showsMessage || error.cause != nil else {
      layout.append(base)
      return
    }
    openFrame(.object, value, base: base)
    // An empty message is nothing that the line can show.
    if showsMessage, let message = error.message { addHidden("message", message) }
    if let stack = error.stack { addHidden("stack", stack) }
  }

  private mutating func addHidden(_ name: String, _ string: CloneString) {
    beginEntry()
    layout.append(StyledText("[\(name)]: "))
    addString(string)
  }

  private mutating func addLines(_ stack: CloneString) {
    let units = stack.utf16
    var start = units.startIndex
    while true {
      let end = units[start...].firstIndex(of: 0x0A) ?? units.endIndex
      layout.append(StyledText(QuotedText.sanitized(units[start..<end])))
      guard end < units.endIndex else { return }
      layout.append(.line(0))
      breakEntry()
      start = end + 1
    }
  }

  /// Whether a stack begins with the lines of a header, in which line breaks are escaped, and a line of a frame.
  private static func stack(_ stack: CloneString, shows header: String) -> Bool {
    let units = stack.utf16
    var start = units.startIndex
    var rest = Substring(header)
    var isHeader = true
    while true {
      let end = units[start...].firstIndex(of: 0x0A) ?? units.endIndex
      let line = QuotedText.sanitized(units[start..<end])
      guard isHeader else { return line.hasPrefix("    at ") }
      if let mark = rest.firstRange(of: "\\n") {
        guard rest[..<mark.lowerBound] == line else { return false }
        rest = rest[mark.upperBound...]
      } else {
        guard rest == line else { return false }
        isHeader = false
      }
      guard end < units.endIndex else { return false }
      start = end + 1
    }
  }
}
