import StructuredClone

/// Errors: the stack, or class and message in brackets.
extension ValueText {
  mutating func addError(_ error: CloneErrorObject, contents: Contents, number: Int?) {
    let shown = errorText(error)
    var base: [Layout.Piece] = []
    for line in shown.lines {
      if !base.isEmpty { base.append(.line(0)) }
      base.append(.text(StyledText(line)))
    }
    guard shown.showsStack || shown.showsMessage || error.cause != nil else {
      layout.pieces.append(contentsOf: base)
      return
    }
    openFrame(.object, base: base, contents: contents, number: number)
    if shown.showsMessage, let message = error.message { addHidden("message", message) }
    if shown.showsStack, let stack = error.stack { addHidden("stack", stack) }
  }

  private mutating func addHidden(_ name: String, _ string: CloneString) {
    beginEntry()
    layout.append(StyledText("[\(name)]: "))
    addString(string)
  }

  /// How an error is shown.
  private struct ErrorText {
    /// Its first lines: a stack that begins with the error's class and message, or these two in brackets.
    var lines: [String]
    /// Whether the stack is something else and must be shown beside them.
    var showsStack: Bool
    /// Whether there is a message that the lines cannot show, because it is empty.
    var showsMessage: Bool
  }

  private func errorText(_ error: CloneErrorObject) -> ErrorText {
    var header = "\(error.name)"
    if let message = error.message, !message.isEmpty { header += ": " + sanitized(message) }
    let showsMessage = error.message?.isEmpty == true
    if let stack = error.stack, stack.utf16Count <= options.mostUnits {
      let lines = stack.utf16.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { QuotedText.sanitized($0) }
      let headerLines = header.split(separator: "\\n", omittingEmptySubsequences: false).map(
        String.init)
      if lines.count > headerLines.count, Array(lines.prefix(headerLines.count)) == headerLines,
        lines[headerLines.count].hasPrefix("    at ")
      {
        return ErrorText(lines: lines, showsStack: false, showsMessage: showsMessage)
      }
    }
    return ErrorText(
      lines: ["[\(header)]"], showsStack: error.stack != nil, showsMessage: showsMessage)
  }
}
