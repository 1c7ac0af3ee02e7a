import StructuredClone

// The bytes of a frame, from its kind on. What carries them, and how they are found in it, is the codec's.

extension StreamFrame {
  /// Reads a frame.
  ///
  /// - Parameters:
  ///   - range: where it is in the bytes, all of it.
  ///   - offset: where it begins in the stream, for errors.
  package init(_ bytes: [UInt8], in range: Range<Int>, offset: Int) throws(StreamError) {
    var reader = FrameReader(
      bytes: bytes, position: range.lowerBound, end: range.upperBound, offset: offset)
    let kind = try reader.integer(UInt8.self)
    if kind == StreamFrame.helloKind {
      self = .hello(try StreamHello(from: &reader))
    } else {
      self = .message(try Message(kind, from: &reader))
    }
    try reader.finish()
  }

  /// Appends the bytes of the frame.
  package func write(to bytes: inout [UInt8]) {
    switch self {
    case .hello(let hello):
      bytes.append(StreamFrame.helloKind)
      hello.write(to: &bytes)
    case .message(let message): message.write(to: &bytes)
    }
  }
}

extension StreamHello {
  fileprivate init(from reader: inout FrameReader) throws(StreamError) {
    guard try reader.bytes(StreamHello.magic.count) == StreamHello.magic else {
      throw reader.error(.notTheProtocol)
    }
    let version = try reader.integer(UInt16.self)
    guard version == StreamHello.version else { throw reader.error(.unsupportedVersion(version)) }
    let byte = try reader.integer(UInt8.self)
    guard let role = StreamRole(rawValue: byte) else { throw reader.error(.unexpectedRole(byte)) }
    self.init(
      role: role, processID: try reader.integer(UInt32.self), loop: try reader.integer(UInt64.self))
  }

  fileprivate func write(to bytes: inout [UInt8]) {
    bytes += StreamHello.magic
    bytes.append(littleEndian: StreamHello.version)
    bytes.append(role.rawValue)
    bytes.append(littleEndian: processID)
    bytes.append(littleEndian: loop)
  }
}

extension StreamFrame.Message {
  fileprivate init(_ byte: UInt8, from reader: inout FrameReader) throws(StreamError) {
    guard let kind = StreamFrame.Kind(rawValue: byte) else {
      throw reader.error(.unknownKind(byte))
    }
    self.init(kind)
    if kind.hasID {
      id = try reader.integer(UInt64.self)
      guard (1...StreamFrame.largestID).contains(id) else {
        throw reader.error(.callOutOfRange(id))
      }
    }
    if kind.hasPort { port = try reader.integer(UInt32.self) }
    if kind.hasChannel { channel = try reader.string() }
    if kind.hasValue { value = try reader.bytes(Int(try reader.integer(UInt32.self))) }
    if kind.hasPorts { ports = try reader.portNumbers() }
  }

  fileprivate func write(to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    if kind.hasID { bytes.append(littleEndian: id) }
    if kind.hasPort { bytes.append(littleEndian: port) }
    if kind.hasChannel { bytes.append(channel: channel) }
    if kind.hasValue {
      bytes.append(littleEndian: UInt32(clamping: value.count))
      bytes += value
    }
    if kind.hasPorts {
      bytes.append(littleEndian: UInt16(clamping: ports.count))
      for port in ports { bytes.append(littleEndian: port) }
    }
  }
}

extension StreamFrame {
  /// The mark of a channel in two-byte units, in its length.
  fileprivate static let wideMark: UInt32 = 1 << 31
}

/// Reads the fields of a frame, none beyond its end.
private struct FrameReader {
  let bytes: [UInt8]
  var position: Int
  let end: Int
  /// Where the frame begins in the stream.
  let offset: Int

  func error(_ reason: StreamError.Reason) -> StreamError { StreamError(reason, offset: offset) }

  mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Value.Type
  ) throws(StreamError) -> Value {
    let size = Value.bitWidth / 8
    guard end - position >= size else { throw error(.malformedFrame) }
    var value: Value = 0
    for index in 0..<size { value |= Value(bytes[position + index]) << Value(8 * index) }
    position += size
    return value
  }

  mutating func bytes(_ count: Int) throws(StreamError) -> [UInt8] {
    guard end - position >= count else { throw error(.malformedFrame) }
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  mutating func string() throws(StreamError) -> CloneString {
    let length = try integer(UInt32.self)
    let content = try bytes(Int(length & ~StreamFrame.wideMark))
    guard length & StreamFrame.wideMark != 0 else { return CloneString(latin1: content) }
    guard content.count.isMultiple(of: 2) else { throw error(.oddChannelLength) }
    return CloneString(
      twoByte: stride(from: 0, to: content.count, by: 2).map {
        UInt16(content[$0]) | UInt16(content[$0 + 1]) << 8
      })
  }

  mutating func portNumbers() throws(StreamError) -> [UInt32] {
    let count = Int(try integer(UInt16.self))
    guard end - position >= 4 * count else { throw error(.malformedFrame) }
    var numbers: [UInt32] = []
    for _ in 0..<count { numbers.append(try integer(UInt32.self)) }
    return numbers
  }

  func finish() throws(StreamError) {
    guard position == end else { throw error(.malformedFrame) }
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
    for index in 0..<(value.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: value >> (8 * index)))
    }
  }

  fileprivate mutating func append(channel: CloneString) {
    if channel.isTwoByte {
      append(littleEndian: UInt32(clamping: 2 * channel.utf16Count) | StreamFrame.wideMark)
      for unit in channel.utf16 { append(littleEndian: unit) }
    } else {
      append(littleEndian: UInt32(clamping: channel.utf16Count))
      append(contentsOf: channel.utf16.lazy.map { UInt8(truncatingIfNeeded: $0) })
    }
  }
}
