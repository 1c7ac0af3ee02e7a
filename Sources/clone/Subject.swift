import BlinkClone
import CloneDetection
import ElectronClone
import NodeClone
import StructuredClone

/// A value that is converted, and what is known of the payload that it was in.
struct Subject {
  let value: CloneValue
  /// The value in its layout, if that is known.
  var payload: ClonePayload?
  /// Who writes such values.
  var dialect = CloneDialect.v8

  /// Something that has no layout.
  init(_ value: CloneValue) { self.value = value }

  init(_ payload: ClonePayload, dialect: CloneDialect = .v8) {
    value = payload.value
    self.payload = payload
    self.dialect = dialect
  }

  /// What a payload holds, whatever is around it; without a profile, which is V8's format alone.
  static func subjects(
    in bytes: [UInt8], name: String, profile: CloneProfile?
  ) throws(Failure) -> [Subject] {
    if profile == nil, let found = CloneDetection.detect(bytes), found.isLayered {
      switch found.values {
      case .success(let values):
        // One layer is V8's own, so that the bytes can be read for their layout, too.
        if found.layers.count == 1,
          let payload = try? ClonePayload(decoding: bytes, delegate: found.dialect.hostObjects)
        {
          return [Subject(payload, dialect: found.dialect)]
        }
        return values.map { value in
          var subject = Subject(value)
          subject.payload = value.format.map { ClonePayload(value, format: $0, rootDouble: nil) }
          subject.dialect = found.dialect
          return subject
        }
      case .failure(let error): throw .unreadable("\(name): \(error)")
      }
    }
    do throws(CloneDecodingError) {
      return [Subject(try ClonePayload(decoding: bytes, profile: profile ?? .default))]
    } catch {
      if let complaint = Hexadecimal.complaint(about: bytes) {
        throw .unreadable("\(name) \(complaint). For JSON there is --from json or plain")
      }
      throw .unreadable("\(name) cannot be read as a payload: \(error.diagnosis)")
    }
  }

  /// The value as a dialect writes it: in its own layout, or as an engine writes it.
  func encoded(_ dialect: CloneDialect, _ profile: CloneProfile?) throws(DataCloneError) -> [UInt8]
  {
    switch dialect {
    case .blink:
      return try SerializedScriptValue.serialize(value, profile: profile ?? .chromium156)
    case .electron:
      return try ElectronSerializedValue.serialize(value, profile: profile ?? .chromium156)
    case .nodeChannel: return try NodeChannelEncoder(profile: profile ?? .default).encode(value)
    case .node where profile != nil || payload == nil:
      return try NodeV8.serialize(value, profile: profile ?? .default)
    default:
      guard profile == nil, let payload else { return try value.encoded(profile: profile) }
      return try payload.encoded(
        limits: .default, delegate: dialect == .node ? NodeHostObjects() : nil,
        treatsArrayBufferViewsAsHostObjects: dialect == .node)
    }
  }
}

extension CloneDialect {
  /// Those that are written here.
  static let writable: [CloneDialect] = [.v8, .node, .nodeChannel, .blink, .electron]

  /// Whether nothing stands before V8's header.
  var isBare: Bool { self == .v8 || self == .node }

  /// What reads the host objects of a payload that is V8's format alone.
  fileprivate var hostObjects: (any ValueDeserializerDelegate)? {
    switch self {
    case .node: NodeHostObjects()
    case .nodeChannel: NodeHostObjects(dialect: .channel)
    default: nil
    }
  }
}
