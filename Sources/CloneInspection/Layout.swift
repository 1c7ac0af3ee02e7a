/// The text of a value in pieces: what stands on one line is one piece, and containers that need several
/// lines are marks in a flat list. Nothing is copied again when a container around it is closed, so the work
/// is linear in the value however deep it is.
struct Layout {
  enum Piece {
    case text(StyledText)
    /// The contents of a container of several lines begin.
    case open
    /// The next entry of that container begins.
    case next
    /// The contents end.
    case close
    /// A line break inside an entry, with this much more indentation.
    case line(Int)
  }

  /// Where `util.inspect` begins a new line.
  static let width = 80
  /// Deeper levels are not indented any further, and their braces share lines: else the indentation of a
  /// million levels would be most of the output.
  static let deepestIndentation = 48
  /// Levels that `util.inspect` puts on one line if they fit.
  static let compactLevels = 3

  static func indentation(depth: Int) -> Int { min(2 * depth, deepestIndentation) }

  var pieces: [Piece] = []

  mutating func append(_ text: StyledText) { pieces.append(.text(text)) }

  /// Makes one piece of everything from a position on, if it stands on one line; answers its width.
  mutating func joinLine(from start: Int) -> Int? {
    if pieces.count == start + 1, case .text(let text) = pieces[start] { return text.width }
    var joined = StyledText("")
    for piece in pieces[start...] {
      guard case .text(let text) = piece else { return nil }
      joined = joined + text
    }
    pieces.removeSubrange(start...)
    pieces.append(.text(joined))
    return joined.width
  }

  /// Puts a container on one line: its opening from `start` on, its entries from `body` on.
  mutating func collapse(from start: Int, body: Int, closing: String) {
    var line = StyledText("")
    for (position, piece) in zip(start..., pieces[start...]) {
      switch piece {
      case .text(let text): line = line + text
      case .next: line = line + StyledText(", ")
      case .open where position == body: line = line + StyledText(" ")
      default: break
      }
    }
    pieces.removeSubrange(start...)
    append(line + StyledText(" " + closing))
  }

  /// Makes one entry of all entries, each of which is one piece.
  mutating func joinEntries(body: Int) {
    var line = StyledText("")
    for piece in pieces[(body + 1)...] {
      if case .text(let text) = piece { line = line + text } else { line = line + StyledText(", ") }
    }
    pieces.removeSubrange((body + 1)...)
    append(line)
  }

  /// Sets short entries in columns, as `util.inspect` does; true if it was worth it.
  ///
  /// - Parameters:
  ///   - body: the position of the mark before the entries, each of which is one piece.
  ///   - separate: how many entries at the end keep a line of their own.
  mutating func group(
    body: Int, depth: Int, isNumeric: Bool, separate: Int
  ) -> Bool {
    let entries = pieces[(body + 1)...].compactMap { piece -> StyledText? in
      if case .text(let text) = piece { return text }
      return nil
    }
    let indentation = Layout.indentation(depth: depth)
    let grouped = entries.dropLast(separate)
    let total = grouped.reduce(0) { $0 + $1.width + 2 }
    let longest = grouped.reduce(0) { max($0, $1.width) }
    let cell = longest + 2
    guard cell * 3 + indentation < Layout.width,
      Double(total) / Double(cell) > 5 || longest <= 6
    else { return false }

    // A block that looks square if a character is two and a half times as high as wide.
    let bias = (Double(cell) - Double(total) / Double(entries.count)).squareRoot()
    let biased = max(Double(cell) - 3 - bias, 1)
    let columns = min(
      Int((2.5 * biased * Double(grouped.count)).squareRoot() / biased + 0.5),
      (Layout.width - indentation) / cell, Layout.compactLevels * 4, 15)
    guard columns > 1 else { return false }

    let widths = (0..<columns).map { column in
      stride(from: column, to: grouped.count, by: columns).reduce(0) { max($0, grouped[$1].width) }
        + 2
    }
    pieces.removeSubrange((body + 1)...)
    for start in stride(from: 0, to: grouped.count, by: columns) {
      if start > 0 { pieces.append(.next) }
      var row = StyledText("")
      let end = min(start + columns, grouped.count)
      for index in start..<end {
        let isLast = index == end - 1
        let entry = isLast ? grouped[index] : grouped[index] + StyledText(", ")
        let room = widths[index - start] - (isLast ? 2 : 0) - entry.width
        let padding = StyledText(String(repeating: " ", count: max(0, room)))
        row = isNumeric ? row + padding + entry : isLast ? row + entry : row + entry + padding
      }
      append(row)
    }
    for entry in entries.suffix(separate) {
      pieces.append(.next)
      append(entry)
    }
    return true
  }

  /// The text, with line breaks and indentation.
  func rendered() -> String {
    var text = ""
    var depth = 0
    var column = 0
    func startLine(extra: Int = 0) {
      let indentation = Layout.indentation(depth: depth) + extra
      text += "\n" + String(repeating: " ", count: indentation)
      column = indentation
    }
    /// Begins a line, or in deep levels only a word if the next piece still fits.
    func breakLine(isDeep: Bool, before position: Int) {
      var next = 1
      if position < pieces.count, case .text(let piece) = pieces[position] { next = piece.width }
      if isDeep, column + 1 + next <= Layout.width {
        text += " "
        column += 1
      } else {
        startLine()
      }
    }
    func isDeep() -> Bool { 2 * depth > Layout.deepestIndentation }
    for (position, piece) in pieces.enumerated() {
      switch piece {
      case .text(let piece):
        text += piece.text
        column += piece.width
      case .open:
        depth += 1
        breakLine(isDeep: isDeep(), before: position + 1)
      case .next:
        text += ","
        column += 1
        breakLine(isDeep: isDeep(), before: position + 1)
      case .close:
        let wasDeep = isDeep()
        depth -= 1
        breakLine(isDeep: wasDeep, before: position + 1)
      case .line(let extra): startLine(extra: extra)
      }
    }
    return text
  }
}
