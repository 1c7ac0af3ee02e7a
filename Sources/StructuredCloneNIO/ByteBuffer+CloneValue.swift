public import NIOCore
public import StructuredClone

extension CloneValue {
  /// Reads a value from the readable bytes of a buffer, which are copied once: what was checked must not change afterwards.
  /// Bytes behind the value are ignored.
  ///
  /// - Throws: why and where the bytes are no payload; offsets count from the reader index.
  public init(
    decoding buffer: ByteBuffer, profile: CloneProfile = .default,
    limits: CloneLimits = .default, delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) {
    try self.init(
      copying: buffer.readableBytesSpan, profile: profile, limits: limits, delegate: delegate)
  }
}

extension CloneArrayBuffer {
  /// Makes a new buffer of fixed length, with a copy of the readable bytes.
  ///
  /// - Precondition: fewer than 2^32 bytes.
  public init(_ buffer: ByteBuffer) { self.init(Array(buffer.readableBytesView)) }
}

extension ByteBuffer {
  /// Reads a payload of a length and moves the reader index behind it.
  ///
  /// - Returns: `nil` if there are not so many readable bytes; the reader index stays then.
  /// - Throws: why and where the bytes are no payload; offsets count from the reader index, which stays.
  public mutating func readCloneValue(
    length: Int, profile: CloneProfile = .default, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) -> CloneValue? {
    let value = try getCloneValue(
      at: readerIndex, length: length, profile: profile, limits: limits, delegate: delegate)
    if value != nil { moveReaderIndex(forwardBy: length) }
    return value
  }

  /// Reads a payload that lies at an index, and moves no index.
  ///
  /// - Returns: `nil` if not all of these bytes are readable.
  /// - Throws: why and where the bytes are no payload; offsets count from the index.
  public func getCloneValue(
    at index: Int, length: Int, profile: CloneProfile = .default, limits: CloneLimits = .default,
    delegate: (any ValueDeserializerDelegate)? = nil
  ) throws(CloneDecodingError) -> CloneValue? {
    guard let slice = getSlice(at: index, length: length) else { return nil }
    return try CloneValue(decoding: slice, profile: profile, limits: limits, delegate: delegate)
  }

  /// Appends the payload of a value, header included, straight into the buffer.
  ///
  /// Where the buffer has room for it the value is walked once, else a second time to know how much room to make.
  ///
  /// - Parameter profile: as of `CloneValue.encoded(profile:limits:delegate:)`.
  /// - Returns: how many bytes were written.
  /// - Throws: what cannot be written, and the path to it. The indices are then as they were.
  @discardableResult
  public mutating func writeCloneValue(
    _ value: CloneValue, profile: CloneProfile? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) -> Int {
    let start = writerIndex
    do throws(DataCloneError) {
      try write(value, room: 0, profile, limits, delegate)
    } catch {
      guard case .insufficientRoom(let size) = error.reason else { throw error }
      try write(value, room: size, profile, limits, delegate)
    }
    return writerIndex - start
  }

  private mutating func write(
    _ value: CloneValue, room: Int, _ profile: CloneProfile?, _ limits: CloneLimits,
    _ delegate: (any ValueSerializerDelegate)?
  ) throws(DataCloneError) {
    try writeWithOutputRawSpan(minimumWritableBytes: room) { span throws(DataCloneError) in
      try value.encode(into: &span, profile: profile, limits: limits, delegate: delegate)
    }
  }
}
