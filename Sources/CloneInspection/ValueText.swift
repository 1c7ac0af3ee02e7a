import StructuredClone

/// Prints a value as Node's `util.inspect` does, with these differences: nothing is hidden by depth, every
/// object is printed once and mentioned afterwards, and what Node hides (a view's buffer, a stack that does not
/// belong to its error) is shown.
///
/// The walk is a loop. It is linear in the value, and keeps little more than the text: of a container that
/// certainly takes several lines, what is printed of it is certain, too.
struct ValueText {
  /// What was printed of a shared object.
  private enum Progress: UInt8 {
    case none, open, closed
  }

  let options: InspectionOptions
  let sharing: SharingMap
  /// Says what a host object is, in words of its embedder.
  let hostObjectText: CloneInspector.HostObjectText?
  var layout = Layout()
  private var walk = ContentWalk()
  /// The containers that certainly take several lines; those inside them may be put on one line.
  private var settled: [SettledFrame] = []
  var frames: [Frame] = []
  /// How deep the container was that was opened last: what tells `util.inspect` how many levels are inside
  /// another.
  private var lastDepth = 0
  /// The shared objects, by their numbers.
  private var progress: [Progress]

  /// How much text of containers in each other waits before it is looked at which of them cannot fit on a line.
  private static let mostWaiting = 5 * Layout.width

  /// A container whose entries are being printed and which may be put on one line.
  struct Frame {
    let kind: Kind
    var itemCount: UInt32 = 0
    /// Where in the layout the container begins, its entries begin, and its last entry begins.
    var start = 0
    var body = 0
    var entry = 0
    var entryCount = 0
    /// The width of what stands before the entries, and of the entries together.
    var openingWidth = 0
    var entriesWidth = 0
    /// The width of the last entry, and the greatest of those before.
    var lastWidth = 0
    var longestWidth = 0
    /// The width of all that was printed before the entries.
    var widthBefore = 0
    var hasOpenEntry = false
    var isMultiline = false
    var isNumeric = true
    /// The entries are still to be set in lines, so that none is certain.
    var isHeld = false

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

  static func write(
    _ value: CloneValue, sharing: SharingMap, options: InspectionOptions,
    hostObjectText: CloneInspector.HostObjectText?, to text: inout MeasuredText
  ) {
    var printer = ValueText(options: options, sharing: sharing, hostObjectText: hostObjectText)
    // Moved in and out, so that it is held once.
    swap(&printer.layout.text, &text)
    printer.add(value)
    while printer.walk.depth > 0 { printer.step() }
    printer.layout.write(upTo: printer.layout.end)
    swap(&printer.layout.text, &text)
  }

  private init(
    options: InspectionOptions, sharing: SharingMap, hostObjectText: CloneInspector.HostObjectText?
  ) {
    self.options = options
    self.sharing = sharing
    self.hostObjectText = hostObjectText
    progress = [Progress](repeating: .none, count: sharing.count)
  }

  /// How many containers are open.
  var depth: Int { settled.count + frames.count }

  // MARK: - Values

  private mutating func step() {
    if itemCount >= options.mostItems {
      let rest = walk.skipEntries()
      if rest > 0 {
        addRest(rest)
        return
      }
    }
    if let item = walk.next() {
      add(item)
    } else {
      closeFrame()
    }
  }

  private mutating func add(_ value: CloneValue) {
    guard let receiver = value.receiver else {
      addPrimitive(value)
      return
    }
    guard let number = sharing.number(of: receiver) else {
      addReceiver(value)
      return
    }
    switch progress[number - 1] {
    case .none:
      layout.append(mark(number) + StyledText(" "))
      // What has no entries is never open.
      progress[number - 1] = .closed
      addReceiver(value)
    case .open: layout.append(style(.special, "[Circular *\(number)]"))
    case .closed: layout.append(style(.special, "[Reference *\(number)]"))
    }
  }

  /// What stands before a shared object.
  private func mark(_ number: Int) -> StyledText { style(.special, "<ref *\(number)>") }

  // MARK: - Entries

  /// How many items of the innermost container were printed that count for the limit.
  private var itemCount: Int { Int(frames.last?.itemCount ?? settled.last?.itemCount ?? 0) }

  private mutating func countItem() {
    if let top = frames.indices.last {
      frames[top].itemCount += 1
    } else if let top = settled.indices.last {
      settled[top].itemCount += 1
    }
  }

  private mutating func add(_ item: ContentWalk.Item) {
    let value = item.value
    switch item.place {
    case .property:
      beginEntry()
      if let key = item.key { layout.append(keyText(key)) }
    case .element, .setElement:
      countItem()
      beginEntry(isNumber: value.isNumeric, isShort: value.isShort)
    case .mapKey:
      countItem()
      beginEntry(isNumber: value.isNumeric)
    case .mapValue: layout.append(StyledText(" => "))
    case .cause: beginPart("[cause]")
    case .buffer: beginPart(isInTypedArray ? "[buffer]" : "buffer")
    case .payload: beginPart("payload")
    case .holes(let count):
      countItem()
      addEntry(
        style(.undefined, "<\(count) empty item\(count == 1 ? "" : "s")>"), isShort: true)
      return
    }
    add(value)
  }

  /// Begins a part, whose name is in brackets if it is hidden among other entries.
  private mutating func beginPart(_ name: String) {
    beginEntry()
    layout.append(StyledText("\(name): "))
  }

  private var isInTypedArray: Bool {
    guard case .arrayBufferView(let view) = walk.current?.value else { return false }
    return view.kind != .dataView
  }

  /// Adds an entry that is only text.
  mutating func addEntry(_ text: StyledText, isNumber: Bool = false, isShort: Bool = false) {
    beginEntry(isNumber: isNumber, isShort: isShort)
    layout.append(text)
  }

  /// Adds what tells how many entries were left out.
  mutating func addRest(_ count: Int) {
    addEntry(StyledText("... \(count) more item\(count == 1 ? "" : "s")"), isNumber: true)
  }

  mutating func beginEntry(isNumber: Bool = false, isShort: Bool = false) {
    endEntry()
    let sharesLine = isShort && depth > Layout.deepestSingleElement
    if let top = frames.indices.last {
      if frames[top].entryCount > 0 { layout.append(.next(sharesLine: sharesLine)) }
      frames[top].entryCount += 1
      frames[top].entry = layout.end
      frames[top].hasOpenEntry = true
      if !isNumber { frames[top].isNumeric = false }
    } else if let top = settled.indices.last {
      if settled[top].hasEntries { layout.append(.next(sharesLine: sharesLine)) }
      settled[top].hasEntries = true
      settled[top].hasOpenEntry = true
    }
  }

  mutating func endEntry() {
    guard let top = frames.indices.last else {
      endSettledEntry()
      return
    }
    guard frames[top].hasOpenEntry else { return }
    frames[top].hasOpenEntry = false
    if let width = layout.joinLine(from: frames[top].entry) {
      frames[top].entriesWidth += width
      frames[top].longestWidth = max(frames[top].longestWidth, frames[top].lastWidth)
      frames[top].lastWidth = width
    } else {
      frames[top].isMultiline = true
    }
    if isCertain(frames[top], depth: depth - 1) { settle(frames.count) }
  }

  private mutating func endSettledEntry() {
    guard let top = settled.indices.last, settled[top].hasOpenEntry else { return }
    settled[top].hasOpenEntry = false
    layout.joinEntry()
    layout.write(upTo: layout.end)
  }

  /// Notes that the entry that is being printed takes several lines, so that all of it is certain.
  mutating func breakEntry() {
    if let top = frames.indices.last {
      frames[top].isMultiline = true
      settle(frames.count)
    }
    layout.write(upTo: layout.end)
  }

  // MARK: - Containers

  /// Opens a container. Its name belongs to its brace; what else stands before that is in `base`, or is printed
  /// already if it takes several lines.
  mutating func openFrame(
    _ kind: Frame.Kind, _ value: CloneValue, base: StyledText? = nil, isBehindLines: Bool = false,
    name: String = "", showsContents: Bool = true
  ) {
    guard let receiver = value.receiver else { return }
    walk.open(receiver)
    if !showsContents { walk.skipContents() }
    var frame = Frame(kind: kind)
    let brace = name.isEmpty ? kind.opening : "\(name) \(kind.opening)"
    let hasBase = base != nil || isBehindLines
    frame.openingWidth = brace.utf16.count
    if let number = sharing.number(of: receiver) {
      progress[number - 1] = .open
      frame.openingWidth += mark(number).width + (hasBase ? 1 : 0)
    }
    frame.openingWidth += base?.width ?? 0
    frame.isMultiline = isBehindLines
    frame.start = layout.end
    if let base { layout.append(base) }
    layout.append(StyledText(hasBase ? " " + brace : brace))
    frame.body = layout.end
    frame.widthBefore = layout.width
    layout.append(.open)
    lastDepth = depth
    frames.append(frame)
    if isBehindLines { settle(frames.count) } else { settleOuterFrames() }
  }

  private mutating func closeFrame() {
    endEntry()
    if let number = walk.current.flatMap({ sharing.number(of: $0) }) {
      progress[number - 1] = .closed
    }
    walk.close()
    guard let frame = frames.popLast() else {
      guard let frame = settled.popLast() else { return }
      layout.append(.close)
      layout.append(StyledText(frame.closesBracket ? "]" : "}"))
      layout.write(upTo: layout.end)
      return
    }
    var isGrouped = false
    if frame.kind == .array, frame.entryCount > 6, !frame.isMultiline {
      isGrouped = layout.group(
        body: frame.body, depth: depth, isNumeric: frame.isNumeric,
        separate: frame.entryCount > options.mostItems ? 1 : 0)
    }
    if !isGrouped, !frame.isMultiline, lastDepth - depth < Layout.compactLevels,
      ValueText.fitsOnLine(frame, depth: depth)
    {
      layout.collapse(from: frame.start, body: frame.body, closing: frame.kind.closing)
    } else {
      layout.append(.close)
      layout.append(StyledText(frame.kind.closing))
    }
  }

  private static func fitsOnLine(_ frame: Frame, depth: Int) -> Bool {
    2 * frame.entryCount + Layout.indentation(depth: depth) + frame.openingWidth + 10
      + frame.entriesWidth <= Layout.width
  }

  // MARK: - What is certain

  /// Whether a container takes several lines and is not set in columns, whatever follows.
  private func isCertain(_ frame: Frame, depth: Int) -> Bool {
    if frame.isHeld { return false }
    if frame.isMultiline { return true }
    if ValueText.fitsOnLine(frame, depth: depth) { return false }
    return frame.kind != .array || frame.entryCount > Layout.mostGrouped
      || !Layout.canGroup(longest: frame.longestWidth, depth: depth)
  }

  /// Settles the containers around one that is too long for a line.
  private mutating func settleOuterFrames() {
    guard frames.count > 1, layout.width - frames[1].widthBefore > ValueText.mostWaiting else {
      return
    }
    if let inner = frames.lastIndex(where: { layout.width - $0.widthBefore > Layout.width }) {
      settle(inner)
    }
  }

  /// Settles the outermost containers of those that are not, and writes all of them that is certain by that.
  private mutating func settle(_ count: Int) {
    guard count > 0 else { return }
    if settled.capacity - settled.count < count {
      settled.reserveCapacity(settled.count + max(count, settled.count / 2))
    }
    for frame in frames.prefix(count) {
      settled.append(
        SettledFrame(
          itemCount: frame.itemCount, closesBracket: frame.kind == .array,
          hasEntries: frame.entryCount > 0, hasOpenEntry: frame.hasOpenEntry))
    }
    let last = frames[count - 1]
    frames.removeFirst(count)
    if last.hasOpenEntry {
      layout.write(upTo: last.entry - 1)
    } else {
      layout.write(upTo: last.entryCount == 0 ? last.body : layout.end)
    }
  }
}

extension CloneValue {
  /// Whether a value is a word or two, so that elements like it share lines in deep levels.
  fileprivate var isShort: Bool {
    switch self {
    case .undefined, .null, .boolean, .number, .bigint, .string, .date, .boxedPrimitive: true
    default: false
    }
  }

  /// Whether a value is set to the right in columns.
  fileprivate var isNumeric: Bool {
    switch self {
    case .number, .bigint: true
    default: false
    }
  }
}
