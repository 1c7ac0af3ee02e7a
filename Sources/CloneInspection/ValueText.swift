import StructuredClone

/// Prints a value as Node's `util.inspect` does, with these differences: nothing is hidden by depth, every
/// object is printed once and mentioned afterwards, and what Node hides (a view's buffer, a stack that does not
/// belong to its error) is shown.
///
/// The walk is a loop, and everything it makes is linear in the value.
struct ValueText {
  let options: InspectionOptions
  let sharing: SharingMap
  var layout = Layout()
  var frames: [Frame] = []
  /// How deep the container was that was opened last: what tells `util.inspect` how many levels are inside
  /// another.
  private var lastDepth = 0
  /// The shared objects that were printed, and those of them whose entries are being printed.
  private var printed: Set<Int> = []
  private var open: Set<Int> = []

  /// A container whose entries are being printed.
  struct Frame {
    let kind: Kind
    let contents: Contents
    /// The number of a shared object.
    let number: Int?
    /// Where in the layout the container begins, its entries begin, and its last entry begins.
    var start = 0
    var body = 0
    var entry = 0
    var entryCount = 0
    /// The width of what stands before the entries, and of the entries together.
    var openingWidth = 0
    var entriesWidth = 0
    var hasOpenEntry = false
    var isMultiline = false
    var isNumeric = true

    enum Kind {
      /// Entries in braces. What JavaScript does not list among them has a name in brackets.
      case object
      /// Elements in brackets, set in columns if they are short.
      case array
      /// The parts of something that has no entries, each with its name.
      case parts

      var opening: String { self == .array ? "[" : "{" }
      var closing: String { self == .array ? "]" : "}" }
    }
  }

  static func text(of value: CloneValue, sharing: SharingMap, options: InspectionOptions) -> String
  {
    var printer = ValueText(options: options, sharing: sharing)
    printer.add(value)
    while let frame = printer.frames.last {
      if let item = frame.contents.next() {
        printer.add(item)
      } else {
        printer.closeFrame()
      }
    }
    return printer.layout.rendered()
  }

  init(options: InspectionOptions, sharing: SharingMap) {
    self.options = options
    self.sharing = sharing
  }

  // MARK: - Values

  private mutating func add(_ value: CloneValue) {
    guard value.isReceiver else {
      addPrimitive(value)
      return
    }
    guard let number = sharing.number(of: value) else {
      addReceiver(value, number: nil)
      return
    }
    if printed.insert(number).inserted {
      layout.append(mark(number) + StyledText(" "))
      addReceiver(value, number: number)
    } else {
      let word = open.contains(number) ? "Circular" : "Reference"
      layout.append(style(.special, "[\(word) *\(number)]"))
    }
  }

  /// What stands before a shared object.
  private func mark(_ number: Int) -> StyledText { style(.special, "<ref *\(number)>") }

  // MARK: - Entries

  private mutating func add(_ item: ContentItem) {
    switch item {
    case .value(let value, let step):
      switch step {
      case .property(let key):
        beginEntry()
        layout.append(keyText(key))
      case .element, .setElement, .mapKey: beginEntry(isNumber: value.isNumeric)
      case .mapValue: layout.append(StyledText(" => "))
      case .section(let name), .content(let name):
        beginEntry()
        let isHidden = frames.last?.kind != .parts
        layout.append(StyledText(isHidden ? "[\(name)]: " : "\(name): "))
      }
      add(value)
    case .holes(let count):
      addEntry(style(.undefined, "<\(count) empty item\(count == 1 ? "" : "s")>"))
    case .rest(let count): addRest(count)
    }
  }

  /// Adds an entry that is only text.
  mutating func addEntry(_ text: StyledText, isNumber: Bool = false) {
    beginEntry(isNumber: isNumber)
    layout.append(text)
  }

  /// Adds what tells how many entries were left out.
  mutating func addRest(_ count: Int) {
    addEntry(StyledText("... \(count) more item\(count == 1 ? "" : "s")"), isNumber: true)
  }

  mutating func beginEntry(isNumber: Bool = false) {
    endEntry()
    guard let top = frames.indices.last else { return }
    if frames[top].entryCount > 0 { layout.pieces.append(.next) }
    frames[top].entryCount += 1
    frames[top].entry = layout.pieces.count
    frames[top].hasOpenEntry = true
    if !isNumber { frames[top].isNumeric = false }
  }

  mutating func endEntry() {
    guard let top = frames.indices.last, frames[top].hasOpenEntry else { return }
    frames[top].hasOpenEntry = false
    if let width = layout.joinLine(from: frames[top].entry) {
      frames[top].entriesWidth += width
    } else {
      frames[top].isMultiline = true
    }
  }

  // MARK: - Containers

  /// Opens a container. Its name belongs to its brace; what else stands before that is in `base`.
  mutating func openFrame(
    _ kind: Frame.Kind, base: [Layout.Piece] = [], name: String = "", contents: Contents,
    number: Int?
  ) {
    var frame = Frame(kind: kind, contents: contents, number: number)
    let brace = name.isEmpty ? kind.opening : "\(name) \(kind.opening)"
    frame.openingWidth = brace.utf16.count
    if let number {
      open.insert(number)
      frame.openingWidth += mark(number).width + (base.isEmpty ? 0 : 1)
    }
    for piece in base {
      if case .text(let text) = piece {
        frame.openingWidth += text.width
      } else {
        frame.isMultiline = true
      }
    }
    frame.start = layout.pieces.count
    layout.pieces.append(contentsOf: base)
    layout.append(StyledText(base.isEmpty ? brace : " " + brace))
    frame.body = layout.pieces.count
    layout.pieces.append(.open)
    lastDepth = frames.count
    frames.append(frame)
  }

  private mutating func closeFrame() {
    endEntry()
    guard let frame = frames.popLast() else { return }
    if let number = frame.number { open.remove(number) }
    let depth = frames.count
    var isGrouped = false
    if frame.kind == .array, frame.entryCount > 6, !frame.isMultiline {
      isGrouped = layout.group(
        body: frame.body, depth: depth, isNumeric: frame.isNumeric,
        separate: frame.entryCount > options.mostItems ? 1 : 0)
    }
    let start = frame.entryCount + Layout.indentation(depth: depth) + frame.openingWidth + 10
    if !isGrouped, !frame.isMultiline, lastDepth - depth < Layout.compactLevels,
      frame.entryCount + start + frame.entriesWidth <= Layout.width
    {
      layout.collapse(from: frame.start, body: frame.body, closing: frame.kind.closing)
    } else {
      layout.pieces.append(.close)
      layout.append(StyledText(frame.kind.closing))
    }
  }
}

extension CloneValue {
  /// Whether a value is set to the right in columns.
  fileprivate var isNumeric: Bool {
    switch self {
    case .number, .bigint: true
    default: false
    }
  }
}
