public import StructuredClone

/// Reads and writes the host objects of Node's `v8.DefaultSerializer` and `v8.DefaultDeserializer`, which are views and
/// `Buffer`s, or those of a child process's channel, which puts a kind before them and knows other objects, too.
///
/// ```swift
/// var serializer = ValueSerializer(profile: .node24, delegate: NodeHostObjects(.node24))
/// serializer.treatsArrayBufferViewsAsHostObjects = true
/// ```
public struct NodeHostObjects: ValueSerializerDelegate, ValueDeserializerDelegate {
  /// Who writes them.
  public enum Dialect: Int, Hashable, CaseIterable, Sendable {
    /// `v8.serialize` and `v8.deserialize`.
    case v8
    /// `child_process` with `serialization: 'advanced'`.
    case channel
  }

  /// What stands before a host object in a channel (`lib/internal/child_process/serialization.js`).
  private enum ChannelKind {
    static let arrayBufferView: UInt32 = 0
    static let other: UInt32 = 1
  }

  /// The interface of an object of a channel that is no view: Node copies its own enumerable properties into a plain object,
  /// which is the payload.
  public static let objectInterface: CloneString = "Object"

  /// Who writes them.
  public let dialect: Dialect
  private let lastType: NodeViewType
  /// Whether errors are those of Node 14.
  private let isOldest: Bool

  /// Makes a delegate that knows the views that the profile's engine knows; by default all.
  public init(_ profile: CloneProfile = .default, dialect: Dialect = .v8) {
    self.dialect = dialect
    lastType = NodeViewType.last(of: profile)
    isOldest = profile == .node14
  }

  /// A writer of values as Node writes them: views are host objects.
  func serializer(_ profile: CloneProfile, _ limits: CloneLimits) -> ValueSerializer {
    var serializer = ValueSerializer(profile: profile, limits: limits, delegate: self)
    serializer.treatsArrayBufferViewsAsHostObjects = true
    serializer.hostObjectViews = viewLayout
    return serializer
  }

  /// How views are written, for reader and writer.
  var viewLayout: HostObjectViewLayout {
    NodeHostObjects.viewLayouts[dialect.rawValue][Int(lastType.rawValue)]
  }

  /// Those of both dialects, by the last type that is known.
  private static let viewLayouts = Dialect.allCases.map { dialect in
    NodeViewType.allCases.map { last in
      HostObjectViewLayout(
        prefix: dialect == .channel ? UInt8(ChannelKind.arrayBufferView) : nil,
        kinds: NodeViewType.allCases[...Int(last.rawValue)].map(\.kind),
        wrappedNumber: UInt8(NodeViewType.buffer.rawValue), interface: NodeBuffer.interface)
    }
  }

  /// A reader of messages.
  func deserializer(_ profile: CloneProfile, _ limits: CloneLimits) -> ValueDeserializer {
    var deserializer = ValueDeserializer([], profile: profile, limits: limits, delegate: self)
    deserializer.hostObjectViews = viewLayout
    return deserializer
  }

  // MARK: - Reading

  /// Reads a view or a `Buffer`, or says that the copy of another object follows.
  public func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    if dialect == .channel {
      switch try readNumber(from: &reader) {
      case ChannelKind.arrayBufferView: break
      case ChannelKind.other: return .payloadFollows(interface: NodeHostObjects.objectInterface)
      default: throw reader.error("neither a view nor an object")
      }
    }
    let number = try readNumber(from: &reader)
    let length = Int(try readNumber(from: &reader))
    guard let type = NodeViewType(rawValue: number), type.rawValue <= lastType.rawValue else {
      throw reader.error("no view has the number \(number)", message: unknownTypeMessage)
    }
    let start = reader.position
    do {
      _ = try reader.readRawBytes(length)
    } catch {
      throw error.saying("ReadRawBytes() failed")
    }
    // What makes no whole element is left out, as in Node.
    let end = start + length - length % type.kind.elementSize
    return .arrayBufferView(
      type.kind, bytes: start..<end,
      interface: type == .buffer ? NodeBuffer.interface : nil)
  }

  private func readNumber(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> UInt32 {
    do {
      return try reader.readUInt32()
    } catch {
      throw error.saying("ReadUint32() failed")
    }
  }

  /// What becomes of a number that is not in Node's list: V8 9.3 changed the text.
  private var unknownTypeMessage: String {
    isOldest
      ? "Cannot read property 'BYTES_PER_ELEMENT' of undefined"
      : "Cannot read properties of undefined (reading 'BYTES_PER_ELEMENT')"
  }

  // MARK: - Writing

  /// Writes a `Buffer`, or in a channel what says that the copy of another object follows.
  public func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion {
    if let buffer = NodeBuffer(.hostObject(object)) {
      write(.buffer, buffer.bytes, to: &writer)
      return .complete
    }
    guard dialect == .channel, object.interface == NodeHostObjects.objectInterface else {
      throw unserializable("\(object.interface) {}", writer)
    }
    writer.writeUInt32(ChannelKind.other)
    return .payloadFollows
  }

  /// Writes the bytes of a view.
  public func writeHostObject(
    _ view: CloneArrayBufferView, to writer: inout HostObjectWriter
  ) throws(DataCloneError) {
    let type = NodeViewType(view.kind)
    guard type.rawValue <= lastType.rawValue, case .arrayBuffer(let buffer) = view.buffer else {
      let elements = view.elements.prefix(NodeHostObjects.mostShown).map { "\($0)" }
      throw unserializable(
        "\(view.kind)(\(view.count)) [ \(elements.joined(separator: ", ")) ]", writer)
    }
    guard !buffer.isDetached else {
      throw writer.refusal("Cannot perform Construct on a detached ArrayBuffer")
    }
    write(type, view.bytes, to: &writer)
  }

  private func write(
    _ type: NodeViewType, _ bytes: ArraySlice<UInt8>, to writer: inout HostObjectWriter
  ) {
    if dialect == .channel { writer.writeUInt32(ChannelKind.arrayBufferView) }
    writer.writeUInt32(type.rawValue)
    writer.writeUInt32(UInt32(bytes.count))
    writer.writeRawBytes(bytes)
  }

  /// How many elements of a view are shown.
  private static let mostShown = 6

  /// Node shows the object as `util.inspect` does; of a view that is short the text is the same.
  private func unserializable(_ text: String, _ writer: HostObjectWriter) -> DataCloneError {
    writer.refusal("Unserializable host object: \(text)")
  }
}
