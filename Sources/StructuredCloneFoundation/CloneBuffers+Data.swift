public import Foundation
public import StructuredClone

extension CloneArrayBuffer {
  /// Makes a new buffer of fixed length, with a copy of the bytes.
  ///
  /// - Precondition: fewer than 2^32 bytes.
  public init(_ data: Data) { self.init([UInt8](data)) }
}

extension CloneArrayBufferView {
  /// Makes a new `Uint8Array` on a new buffer, with a copy of the bytes.
  ///
  /// - Precondition: fewer than 2^32 bytes.
  public init(_ data: Data) {
    let buffer = CloneArrayBuffer(data)
    guard let view = CloneArrayBufferView(.uint8, on: buffer) else {
      preconditionFailure("a view of bytes covers every buffer")
    }
    self = view
  }
}

extension CloneValue {
  /// Makes a `Uint8Array`, with a copy of the bytes.
  ///
  /// - Precondition: fewer than 2^32 bytes.
  public init(_ data: Data) { self = .arrayBufferView(CloneArrayBufferView(data)) }

  /// Reads a value from a payload, which is copied once.
  ///
  /// - Throws: why and where the bytes are no payload.
  public init(
    decoding data: Data, profile: CloneProfile = .default, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) {
    try self.init(copying: data.bytes, profile: profile, limits: limits, delegate: delegate)
  }
}

extension Data {
  /// Makes a copy of the bytes of a buffer.
  ///
  /// - Throws: that the buffer is detached.
  public init(_ buffer: CloneArrayBuffer) throws(CloneConversionError) {
    guard !buffer.isDetached else { throw CloneConversionError.noBytes(type: "Data") }
    self.init(buffer.bytes)
  }

  /// Makes a copy of the bytes in a view, whatever its elements are: those of JavaScript's `view.buffer` from
  /// `view.byteOffset` on, in little-endian order.
  ///
  /// - Throws: that the view has no bytes, because its buffer is detached, too short, or shared.
  public init(_ view: CloneArrayBufferView) throws(CloneConversionError) {
    guard !view.isOutOfBounds else { throw CloneConversionError.noBytes(type: "Data") }
    guard case .arrayBuffer = view.buffer else {
      throw CloneConversionError(expected: "Data", found: view.buffer)
    }
    self.init(view.bytes)
  }

  /// Makes a copy of the bytes of a buffer or a view; of a host object whose payload is one, such as a Node `Buffer`, as
  /// well.
  ///
  /// - Throws: that the value is something else, or has no bytes.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    switch value {
    case .arrayBuffer(let buffer): try self.init(buffer)
    case .arrayBufferView(let view): try self.init(view)
    case .hostObject(let object):
      guard case .arrayBufferView(let view) = object.payload else {
        throw CloneConversionError(expected: "Data", found: value)
      }
      try self.init(view)
    default: throw CloneConversionError(expected: "Data", found: value)
    }
  }
}
