/// Gives names outside the payload to what cannot travel inside, and writes host objects.
///
/// Every method has a default that refuses, as V8 does without a delegate.
public protocol ValueSerializerDelegate: Sendable {
  /// Writes what stands behind the tag of a host object.
  ///
  /// - Throws: a ``DataCloneError``, such as ``HostObjectWriter/refusal(_:)`` makes.
  func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion

  /// Writes what stands behind the tag of a view, where
  /// ``ValueSerializer/treatsArrayBufferViewsAsHostObjects``.
  func writeHostObject(
    _ view: CloneArrayBufferView, to writer: inout HostObjectWriter
  ) throws(DataCloneError)

  /// The text with which a shared buffer, a module or a shared object is refused before an id is asked for, or `nil`.
  func refusal(of value: CloneValue) -> String?

  /// The clone id of a shared buffer, or `nil` to refuse it.
  func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32?

  /// The transfer id of a module, or `nil`: V8 then writes nothing at all in its place.
  func transferID(of module: CloneWasmModule) -> UInt32?

  /// The index of a shared object, or `nil` to refuse it.
  func index(of object: CloneSharedObject) -> UInt32?
}

extension ValueSerializerDelegate {
  /// Refuses.
  public func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion {
    throw writer.refusal("#<\(object.interface)> could not be cloned.")
  }

  /// Refuses.
  public func writeHostObject(
    _ view: CloneArrayBufferView, to writer: inout HostObjectWriter
  ) throws(DataCloneError) {
    throw writer.refusal("#<\(view.kind)> could not be cloned.")
  }

  /// Refuses nothing by itself.
  public func refusal(of value: CloneValue) -> String? { nil }

  /// Refuses.
  public func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? { nil }

  /// Has no id.
  public func transferID(of module: CloneWasmModule) -> UInt32? { nil }

  /// Refuses.
  public func index(of object: CloneSharedObject) -> UInt32? { nil }
}

/// What is still to be written of a host object.
public enum HostObjectCompletion: Sendable {
  /// Nothing.
  case complete
  /// The object's payload, as a value.
  case payloadFollows
}

/// The raw writing primitives for a delegate.
public struct HostObjectWriter: Sendable {
  /// What was written.
  public internal(set) var bytes: [UInt8]

  /// Makes a writer; what it writes is for whoever keeps the bytes of host objects.
  public init() { bytes = [] }

  /// Writes a varint of 32 bits.
  public mutating func writeUInt32(_ value: UInt32) { Varint.append(UInt64(value), to: &bytes) }

  /// Writes a varint of 64 bits.
  public mutating func writeUInt64(_ value: UInt64) { Varint.append(value, to: &bytes) }

  /// Writes a double in eight bytes.
  public mutating func writeDouble(_ value: Double) { bytes.append(double: value) }

  /// Writes raw bytes.
  public mutating func writeRawBytes(_ raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }

  /// An error about this host object, which is one of a kind that the layout has no place for, to be thrown.
  public func unsupported(_ what: String) -> DataCloneError {
    DataCloneError(.unsupportedByProfile(what), message: "An object could not be cloned.")
  }

  /// An error about this host object, to be thrown.
  public func refusal(_ message: String) -> DataCloneError {
    DataCloneError(.uncloneable, message: message)
  }
}
