import StructuredClone

/// Reads JSON text in a loop, lossless or plain, and makes the value of it receiver by receiver.
///
/// What is complete and belongs to something that is still open stands on a stack of items; what is open, on a stack of frames.
struct JSONReader: ~Copyable {
  typealias Item = CloneGraphBuilder.Item

  /// What is open.
  struct Frame {
    enum Form: UInt8 {
      /// A JSON object of which nothing was read yet.
      case fresh
      /// A plain object.
      case object
      /// A list that stands for an array.
      case array
      /// An object that begins with `$`.
      case mark
      /// The value of a mark's member: an object of properties.
      case properties
      /// The value of a mark's member: a list of properties or entries, which are pairs.
      case pairs
      /// One of them.
      case pair
      /// The value of a mark's member: a list of elements.
      case elements
    }

    var form: Form
    /// Whether an entry was begun.
    var hasEntries = false
    /// The kind of a mark.
    var kind = LosslessKind.undefined
    /// The receiver that it becomes, if it does, by its number.
    private var receiverNumber = UInt32.max
    private let stackBase: UInt32
    private let mentionsBase: UInt32
    /// How many entries of a list were begun, or behind what offset the key stands of the property that is being read.
    private var place: UInt32 = 0

    /// - Parameters:
    ///   - base: where its items begin on the stack.
    ///   - membersBase: where its members begin among those that were begun.
    init(_ form: Form, base: Int, membersBase: Int) {
      self.form = form
      // There are fewer of both than the text has bytes.
      stackBase = UInt32(truncatingIfNeeded: base)
      mentionsBase = UInt32(truncatingIfNeeded: membersBase)
    }

    /// Where its items begin on the stack.
    var base: Int { Int(stackBase) }
    /// Where its members begin among those that were begun.
    var membersBase: Int { Int(mentionsBase) }

    /// The receiver that it becomes, if it does.
    var receiver: Item? {
      get { receiverNumber == .max ? nil : .receiver(receiverNumber) }
      set { receiverNumber = newValue?.receiverNumber ?? .max }
    }

    /// Notes that an entry of a list was begun.
    mutating func beginEntry() {
      hasEntries = true
      place &+= 1
    }

    /// How many entries of a list were begun.
    var entryCount: Int { Int(place) }

    /// Where in the text the key stands of what is being read in an object.
    var keyOffset: Int? {
      get { place == 0 ? nil : Int(place) - 1 }
      set { place = newValue.map { UInt32(truncatingIfNeeded: $0 + 1) } ?? 0 }
    }
  }

  /// A member of a mark that was begun.
  struct Mention {
    let member: LosslessMember
    /// Where its items begin on the stack.
    let start: Int
    /// Where the content of a buffer stands in the text.
    var text: Range<Int>?
  }

  private(set) var tokenizer: JSONTokenizer
  var builder = CloneGraphBuilder()
  let limits: CloneLimits
  /// Whether `$` means something, and what JSON has no use for is refused.
  let isLossless: Bool
  var stack: [Item] = []
  private(set) var frames: [Frame] = []
  private(set) var mentions: [Mention] = []
  /// The objects that have ids.
  var objects: [Int: Item] = [:]
  /// The layout that the text tells of.
  var format: CloneFormat?
  private var openReceivers = 0
  private var openHostObjects = 0

  init(_ text: [UInt8], limits: CloneLimits, isLossless: Bool) {
    tokenizer = JSONTokenizer(text)
    self.limits = limits
    self.isLossless = isLossless
  }

  // MARK: - The loop

  /// Reads the whole text.
  mutating func readRoot() throws(CloneJSONError) -> Item {
    guard tokenizer.text.count <= limits.inputSize else {
      throw failure(.limitExceeded("inputSize", limits.inputSize))
    }
    do throws(JSONTokenizer.Failure) {
      var next = try beginValue()
      while true {
        if let item = next {
          guard !frames.isEmpty else {
            guard tokenizer.peek() == nil else {
              throw tokenizer.failure(.expected("the end of the text"))
            }
            guard !item.isHole else { throw misplacedHole(at: tokenizer.position) }
            return item
          }
          try deliver(item)
        }
        next = try step()
      }
    } catch {
      throw failure(error.reason, at: error.offset)
    }
  }

  /// Reads on in what was opened last; answers a value that is complete.
  private mutating func step() throws(JSONTokenizer.Failure) -> Item? {
    let top = frames.count - 1
    switch frames[top].form {
    case .fresh, .object, .properties:
      if tokenizer.take("}") { return try end() }
      try expectComma()
      return try beginProperty()
    case .mark:
      if tokenizer.take("}") { return try end() }
      try tokenizer.expect(",")
      return try beginMember()
    case .array, .elements, .pairs:
      if tokenizer.take("]") { return try end() }
      try expectComma()
      frames[top].beginEntry()
      if frames[top].form == .pairs {
        try tokenizer.expect("[")
        push(.pair)
        return nil
      }
      return try beginValue()
    case .pair:
      if frames[top].entryCount == 2 {
        try tokenizer.expect("]")
        return try end()
      }
      try expectComma()
      frames[top].beginEntry()
      return try beginValue()
    }
  }

  /// Skips the comma between two entries of what was opened last.
  private mutating func expectComma() throws(JSONTokenizer.Failure) {
    if frames[frames.count - 1].hasEntries { try tokenizer.expect(",") }
  }

  private mutating func push(_ form: Frame.Form) {
    // A growing array holds both sizes for a moment, so it grows by a half and not to its double.
    if frames.count == frames.capacity { frames.reserveCapacity(frames.count + frames.count / 2) }
    frames.append(Frame(form, base: stack.count, membersBase: mentions.count))
  }

  private mutating func push(_ item: Item) {
    if stack.count == stack.capacity { stack.reserveCapacity(stack.count + stack.count / 2) }
    stack.append(item)
  }

  // MARK: - Values

  /// Reads a primitive, or opens an object or a list.
  private mutating func beginValue() throws(JSONTokenizer.Failure) -> Item? {
    guard let first = tokenizer.peek() else { throw tokenizer.failure(.truncated) }
    switch first {
    case UInt8(ascii: "{"):
      _ = tokenizer.take("{")
      push(.fresh)
      return nil
    case UInt8(ascii: "["):
      _ = tokenizer.take("[")
      push(.array)
      try beginReceiver()
      return nil
    case UInt8(ascii: "\""): return try readString()
    case UInt8(ascii: "t"):
      try tokenizer.expect(word: "true")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try tokenizer.expect(word: "false")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try tokenizer.expect(word: "null")
      return .null
    default:
      let offset = tokenizer.position
      switch try tokenizer.number() {
      case .integer(let value): return .integer(value)
      case .double(let value):
        guard value.isFinite || !isLossless else {
          throw JSONTokenizer.Failure(reason: .numberOutOfRange, offset: offset)
        }
        return .double(value)
      }
    }
  }

  private mutating func readString() throws(JSONTokenizer.Failure) -> Item {
    let offset = tokenizer.position
    return try makeString(tokenizer.string(), at: offset)
  }

  /// The string whose content was just read.
  private mutating func makeString(
    _ content: JSONTokenizer.StringContent, at offset: Int
  ) throws(JSONTokenizer.Failure) -> Item {
    let count: Int
    switch content {
    case .ascii(let range): count = range.count
    case .units: count = tokenizer.units.count
    }
    guard count <= limits.stringLength else {
      throw JSONTokenizer.Failure(
        reason: .limitExceeded("stringLength", limits.stringLength), offset: offset)
    }
    try checkRoom(2 * count, at: offset)
    switch content {
    case .ascii(let range): return builder.string(latin1: tokenizer.text[range])
    case .units(true):
      return builder.string(
        latin1: tokenizer.units.lazy.map { UInt8(truncatingIfNeeded: $0) })
    case .units(false): return builder.string(twoByte: tokenizer.units)
    }
  }

  /// Makes sure that there is room for so many bytes of content.
  func checkRoom(_ count: Int, at offset: Int) throws(JSONTokenizer.Failure) {
    guard count <= builder.room - CloneGraphBuilder.longestPrefix else {
      throw JSONTokenizer.Failure(
        reason: .limitExceeded("inputSize", Int(UInt32.max)), offset: offset)
    }
    guard limits.memory < .max else { return }
    let memory = builder.byteCount + MemoryLayout<Item>.stride * stack.count
    guard memory <= limits.memory, count <= limits.memory - memory else {
      throw JSONTokenizer.Failure(
        reason: .limitExceeded("memory", limits.memory), offset: offset)
    }
  }

  /// Begins the receiver that becomes of what was opened last.
  private mutating func beginReceiver() throws(JSONTokenizer.Failure) {
    guard openReceivers < limits.depth else {
      throw tokenizer.refusal(.limitExceeded("depth", limits.depth))
    }
    guard builder.receiverCount < min(limits.nodes, Int(Int32.max) - 1) else {
      throw tokenizer.refusal(.limitExceeded("nodes", limits.nodes))
    }
    try checkRoom(0, at: tokenizer.position)
    openReceivers += 1
    frames[frames.count - 1].receiver = builder.begin()
  }

  /// Gives a complete value to what is open.
  private mutating func deliver(_ item: Item) throws(JSONTokenizer.Failure) {
    if item.isHole {
      switch frames[frames.count - 1].form {
      case .array, .elements: break
      default: throw misplacedHole(at: tokenizer.position)
      }
    }
    push(item)
  }

  private func misplacedHole(at offset: Int) -> JSONTokenizer.Failure {
    JSONTokenizer.Failure(
      reason: .misplaced("a hole", belongs: "among the elements of an array"), offset: offset)
  }

  // MARK: - Properties and members

  /// Reads a key of an object, and the beginning of its value.
  private mutating func beginProperty() throws(JSONTokenizer.Failure) -> Item? {
    let top = frames.count - 1
    frames[top].keyOffset = nil
    guard tokenizer.peek() != nil else { throw tokenizer.failure(.truncated) }
    let offset = tokenizer.position
    let name = try tokenizer.string()
    if isLossless, frames[top].form != .properties, tokenizer.isEqual(name, to: "$") {
      guard frames[top].form == .fresh else {
        throw JSONTokenizer.Failure(reason: .misplacedMark, offset: offset)
      }
      try beginMark()
      return nil
    }
    frames[top].hasEntries = true
    frames[top].keyOffset = offset
    if frames[top].form == .fresh {
      frames[top].form = .object
      try beginReceiver()
    }
    let key = try makeString(name, at: offset)
    push(builder.propertyKey(key) ?? key)
    try tokenizer.expect(":")
    return try beginValue()
  }

  /// Reads the kind of a mark.
  private mutating func beginMark() throws(JSONTokenizer.Failure) {
    let top = frames.count - 1
    try tokenizer.expect(":")
    guard tokenizer.peek() != nil else { throw tokenizer.failure(.truncated) }
    let offset = tokenizer.position
    let name = try tokenizer.name(tokenizer.string())
    guard let kind = LosslessKind(name: name) else {
      throw JSONTokenizer.Failure(reason: .unknownKind(name), offset: offset)
    }
    frames[top].form = .mark
    frames[top].kind = kind
    if kind.isReceiver { try beginReceiver() }
    switch kind {
    case .payload where top > 0:
      throw JSONTokenizer.Failure(
        reason: .misplaced("a payload", belongs: "around everything else"), offset: offset)
    case .hostObject:
      guard openHostObjects < limits.hostObjectDepth else {
        throw JSONTokenizer.Failure(
          reason: .limitExceeded("hostObjectDepth", limits.hostObjectDepth), offset: offset)
      }
      openHostObjects += 1
    default: break
    }
  }

  /// Reads the name of a member of a mark, and the beginning of its value.
  private mutating func beginMember() throws(JSONTokenizer.Failure) -> Item? {
    let top = frames.count - 1
    guard tokenizer.peek() != nil else { throw tokenizer.failure(.truncated) }
    let offset = tokenizer.position
    frames[top].keyOffset = nil
    let kind = frames[top].kind
    let name = try tokenizer.name(tokenizer.string())
    frames[top].keyOffset = offset
    guard let member = LosslessMember(rawValue: name),
      kind.members.contains(member) || (member == .id && kind.isReceiver)
    else { throw JSONTokenizer.Failure(reason: .unknownMember(name), offset: offset) }
    guard !mentions[frames[top].membersBase...].contains(where: { $0.member == member }) else {
      throw JSONTokenizer.Failure(reason: .repeatedMember(name), offset: offset)
    }
    guard member != .id || mentions.count == frames[top].membersBase else {
      throw JSONTokenizer.Failure(
        reason: .misplaced("'id'", belongs: "directly behind the kind"), offset: offset)
    }
    mentions.append(Mention(member: member, start: stack.count))
    try tokenizer.expect(":")
    guard let first = tokenizer.peek() else { throw tokenizer.failure(.truncated) }
    switch member {
    case .id: try readID()
    case .base64: try readBase64()
    case .properties where first == UInt8(ascii: "{"):
      _ = tokenizer.take("{")
      push(.properties)
    case .properties, .entries:
      try tokenizer.expect("[")
      push(.pairs)
    case .elements, .values:
      try tokenizer.expect("[")
      push(.elements)
    default: return try beginValue()
    }
    return nil
  }

  /// Reads the id of the object that is open, or of the one that is mentioned.
  private mutating func readID() throws(JSONTokenizer.Failure) {
    let top = frames.count - 1
    let offset = tokenizer.position
    guard let item = try beginValue(), let number = item.number, let id = Int(exactly: number),
      (0..<1 << 53).contains(id)
    else {
      throw JSONTokenizer.Failure(
        reason: .invalidMember("id", mustBe: "an integer from 0 to 2^53 - 1"), offset: offset)
    }
    if frames[top].kind == .reference {
      guard let object = objects[id] else {
        throw JSONTokenizer.Failure(reason: .unknownID(id), offset: offset)
      }
      frames[top].receiver = object
      builder.noteReference()
    } else if objects.updateValue(receiver(of: frames[top]), forKey: id) != nil {
      throw JSONTokenizer.Failure(reason: .repeatedID(id), offset: offset)
    }
  }

  private mutating func readBase64() throws(JSONTokenizer.Failure) {
    let offset = tokenizer.position
    guard case .ascii(let range) = try tokenizer.string() else {
      throw JSONTokenizer.Failure(reason: JSONReader.invalidBase64, offset: offset)
    }
    mentions[mentions.count - 1].text = range
  }

  static let invalidBase64 = CloneJSONError.Reason.invalidMember(
    "base64", mustBe: "base64 with padding")

  // MARK: - Ends

  /// Ends what was opened last; answers what becomes of it, if it is a value of its own.
  private mutating func end() throws(JSONTokenizer.Failure) -> Item? {
    let top = frames.count - 1
    let item: Item?
    switch frames[top].form {
    case .properties, .pairs, .elements:
      frames.removeLast()
      return nil
    case .pair:
      if mentions.last?.member == .properties {
        guard let key = builder.propertyKey(stack[stack.count - 2]) else {
          throw failure(of: .properties, mustBe: "pairs with strings or indices as keys")
        }
        stack[stack.count - 2] = key
      }
      frames.removeLast()
      return nil
    case .fresh:
      try beginReceiver()
      item = try endObject(frames[top])
    case .object: item = try endObject(frames[top])
    case .array: item = try endArray(receiver(of: frames[top]), stack[frames[top].base...], [])
    case .mark:
      frames[top].keyOffset = nil
      item = try endMark(frames[top])
      if frames[top].kind == .hostObject { openHostObjects -= 1 }
    }
    if frames[top].form != .mark || frames[top].kind.isReceiver { openReceivers -= 1 }
    stack.removeLast(stack.count - frames[top].base)
    mentions.removeLast(mentions.count - frames[top].membersBase)
    frames.removeLast()
    return item
  }

  /// The receiver that something open becomes, which was begun.
  func receiver(of frame: Frame) -> Item { frame.receiver ?? .undefined }

  private func endObject(_ frame: Frame) throws(JSONTokenizer.Failure) -> Item {
    let receiver = receiver(of: frame)
    guard
      builder.completeObject(receiver, stack[frame.base...], isLossless ? .refused : .lastWins)
    else { throw JSONTokenizer.Failure(reason: .repeatedKey, offset: tokenizer.position - 1) }
    return receiver
  }

  /// Completes an array in the dense form.
  func endArray(
    _ receiver: Item, _ elements: ArraySlice<Item>, _ properties: ArraySlice<Item>
  ) throws(JSONTokenizer.Failure) -> Item {
    guard elements.count <= limits.arrayLength else {
      throw tokenizer.refusal(.limitExceeded("arrayLength", limits.arrayLength))
    }
    guard builder.completeArray(receiver, elements: elements, properties: properties) else {
      throw failure(of: .properties, mustBe: "names that differ, and neither indices nor 'length'")
    }
    return receiver
  }

  // MARK: - Errors

  /// What is wrong with a member of the mark that ends.
  func failure(of member: LosslessMember, mustBe: String) -> JSONTokenizer.Failure {
    JSONTokenizer.Failure(
      reason: .invalidMember(member.rawValue, mustBe: mustBe), offset: tokenizer.position - 1)
  }

  private func failure(_ reason: CloneJSONError.Reason, at offset: Int = 0) -> CloneJSONError {
    CloneJSONError(reason, offset: offset, path: path)
  }

  /// The path to what is being read.
  private var path: ClonePath {
    var steps: [ClonePath.Step] = []
    for frame in frames {
      switch frame.form {
      case .fresh, .object, .properties, .mark:
        if let offset = frame.keyOffset { steps.append(.property(tokenizer.key(at: offset))) }
      case .array, .pairs, .pair, .elements:
        if frame.entryCount > 0 { steps.append(.element(frame.entryCount - 1)) }
      }
    }
    return ClonePath(steps)
  }
}
