import BlinkClone
import ElectronClone
import NodeClone
import StructuredClone

/// Reads a payload of a dialect, and writes it again.
struct Codec {
  enum Rewrite {
    /// What the profile's engine would write after reading.
    case engine(CloneProfile)
    /// The bytes as they were read.
    case faithful

    var isFaithful: Bool {
      if case .faithful = self { true } else { false }
    }
  }

  /// A payload that was read.
  struct Decoded {
    /// How many bytes were read.
    let position: Int
    /// The bytes that are written of it.
    let encoded: Result<[UInt8], DataCloneError>
  }

  /// Why there is none.
  struct Rejection: Error {
    let offset: Int
    /// The engine's text and the diagnosis, in two lines.
    let text: String

    init(offset: Int, message: String, diagnosis: String) {
      self.offset = offset
      text = "\(message)\n\(diagnosis)"
    }

    init(_ error: BlinkDecodingError) {
      self.init(offset: error.offset, message: error.message, diagnosis: error.diagnosis)
    }
  }

  let dialect: Dialect
  let profile: CloneProfile
  let rewrite: Rewrite
  let limits: CloneLimits

  func decode(_ payload: [UInt8]) throws(Rejection) -> Decoded {
    switch dialect {
    case .v8: try decode(payload, hostObjects: nil)
    case .node: try decode(payload, hostObjects: NodeHostObjects(profile, dialect: .v8))
    case .nodeIPC: try decode(payload, hostObjects: NodeHostObjects(profile, dialect: .channel))
    case .blink: try decodeBlink(payload)
    case .indexedDB: try decodeIndexedDB(payload)
    case .electron: try decodeElectron(payload)
    }
  }

  private var representation: ValueDeserializer.Representation {
    rewrite.isFaithful ? .faithful : .engine
  }

  /// V8's format alone, with Node's host objects or without any.
  private func decode(
    _ bytes: [UInt8], hostObjects: NodeHostObjects?
  ) throws(Rejection) -> Decoded {
    let payload: ClonePayload
    do {
      payload = try ClonePayload(
        decoding: bytes, profile: profile, representation: representation, limits: limits,
        delegate: hostObjects)
    } catch {
      throw Rejection(offset: error.offset, message: error.message, diagnosis: error.diagnosis)
    }
    let encoded = Result { () throws(DataCloneError) -> [UInt8] in
      switch rewrite {
      case .faithful:
        return try payload.encoded(
          limits: limits, delegate: hostObjects,
          treatsArrayBufferViewsAsHostObjects: hostObjects != nil)
      case .engine(let profile):
        var serializer = ValueSerializer(profile: profile, limits: limits, delegate: hostObjects)
        serializer.treatsArrayBufferViewsAsHostObjects = hostObjects != nil
        serializer.writeHeader()
        try serializer.writeValue(payload.value)
        return serializer.release()
      }
    }
    return Decoded(position: payload.byteCount, encoded: encoded)
  }

  private func decodeBlink(_ bytes: [UInt8]) throws(Rejection) -> Decoded {
    let read: SerializedScriptValue
    do {
      read = try SerializedScriptValue(
        decoding: bytes, profile: profile, representation: representation, limits: limits)
    } catch {
      throw Rejection(error)
    }
    let encoded = Result { () throws(DataCloneError) -> [UInt8] in
      switch rewrite {
      case .faithful: try read.encoded(limits: limits)
      case .engine(let profile):
        try SerializedScriptValue.serialize(read.value, profile: profile, limits: limits)
      }
    }
    return Decoded(position: read.payload.byteCount, encoded: encoded)
  }

  /// A value as it is or compressed. Positions are those in the value that was compressed.
  private func decodeIndexedDB(_ bytes: [UInt8]) throws(Rejection) -> Decoded {
    let value: [UInt8]
    do {
      value = try IDBValueUnwrapper.unwrap(bytes, limits: limits)
    } catch {
      throw Rejection(error)
    }
    let read = try decodeBlink(value)
    let isAsItIs = rewrite.isFaithful && value == bytes
    return Decoded(
      position: read.position,
      encoded: read.encoded.map { isAsItIs ? $0 : IDBValueWrapper($0).bytes })
  }

  private func decodeElectron(_ bytes: [UInt8]) throws(Rejection) -> Decoded {
    let read: ElectronSerializedValue
    do {
      read = try ElectronSerializedValue(
        decoding: bytes, profile: profile, representation: representation, limits: limits)
    } catch {
      throw Rejection(offset: error.offset, message: error.message, diagnosis: error.diagnosis)
    }
    let encoded = Result { () throws(DataCloneError) -> [UInt8] in
      switch rewrite {
      case .faithful: try read.encoded(limits: limits)
      case .engine(let profile):
        try ElectronSerializedValue.serialize(read.value, profile: profile, limits: limits)
      }
    }
    return Decoded(position: read.payload.byteCount, encoded: encoded)
  }
}
