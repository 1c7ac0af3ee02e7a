import StructuredClone

/// The text of a value in pieces: what stands on one line is one piece, and containers that need several
/// lines are marks between them. Only pieces that may still change wait here; what is certain is written. So the
/// work is linear in the value however deep it is, and the memory is that of the text.
struct Layout {
  enum Piece {
    case text(StyledText)
    /// The contents of a container of several lines begin.
    case open
    /// The next entry of that container begins; on the same line if that is wanted and it fits.
    case next(sharesLine: Bool)
    /// The contents end.
    case close
    /// A line break inside an entry, with this much more indentation.
    case line(Int)
  }

  /// Where `util.inspect` begins a new line.
  static let width = 80
  /// Deeper levels are not indented any further, and their braces share lines: else the indentation of a
  /// million levels would be most of the output.
  static let deepestIndentation = 20
  /// In deeper levels short elements share lines: an element takes as little as one byte of a payload, and its
  /// indentation must not be most of the output either.
  static let deepestSingleElement = 6
  /// Levels that `util.inspect` puts on one line if they fit.
  static let compactLevels = 3
  /// Arrays of more elements, which are shown if somebody asks for it, are not set in columns: that takes all
  /// of them at once.
  static let mostGrouped = 256

  static func indentation(depth: Int) -> Int { min(2 * depth, deepestIndentation) }

  /// Where the certain text goes.
  var text = MeasuredText()
  /// What waits.
  private var pieces: [Piece] = []
  /// The position of the first piece that waits, among all there were.
  private var start = 0
  private var depth = 0
  private var column = 0
  /// The width of all texts so far: the difference of two is what was added.
  private(set) var width = 0

  /// The position of the next piece.
  var end: Int { start + pieces.count }

  mutating func append(_ text: StyledText) {
    width += text.width
    pieces.append(.text(text))
  }

  mutating func append(_ mark: Piece) { pieces.append(mark) }

  private mutating func replace(from position: Int, with text: StyledText) {
    pieces.removeSubrange((position - start)...)
    pieces.append(.text(text))
  }

  /// Makes one piece of everything from a position on, if it stands on one line; answers its width.
  mutating func joinLine(from position: Int) -> Int? {
    let first = position - start
    guard first >= 0 else { return nil }
    if pieces.count == first + 1, case .text(let text) = pieces[first] { return text.width }
    var joined = StyledText("")
    for piece in pieces[first...] {
      guard case .text(let text) = piece else { return nil }
      joined = joined + text
    }
    replace(from: position, with: joined)
    return joined.width
  }

  /// Makes one piece of the entry that waits behind a mark, if it stands on one line.
  mutating func joinEntry() {
    if case .text? = pieces.first { return }
    if pieces.count > 1 { _ = joinLine(from: start + 1) }
  }

  /// Puts a container on one line: its opening from `position` on, its entries from `body` on.
  mutating func collapse(from position: Int, body: Int, closing: String) {
    var line = StyledText("")
    for (place, piece) in zip(position..., pieces[(position - start)...]) {
      switch piece {
      case .text(let text): line = line + text
      case .next: line = line + StyledText(", ")
      case .open where place == body: line = line + StyledText(" ")
      default: break
      }
    }
    replace(from: position, with: line + StyledText(" " + closing))
  }

  /// Makes one entry of all entries, each of which is one piece.
  mutating func joinEntries(body: Int) {
    var line = StyledText("")
    for piece in pieces[(body + 1 - start)...] {
      if case .text(let text) = piece { line = line + text } else { line = line + StyledText(", ") }
    }
    replace(from: body + 1, with: line)
  }

  /// Sets short entries in columns, as `util.inspect` does; true if it was worth it.
  ///
  /// - Parameters:
  ///   - body: the position of the mark before the entries, each of which is one piece.
  ///   - separate: how many entries at the end keep a line of their own.
  mutating func group(
    body: Int, depth: Int, isNumeric: Bool, separate: Int
  ) -> Bool {
    let first = body + 1 - start
    let entries = pieces[first...].compactMap { piece -> StyledText? in
      if case .text(let text) = piece { return text }
      return nil
    }
    let indentation = Layout.indentation(depth: depth)
    let grouped = entries.dropLast(separate)
    let total = grouped.reduce(0) { $0 + $1.width + 2 }
    let longest = grouped.reduce(0) { max($0, $1.width) }
    let cell = longest + 2
    guard Layout.canGroup(longest: longest, depth: depth),
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
    pieces.removeSubrange(first...)
    for start in stride(from: 0, to: grouped.count, by: columns) {
      if start > 0 { pieces.append(.next(sharesLine: false)) }
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
      pieces.append(.next(sharesLine: false))
      append(entry)
    }
    return true
  }

  /// Whether entries may be set in columns.
  static func canGroup(longest: Int, depth: Int) -> Bool {
    (longest + 2) * 3 + indentation(depth: depth) < width
  }

  // MARK: - Writing what is certain

  /// Writes what stands before a position. What follows a mark must be there as it will stay, because deep
  /// levels share a line with what fits.
  mutating func write(upTo position: Int) {
    let count = position - start
    guard count > 0 else { return }
    for place in 0..<count {
      var next = 1
      if place + 1 < pieces.count, case .text(let piece) = pieces[place + 1] { next = piece.width }
      write(pieces[place], widthOfNext: next)
    }
    pieces.removeFirst(count)
    start = position
  }

  private mutating func write(_ piece: Piece, widthOfNext: Int) {
    switch piece {
    case .text(let piece):
      text.append(piece.text)
      column += piece.width
    case .open:
      depth += 1
      breakLine(sharesLine: isDeep, before: widthOfNext)
    case .next(let sharesLine):
      text.append(ascii: UInt8(ascii: ","))
      column += 1
      breakLine(sharesLine: sharesLine || isDeep, before: widthOfNext)
    case .close:
      let wasDeep = isDeep
      depth -= 1
      breakLine(sharesLine: wasDeep, before: widthOfNext)
    case .line(let extra): startLine(extra: extra)
    }
  }

  private var isDeep: Bool { 2 * depth > Layout.deepestIndentation }

  private mutating func startLine(extra: Int = 0) {
    column = Layout.indentation(depth: depth) + extra
    text.append(ascii: UInt8(ascii: "\n"))
    for _ in 0..<column { text.append(ascii: UInt8(ascii: " ")) }
  }

  /// Begins a line, or only a word if the line may be shared and the next piece still fits.
  private mutating func breakLine(sharesLine: Bool, before next: Int) {
    if sharesLine, column + 1 + next <= Layout.width {
      text.append(ascii: UInt8(ascii: " "))
      column += 1
    } else {
      startLine()
    }
  }
}
