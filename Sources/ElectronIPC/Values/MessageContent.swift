import ElectronClone
package import StructuredClone

/// What a message carries: values as they were when it was sent, so that the sides share nothing.
///
/// Nobody can change a primitive: plain ones go to the other side as they are, and have bytes only where they leave the process.
package enum MessageContent: Sendable {
  /// Electron's bytes (electron-ipc, section 7); of those that come from elsewhere nothing is known.
  case bytes([UInt8])
  /// The bytes of plain values with long strings, which are not copied.
  case pieces(start: [UInt8], rest: [ArraySlice<UInt8>])
  /// A plain value, and how many bytes it has at most, as of the others.
  case value(CloneValue, mostBytes: Int)
  /// Plain arguments: an array of them.
  case arguments([CloneValue], mostBytes: Int)
  /// What a handler returned, if it is plain: an object with it as `result`.
  case result(CloneValue, mostBytes: Int)

  /// Clones a value.
  ///
  /// - Throws: that it cannot be cloned.
  package init(_ value: CloneValue) throws(IPCError) {
    let content = PayloadContent.value(value)
    if let most = ElectronSerializedValue.mostBytes(ofPlain: content) {
      self = .value(content.isAsRead ? value : value.asRead, mostBytes: most)
    } else {
      self = try MessageContent(serializing: content)
    }
  }

  /// Clones arguments: in one array, so that what they share is still shared on arrival.
  ///
  /// - Throws: that one cannot be cloned.
  package init(arguments: [CloneValue]) throws(IPCError) {
    let content = PayloadContent.elements(arguments)
    if let most = ElectronSerializedValue.mostBytes(ofPlain: content) {
      self = .arguments(
        content.isAsRead ? arguments : arguments.map(\.asRead), mostBytes: most)
    } else {
      self = try MessageContent(serializing: content)
    }
  }

  /// Clones what a handler returned.
  ///
  /// - Throws: that it cannot be cloned.
  init(result: CloneValue) throws(IPCError) {
    let content = PayloadContent.property("result", result)
    if let most = ElectronSerializedValue.mostBytes(ofPlain: content) {
      self = .result(content.isAsRead ? result : result.asRead, mostBytes: most)
    } else {
      self = try MessageContent(serializing: content)
    }
  }

  /// Clones what a handler threw: its text, and all of it, or nothing.
  ///
  /// - Throws: that it cannot be cloned.
  init(error: String, thrown: CloneValue?) throws(IPCError) {
    var reply: CloneObject = ["error": CloneValue(error)]
    if let thrown { reply["thrown"] = thrown }
    try self.init(.object(reply))
  }

  // MARK: - On arrival

  /// The value: `null` if the bytes are none, as in Electron.
  package consuming func value() -> CloneValue {
    switch consume self {
    case .value(let value, _): value
    case .bytes(let bytes): (try? ElectronSerializedValue.deserialize(bytes)) ?? .null
    case let content: MessageContent.bytes(content.bytes).value()
    }
  }

  /// The arguments: none if the bytes are no array.
  package consuming func arguments() -> [CloneValue] {
    switch consume self {
    case .arguments(let arguments, _): arguments
    case .bytes(let bytes):
      ElectronSerializedValue.plainElements(of: bytes)
        ?? MessageContent.bytes(bytes).value().array.map { Array($0.elements) } ?? []
    case let content: MessageContent.bytes(content.bytes).arguments()
    }
  }

  /// What became of a call.
  enum Reply {
    case result(CloneValue)
    /// The text of what was thrown and, if the other side tells it, all of it.
    case error(String, thrown: CloneValue)
  }

  /// What became of the call that this is the reply to.
  consuming func reply() -> Reply {
    switch consume self {
    case .result(let result, _): return .result(result)
    case .bytes(let bytes):
      if let result = ElectronSerializedValue.plainProperty("result", of: bytes) {
        return .result(result)
      }
      let reply = MessageContent.bytes(bytes).value()
      guard let error = reply["error"].string else { return .result(reply["result"]) }
      return .error(String(error), thrown: reply["thrown"])
    case let content: return MessageContent.bytes(content.bytes).reply()
    }
  }
}

// MARK: - As bytes

extension MessageContent {
  /// Version 15 of the format, as Node cannot read what Electron writes since 43.
  private static let profile = CloneProfile.default

  /// - Throws: Electron's one text for whatever cannot be cloned; where it is and why is the diagnosis.
  private init(serializing content: PayloadContent) throws(IPCError) {
    do {
      self = .bytes(
        try ElectronSerializedValue.serialize(
          content, profile: MessageContent.profile, refusesModules: true))
    } catch {
      throw IPCError(error.message, diagnosis: error.diagnosis)
    }
  }

  /// Whether there are bytes.
  @inline(__always)
  var isWritten: Bool {
    switch self {
    case .bytes, .pieces: true
    case .value, .arguments, .result: false
    }
  }

  /// The bytes.
  package var bytes: [UInt8] {
    if case .bytes(let bytes) = self { return bytes }
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// How many bytes there are at most, and if they have been written, the very number.
  @inline(__always)
  var mostBytes: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .pieces(let start, let rest): start.count + MessageContent.count(of: rest)
    case .value(_, let most), .arguments(_, let most), .result(_, let most): most
    }
  }

  @inline(never)
  private static func count(of pieces: [ArraySlice<UInt8>]) -> Int {
    pieces.reduce(0) { $0 + $1.count }
  }

  /// Writes the bytes, if that has not been done.
  package mutating func write() {
    switch self {
    case .bytes, .pieces: break
    case .value(let value, _): self = MessageContent.pieces(of: .value(value))
    case .arguments(let arguments, _): self = MessageContent.pieces(of: .elements(arguments))
    case .result(let result, _): self = MessageContent.pieces(of: .property("result", result))
    }
  }

  private static func pieces(of content: PayloadContent) -> MessageContent {
    let pieces = ElectronSerializedValue.pieces(ofPlain: content, profile: profile)
    return .pieces(start: pieces.start, rest: pieces.rest)
  }

  /// Appends the bytes.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .bytes(let own): bytes += own
    case .pieces(let start, let rest):
      bytes += start
      for piece in rest { bytes += piece }
    case .value(let value, let most): MessageContent.append(.value(value), most, to: &bytes)
    case .arguments(let arguments, let most):
      MessageContent.append(.elements(arguments), most, to: &bytes)
    case .result(let result, let most):
      MessageContent.append(.property("result", result), most, to: &bytes)
    }
  }

  private static func append(_ content: PayloadContent, _ most: Int, to bytes: inout [UInt8]) {
    ElectronSerializedValue.append(plain: content, ofAtMost: most, to: &bytes, profile: profile)
  }
}

extension MessageContent: Equatable {
  /// Whether both have the same bytes.
  package static func == (left: MessageContent, right: MessageContent) -> Bool {
    left.bytes == right.bytes
  }
}
