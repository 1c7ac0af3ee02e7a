import ElectronClone
package import StructuredClone

/// What a message carries: values as they were when it was sent, so that the sides share nothing.
///
/// Nobody can change a primitive: plain ones go to the other side as they are, and have bytes only where they leave the process.
package enum MessageContent: Sendable {
  /// Electron's bytes (electron-ipc, section 7); of those that come from elsewhere nothing is known.
  case bytes([UInt8])
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
      self = .value(value, mostBytes: most)
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
      self = .arguments(arguments, mostBytes: most)
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
      self = .result(result, mostBytes: most)
    } else {
      self = try MessageContent(serializing: content)
    }
  }

  // MARK: - On arrival

  /// The value: `null` if the bytes are none, as in Electron.
  package var value: CloneValue {
    if case .value(let value, _) = self { return value.detached() }
    return (try? ElectronSerializedValue.deserialize(bytes)) ?? .null
  }

  /// The arguments: none if the bytes are no array.
  package var arguments: [CloneValue] {
    if case .arguments(let arguments, _) = self {
      let isDetached = arguments.indices.allSatisfy { arguments[$0].isDetachedPrimitive }
      return isDetached ? arguments : arguments.map { $0.detached() }
    }
    return ElectronSerializedValue.plainElements(of: bytes)
      ?? value.array.map { Array($0.elements) } ?? []
  }

  /// What a handler returned, if it is plain.
  var plainResult: CloneValue? {
    if case .result(let result, _) = self { return result.detached() }
    return ElectronSerializedValue.plainProperty("result", of: bytes)
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

  /// The bytes.
  package var bytes: [UInt8] {
    if case .bytes(let bytes) = self { return bytes }
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// How many bytes there are at most, and if they have been written, the very number.
  var mostBytes: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .value(_, let most), .arguments(_, let most), .result(_, let most): most
    }
  }

  /// Writes the bytes, if that has not been done.
  mutating func write() { self = .bytes(bytes) }

  /// Appends the bytes.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .bytes(let own): bytes += own
    case .value(let value, let most): MessageContent.append(.value(value), most, to: &bytes)
    case .arguments(let arguments, let most):
      MessageContent.append(.elements(arguments), most, to: &bytes)
    case .result(let result, let most):
      MessageContent.append(.property("result", result), most, to: &bytes)
    }
  }

  private static func append(_ content: PayloadContent, _ most: Int, to bytes: inout [UInt8]) {
    ElectronSerializedValue.append(
      plain: content, ofAtMost: most, to: &bytes, profile: MessageContent.profile)
  }
}

extension MessageContent: Equatable {
  /// Whether both have the same bytes.
  package static func == (left: MessageContent, right: MessageContent) -> Bool {
    left.bytes == right.bytes
  }
}
