import StructuredClone

/// Writes the lossless form of a value in a loop, a step for each item.
struct LosslessWriter {
  /// How the innermost container is written.
  enum Form {
    /// A plain object, or a mark's object of properties.
    case properties
    /// A mark's list of properties, pairs of keys and values.
    case pairs
    /// A list of elements: a plain array, or a mark's.
    case elements
    case map, set
    /// Members of a mark: the cause of an error, the buffer of a view or a memory, the payload of a host object.
    case members
  }

  private struct Frame {
    var form: Form
    /// Whether a mark is open around the list or object, which ends with it.
    let isMarked: Bool
    /// Whether nothing was written in the list or object.
    var isEmpty = true
    /// Whether a pair was begun.
    var hasOpenPair = false
  }

  /// What the table of the walk says of a receiver.
  private enum Mark {
    /// It is mentioned once.
    static let single: UInt32 = 0
    /// It is mentioned again, and was not written yet. More than that is the number of its id.
    static let shared: UInt32 = 1
  }

  /// The text; whoever makes the steps may take it away between them.
  var text: JSONText
  private var walk = ContentWalk()
  private var frames: [Frame] = []
  private let mayShare: Bool
  private var idCount: UInt32 = 0
  private var isInPayload = false

  /// Begins with a value: ``step()`` writes what its outermost object holds.
  init(_ value: CloneValue, isIndented: Bool) {
    text = JSONText(isIndented: isIndented)
    mayShare = value.hasSharedReferences
    begin(value, number: value.number.map { LosslessWriter.usualForm(of: $0) })
  }

  /// Begins with a payload.
  init(_ payload: ClonePayload, isIndented: Bool) {
    text = JSONText(isIndented: isIndented)
    mayShare = payload.value.hasSharedReferences
    isInPayload = true
    openMark(.payload, id: nil)
    text.beginMember("version")
    text.append("\(payload.format.version)")
    text.beginMember("stackBeforeCause")
    text.append("\(payload.format.stackBeforeCause)")
    text.beginMember("viewFlags")
    text.append("\(payload.format.viewFlags)")
    text.beginMember("value")
    begin(payload.value, number: payload.rootForm)
  }

  private mutating func begin(_ value: CloneValue, number: NumberForm?) {
    if let receiver = value.receiver {
      if mayShare { findShared(from: receiver) }
      write(receiver)
    } else {
      write(value, number: number)
    }
  }

  /// Writes the next item; false if there is none any more.
  mutating func step() -> Bool {
    guard let top = frames.indices.last else {
      if isInPayload { text.close("}") }
      isInPayload = false
      return false
    }
    let item = walk.next()
    if frames[top].hasOpenPair, item == nil || !item.isMapValue {
      text.append("]")
      frames[top].hasOpenPair = false
    }
    guard let item else {
      close()
      return true
    }
    switch item.place {
    case .holes(let count): writeHoles(count)
    default:
      beginItem(item)
      if let receiver = item.receiver {
        write(receiver)
      } else {
        write(item.value, number: item.numberForm)
      }
    }
    return true
  }

  // MARK: - Sharing

  /// Notes which receivers have more than one mention; they alone have ids.
  private mutating func findShared(from root: Receiver) {
    func visit(_ receiver: Receiver, _ walk: inout ContentWalk) {
      switch walk.table.insert(receiver, Mark.single) {
      case nil: walk.open(receiver)
      case Mark.single: walk.table.assign(Mark.shared, to: receiver)
      default: break
      }
    }
    visit(root, &walk)
    while walk.depth > 0 {
      if let item = walk.next() {
        if let receiver = item.receiver { visit(receiver, &walk) }
      } else {
        walk.close()
      }
    }
  }

  /// What the mention of a receiver has to say about its identity.
  private enum Identity {
    case single
    case first(id: UInt32)
    case later(id: UInt32)

    /// The id that a first mention gives.
    var id: UInt32? {
      if case .first(let id) = self { return id }
      return nil
    }
  }

  private mutating func identity(of receiver: Receiver) -> Identity {
    guard mayShare, let mark = walk.table[receiver], mark >= Mark.shared else { return .single }
    guard mark == Mark.shared else { return .later(id: mark - Mark.shared) }
    idCount += 1
    walk.table.assign(Mark.shared + idCount, to: receiver)
    return .first(id: idCount)
  }

  // MARK: - Items

  /// Writes what stands before an item.
  private mutating func beginItem(_ item: ContentWalk.Item) {
    switch item.place {
    case .property: beginProperty(item)
    case .element(let index): beginElement(index, item)
    case .setElement: beginEntry()
    case .mapKey: beginPair()
    case .mapValue: text.appendComma()
    case .cause: text.beginMember("cause")
    case .buffer: text.beginMember("buffer")
    case .payload: text.beginMember("payload")
    case .holes: break
    }
  }

  private mutating func beginEntry() {
    let top = frames.count - 1
    text.beginEntry(isFirst: frames[top].isEmpty)
    frames[top].isEmpty = false
  }

  private mutating func beginPair() {
    beginEntry()
    text.append("[")
    frames[frames.count - 1].hasOpenPair = true
  }

  /// Writes what stands before an element: in the sparse form its index.
  private mutating func beginElement(_ index: Int, _ item: ContentWalk.Item) {
    if case .elements = frames[frames.count - 1].form {
      beginEntry()
    } else {
      begin(
        property: ClonePropertyKey(index),
        form: item.keyForm ?? LosslessWriter.usualForm(of: Double(index)))
    }
  }

  private mutating func beginProperty(_ item: ContentWalk.Item) {
    if case .elements = frames[frames.count - 1].form { beginPropertiesOfElements() }
    begin(property: item.key ?? "", form: item.keyForm)
  }

  private mutating func begin(property key: ClonePropertyKey, form: NumberForm?) {
    if case .pairs = frames[frames.count - 1].form {
      beginPair()
      write(.string(key.name), number: form)
      text.appendComma()
    } else {
      beginEntry()
      text.append(quoted: key.name)
      text.appendColon()
    }
  }

  /// Goes on from the elements of an array to its named properties.
  private mutating func beginPropertiesOfElements() {
    let top = frames.count - 1
    text.close("]", isEmpty: frames[top].isEmpty)
    text.beginMember("properties")
    let properties = walk.current.flatMap { $0.value.array?.propertiesReceiver }
    frames[top].form = properties.map { !$0.hasUsualKeys } ?? false ? .pairs : .properties
    frames[top].isEmpty = true
    text.open(LosslessWriter.bracket(of: frames[top].form))
  }

  /// Writes holes of an array in the dense form, which has as many bytes; in the sparse form the length tells.
  private mutating func writeHoles(_ count: Int) {
    guard case .elements = frames[frames.count - 1].form else { return }
    for _ in 0..<count {
      beginEntry()
      writeLeaf(.hole)
    }
  }

  // MARK: - Marks

  private static func bracket(of form: Form) -> Unicode.Scalar {
    if case .properties = form { return "{" }
    return "["
  }

  /// Opens a mark for contents.
  private mutating func openMark(_ kind: LosslessKind, id: UInt32?) {
    text.open("{")
    text.beginMember("$", isFirst: true)
    text.append("\"\(kind.name)\"")
    if let id {
      text.beginMember("id")
      text.append("\(id)")
    }
  }

  /// Opens a container.
  ///
  /// - Parameters:
  ///   - kind: its mark, unless it is written as JSON has it.
  ///   - member: what its contents are called in the mark.
  private mutating func open(
    _ receiver: Receiver, _ form: Form, _ kind: LosslessKind?, id: UInt32?, member: String
  ) {
    if let kind {
      openMark(kind, id: id)
      if case .array(let array) = receiver.value, kind == .sparseArray {
        text.beginMember("length")
        text.append("\(array.count)")
      }
      text.beginMember(member)
    }
    push(receiver, form, isMarked: kind != nil)
    text.open(LosslessWriter.bracket(of: form))
  }

  private mutating func push(_ receiver: Receiver, _ form: Form, isMarked: Bool) {
    walk.open(receiver)
    // A growing array holds both sizes for a moment, so it grows by a half and not to its double.
    if frames.count == frames.capacity { frames.reserveCapacity(frames.count + frames.count / 2) }
    frames.append(Frame(form: form, isMarked: isMarked))
  }

  private mutating func close() {
    walk.close()
    guard let frame = frames.popLast() else { return }
    switch frame.form {
    case .members: break
    case .properties: text.close("}", isEmpty: frame.isEmpty)
    case .pairs, .elements, .map, .set: text.close("]", isEmpty: frame.isEmpty)
    }
    if frame.isMarked { text.close("}") }
  }

  // MARK: - Receivers

  private mutating func write(_ receiver: Receiver) {
    let identity = identity(of: receiver)
    if case .later(let id) = identity {
      writeLeaf(.reference, id: id)
      return
    }
    let id = identity.id
    switch receiver.value {
    case .object:
      let isUsual = receiver.hasUsualKeys
      let isPlain = isUsual && id == nil && !receiver.hasMarkKey
      open(
        receiver, isUsual ? .properties : .pairs, isPlain ? nil : .object, id: id,
        member: "properties")
    case .array(let array) where array.isPacked:
      let isPlain = id == nil && array.propertiesReceiver == nil
      open(receiver, .elements, isPlain ? nil : .array, id: id, member: "elements")
    case .array(let array):
      let isUsual = array.hasUsualIndices && array.propertiesReceiver?.hasUsualKeys ?? true
      open(receiver, isUsual ? .properties : .pairs, .sparseArray, id: id, member: "properties")
    case .map: open(receiver, .map, .map, id: id, member: "entries")
    case .set: open(receiver, .set, .set, id: id, member: "values")
    case .error(let error): open(receiver, error, id: id)
    case .arrayBufferView(let view): open(receiver, view, id: id)
    case .hostObject(let object):
      openMark(.hostObject, id: id)
      writeMember("interface", .string(object.interface))
      if object.layout != 0 { writeMember("layout", .number(Double(object.layout))) }
      push(receiver, .members, isMarked: true)
    case .wasmMemory(let memory):
      openMark(.wasmMemory, id: id)
      writeMember("maximumPages", .number(Double(memory.maximumPages)))
      if memory.isMemory64 { writeMember("memory64", true) }
      push(receiver, .members, isMarked: true)
    default: writeLeaf(receiver.value, id: id)
    }
  }

  private mutating func open(_ receiver: Receiver, _ error: CloneErrorObject, id: UInt32?) {
    openMark(.error, id: id)
    writeMember("name", .string(CloneString(error.name.description)))
    if let message = error.message { writeMember("message", .string(message)) }
    if let stack = error.stack { writeMember("stack", .string(stack)) }
    push(receiver, .members, isMarked: true)
  }

  private mutating func open(_ receiver: Receiver, _ view: CloneArrayBufferView, id: UInt32?) {
    openMark(.view(view.kind), id: id)
    writeMember("byteOffset", .number(Double(view.byteOffset)))
    if !view.isLengthTracking {
      writeMember("byteLength", .number(Double(view.declaredByteLength)))
    }
    if view.unusualWireFlags != 0 { writeMember("flags", .number(Double(view.unusualWireFlags))) }
    push(receiver, .members, isMarked: true)
  }

  private mutating func writeMember(_ name: String, _ value: CloneValue) {
    text.beginMember(name)
    write(value, number: value.number.map { LosslessWriter.usualForm(of: $0) })
  }

  // MARK: - Leaves, each in one line

  private mutating func beginLeaf(_ kind: LosslessKind, id: UInt32? = nil) {
    text.append("{")
    beginLeafMember("$", isFirst: true)
    text.append("\"\(kind.name)\"")
    if let id {
      beginLeafMember("id")
      text.append("\(id)")
    }
  }

  private mutating func writeLeaf(_ kind: LosslessKind, id: UInt32? = nil) {
    beginLeaf(kind, id: id)
    text.append("}")
  }

  private mutating func beginLeafMember(_ name: String, isFirst: Bool = false) {
    if !isFirst { text.appendComma() }
    text.append("\"\(name)\"")
    text.appendColon()
  }

  private mutating func writeLeafMember(_ name: String, _ value: CloneValue) {
    beginLeafMember(name)
    write(value, number: value.number.map { LosslessWriter.usualForm(of: $0) })
  }

  private mutating func writeLeaf(_ leaf: CloneValue, id: UInt32?) {
    switch leaf {
    case .date(let date):
      beginLeaf(.date, id: id)
      writeLeafMember("time", .number(date.millisecondsSince1970))
    case .regExp(let regExp):
      beginLeaf(.regExp, id: id)
      writeLeafMember("source", .string(regExp.source))
      let letters = regExp.flags.letters
      let haveLetters = CloneRegExp.Flags(letters: letters) == regExp.flags
      writeLeafMember(
        "flags",
        haveLetters ? .string(CloneString(letters)) : .number(Double(regExp.flags.rawValue)))
    case .boxedPrimitive(let boxed):
      beginLeaf(.boxedPrimitive, id: id)
      beginLeafMember("value")
      var form = boxed.numberForm
      if case .double(let number) = form { form = LosslessWriter.usualForm(of: number) }
      write(boxed.primitive, number: form)
    case .arrayBuffer(let buffer):
      beginLeaf(.arrayBuffer, id: id)
      if buffer.isResizable {
        writeLeafMember("maxByteLength", .number(Double(buffer.maxByteLength)))
      }
      if buffer.isImmutable { writeLeafMember("immutable", true) }
      if buffer.isDetached {
        writeLeafMember("detached", true)
      } else {
        beginLeafMember("base64")
        text.append(base64: buffer.bytes)
      }
    case .sharedArrayBuffer(let buffer):
      beginLeaf(.sharedArrayBuffer, id: id)
      writeLeafMember("cloneID", .number(Double(buffer.cloneID)))
      writeLeafMember("byteLength", .number(Double(buffer.byteLength)))
      if buffer.isGrowable {
        writeLeafMember("maxByteLength", .number(Double(buffer.maxByteLength)))
      }
      if buffer.isWasmMemory { writeLeafMember("wasmMemory", true) }
    case .wasmModule(let module):
      beginLeaf(.wasmModule, id: id)
      writeLeafMember("transferID", .number(Double(module.transferID)))
    case .sharedObject(let object):
      beginLeaf(.sharedObject, id: id)
      writeLeafMember("index", .number(Double(object.index)))
    case .uncloneable(let object):
      beginLeaf(.uncloneable, id: id)
      writeLeafMember("reason", .string(CloneString("\(object.kind)")))
      writeLeafMember("description", .string(object.description))
    default: return
    }
    text.append("}")
  }

  // MARK: - Primitives

  /// How a number is written that says nothing about how it travels.
  private static func usualForm(of number: Double) -> NumberForm {
    if let integer = Int32(exactly: number), integer != 0 || number.sign == .plus {
      return .integer(integer)
    }
    return .double(number)
  }

  /// Writes a primitive, or where there is one a number as it travels.
  private mutating func write(_ primitive: CloneValue, number: NumberForm?) {
    if let number { return write(number) }
    switch primitive {
    case .undefined: writeLeaf(.undefined)
    case .boolean(let value): text.append(value ? "true" : "false")
    case .string(let string):
      guard string.isNeedlesslyTwoByte else { return text.append(quoted: string) }
      beginLeaf(.string)
      beginLeafMember("value")
      text.append(quoted: string)
      writeLeafMember("twoByte", true)
      text.append("}")
    case .bigint(let integer):
      beginLeaf(.bigint)
      writeLeafMember(
        "value", .string(CloneString(integer.isNegativeZero ? "-0" : integer.description)))
      text.append("}")
    default: text.append("null")
    }
  }

  private mutating func write(_ number: NumberForm) {
    switch number {
    case .integer(let value): text.append("\(value)")
    case .nan(let bits):
      beginLeaf(.number)
      writeLeafMember("value", "NaN")
      let digits = String(bits, radix: 16)
      writeLeafMember(
        "bits", .string(CloneString(String(repeating: "0", count: 16 - digits.count) + digits)))
      text.append("}")
    case .double(let value):
      guard value.isFinite else {
        beginLeaf(.number)
        writeLeafMember("value", .string(CloneString(NumberText.string(value))))
        return text.append("}")
      }
      // A fraction says that an integer travels as a double; −0 can do no other.
      let isNegativeZero = value == 0 && value.sign == .minus
      text.append(isNegativeZero ? "-0" : NumberText.string(value))
      if !isNegativeZero, Int32(exactly: value) != nil { text.append(".0") }
    }
  }
}

extension ContentWalk.Item? {
  /// Whether it is the value of a map's entry, whose key was told before.
  fileprivate var isMapValue: Bool {
    if case .mapValue = self?.place { return true }
    return false
  }
}

extension Receiver {
  /// Whether an object has a property of the name that marks have.
  fileprivate var hasMarkKey: Bool { keyForms.contains { $0.key == "$" } }
}
