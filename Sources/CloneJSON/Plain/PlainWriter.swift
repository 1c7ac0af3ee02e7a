import StructuredClone

/// Writes values as `JSON.stringify` does, and what that has no text for in a form for people, in a loop.
struct PlainWriter {
  /// How the innermost container is written.
  private enum Form {
    /// An object.
    case properties
    /// An array or a set.
    case elements
    /// A map as a list of entries.
    case entries
    /// A map as an object.
    case mapProperties
    /// An error as an object, of which the cause is missing.
    case error
    /// A host object, for which its payload stands.
    case payload
  }

  private struct Frame {
    let form: Form
    var isEmpty = true
    /// Whether an entry of a map was begun.
    var hasOpenPair = false
    /// The key of a map that waits for its value.
    var key: CloneString?
  }

  /// What the table of the walk says of a receiver.
  private enum Mark {
    static let closed: UInt32 = 0
    static let open: UInt32 = 1
  }

  /// What stands for an object inside itself.
  private static let circular: CloneString = "[Circular]"

  private var text: JSONText
  private let options: PlainJSON
  private let mayShare: Bool
  private var walk = ContentWalk()
  private var frames: [Frame] = []
  /// How many bytes were taken away.
  private var takenCount = 0

  /// Begins with a value: ``step()`` writes what its outermost object holds.
  init(_ value: CloneValue, options: PlainJSON) {
    text = JSONText(isIndented: options.isIndented)
    self.options = options
    mayShare = value.hasSharedReferences
    write(value)
  }

  /// How many bytes were written and not taken away.
  var byteCount: Int { text.bytes.count }

  /// Takes away what was written.
  mutating func takeBytes() -> [UInt8] {
    defer { text.bytes.removeAll(keepingCapacity: true) }
    takenCount += text.bytes.count
    return text.bytes
  }

  /// Writes the next item; false if there is none any more.
  mutating func step() throws(CloneJSONError) -> Bool {
    try checkLength(adding: 0)
    guard let top = frames.indices.last else { return false }
    let item = walk.next()
    if frames[top].hasOpenPair {
      if case .mapValue = item?.place {
        text.appendComma()
      } else {
        text.append("]")
        frames[top].hasOpenPair = false
      }
    }
    guard let item else {
      close()
      return true
    }
    if case .holes(let count) = item.place {
      try writeHoles(count)
    } else if begin(item, in: frames[top]) {
      write(item.value)
    }
    return true
  }

  // MARK: - Items

  private func checkLength(adding count: Int) throws(CloneJSONError) {
    let length = takenCount + text.bytes.count
    guard length <= options.longestText, count <= options.longestText - length else {
      throw CloneJSONError(
        .limitExceeded("longestText", options.longestText), offset: length, path: walk.path)
    }
  }

  private static let null = "null"

  private mutating func writeHoles(_ count: Int) throws(CloneJSONError) {
    let most = options.longestText / PlainWriter.null.utf8.count
    try checkLength(adding: min(count, most + 1) * PlainWriter.null.utf8.count)
    for _ in 0..<count {
      beginEntry()
      text.append(PlainWriter.null)
    }
  }

  /// Writes what stands before an item; false if it is left out, or will be written with another.
  private mutating func begin(_ item: ContentWalk.Item, in frame: Frame) -> Bool {
    switch (item.place, frame.form) {
    // The named properties of an array are lost.
    case (.property, .elements): return false
    case (.property, _):
      guard !item.value.isLeftOut, let key = item.key else { return false }
      begin(property: key.name)
    case (.mapKey, .mapProperties):
      frames[frames.count - 1].key = PlainWriter.text(ofKey: item.value)
      return false
    case (.mapValue, .mapProperties):
      guard !item.value.isLeftOut, let key = frame.key else { return false }
      begin(property: key)
    case (.mapKey, _):
      beginEntry()
      text.append("[")
      frames[frames.count - 1].hasOpenPair = true
    case (.cause, _): text.beginMember("cause")
    case (.element, _), (.setElement, _): beginEntry()
    case (.mapValue, _), (.payload, _), (.buffer, _), (.holes, _): break
    }
    return true
  }

  private mutating func beginEntry() {
    let top = frames.count - 1
    text.beginEntry(isFirst: frames[top].isEmpty)
    frames[top].isEmpty = false
  }

  private mutating func begin(property name: CloneString) {
    beginEntry()
    text.append(quoted: name)
    text.appendColon()
  }

  private mutating func close() {
    if mayShare, let current = walk.current { walk.table.assign(Mark.closed, to: current) }
    walk.close()
    guard let frame = frames.popLast() else { return }
    switch frame.form {
    case .properties, .mapProperties: text.close("}", isEmpty: frame.isEmpty)
    case .error: text.close("}")
    case .elements, .entries: text.close("]", isEmpty: frame.isEmpty)
    case .payload: break
    }
  }

  // MARK: - Values

  private mutating func write(_ value: CloneValue) {
    switch value {
    case .undefined, .null: text.append(PlainWriter.null)
    case .boolean(let value): text.append(value ? "true" : "false")
    case .number(let number): write(number)
    case .bigint(let integer): write(integer)
    case .string(let string): text.append(quoted: string)
    case .object: open(value, .properties, "{")
    case .array, .set: open(value, .elements, "[")
    case .map(let map):
      let isObject = options.maps == .objects && map.allSatisfy { !$0.key.isReceiver }
      open(value, isObject ? .mapProperties : .entries, isObject ? "{" : "[")
    case .date(let date):
      guard date.isValid else { return text.append(PlainWriter.null) }
      text.append("\"")
      text.append(DateText.string(date.millisecondsSince1970))
      text.append("\"")
    case .regExp(let regExp):
      text.append(
        quoted: CloneString(
          utf16: Array("/".utf16) + regExp.escapedSource.utf16 + "/\(regExp.flags.letters)".utf16))
    case .boxedPrimitive(let boxed): write(boxed.primitive)
    case .error(let error): open(error, value)
    case .arrayBuffer(let buffer): text.append(base64: buffer.bytes)
    case .arrayBufferView(let view): write(view)
    case .hostObject: open(value, .payload, nil)
    case .sharedArrayBuffer, .wasmModule, .wasmMemory, .sharedObject: text.append("{}")
    case .uncloneable(let object):
      text.append(object.isUndefinedInJSON ? PlainWriter.null : "{}")
    }
  }

  /// Opens a container, unless it is open already.
  private mutating func open(_ value: CloneValue, _ form: Form, _ bracket: Unicode.Scalar?) {
    guard let receiver = value.receiver else { return }
    if mayShare {
      guard walk.table[receiver] != Mark.open else {
        return text.append(quoted: PlainWriter.circular)
      }
      walk.table.assign(Mark.open, to: receiver)
    }
    walk.open(receiver)
    frames.append(Frame(form: form))
    if let bracket { text.open(bracket) }
  }

  private mutating func open(_ error: CloneErrorObject, _ value: CloneValue) {
    let depth = frames.count
    open(value, .error, "{")
    guard frames.count > depth else { return }
    text.beginMember("name", isFirst: true)
    text.append(quoted: CloneString(error.name.description))
    if let message = error.message {
      text.beginMember("message")
      text.append(quoted: message)
    }
    if let stack = error.stack {
      text.beginMember("stack")
      text.append(quoted: stack)
    }
  }

  private mutating func write(_ number: Double) {
    text.append(number.isFinite ? NumberText.string(number) : PlainWriter.null)
  }

  private mutating func write(_ integer: CloneBigInt) {
    let digits = integer.description
    // Long ones have hexadecimal digits, which no number of JSON has.
    let isNumber = options.bigInts == .number && !digits.contains("x")
    text.append(isNumber ? digits : "\"\(digits)\"")
  }

  /// A view as a list of its elements in one line; a `DataView`, which has none, as its bytes.
  private mutating func write(_ view: CloneArrayBufferView) {
    let bytes = view.bytes
    guard view.kind != .dataView else { return text.append(base64: bytes) }
    text.append("[")
    for index in 0..<(bytes.count / view.kind.elementSize) {
      if index > 0 { text.appendComma() }
      write(view.element(index, in: bytes))
    }
    text.append("]")
  }

  /// A primitive as the name of a property.
  private static func text(ofKey key: CloneValue) -> CloneString {
    switch key {
    case .string(let string): string
    case .number(let number): CloneString(NumberText.string(number))
    case .bigint(let integer): CloneString(integer.description)
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    default: "undefined"
    }
  }
}

extension CloneValue {
  /// Whether an object's property of this value is left out.
  fileprivate var isLeftOut: Bool {
    switch self {
    case .undefined: true
    case .uncloneable(let object): object.isUndefinedInJSON
    default: false
    }
  }
}

extension CloneUncloneable {
  /// Whether `JSON.stringify` takes it for `undefined`.
  fileprivate var isUndefinedInJSON: Bool { kind == .function || kind == .symbol }
}
