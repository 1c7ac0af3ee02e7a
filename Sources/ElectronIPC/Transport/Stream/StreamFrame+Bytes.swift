import StructuredClone

// The bytes of a frame, from its kind on. What carries them, and how they are found in it, is the codec's.

extension StreamFrame {
  /// Reads a frame, which is all of the bytes.
  ///
  /// - Parameter offset: where it begins in the stream, for errors.
  package init(_ bytes: ArraySlice<UInt8>, offset: Int) throws(StreamError) {
    var reader = FrameReader(bytes, offset: offset)
    let kind = try reader.integer(UInt8.self)
    if kind == StreamFrame.helloKind {
      self = .hello(try StreamHello(from: &reader))
    } else {
      var (message, valueCount) = try Message.head(kind, from: &reader)
      message.value = try reader.bytes(valueCount)
      try message.readTail(from: &reader)
      self = .message(message)
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
  /// Reads what stands before a value, from the bytes of a frame or its beginning.
  ///
  /// - Returns: the frame without value and ports; how long the value is, and how much stands before it.
  static func head(
    ofFrame bytes: ArraySlice<UInt8>, offset: Int
  ) throws(StreamError) -> (message: StreamFrame.Message, valueCount: Int, count: Int) {
    var reader = FrameReader(bytes, offset: offset)
    let kind = try reader.integer(UInt8.self)
    let (message, valueCount) = try head(kind, from: &reader)
    return (message, valueCount, reader.position - bytes.startIndex)
  }

  /// Reads what stands behind the value, which is all of the bytes.
  mutating func readTail(_ bytes: ArraySlice<UInt8>, offset: Int) throws(StreamError) {
    var reader = FrameReader(bytes, offset: offset)
    try readTail(from: &reader)
    try reader.finish()
  }

  fileprivate static func head(
    _ byte: UInt8, from reader: inout FrameReader
  ) throws(StreamError) -> (message: StreamFrame.Message, valueCount: Int) {
    guard let kind = StreamFrame.Kind(rawValue: byte) else {
      throw reader.error(.unknownKind(byte))
    }
    var message = StreamFrame.Message(kind)
    if kind.hasID {
      message.id = try reader.integer(UInt64.self)
      guard (1...StreamFrame.largestID).contains(message.id) else {
        throw reader.error(.callOutOfRange(message.id))
      }
    }
    if kind.hasPort { message.port = try reader.integer(UInt32.self) }
    if kind.hasChannel { message.channel = try reader.string() }
    return (message, kind.hasValue ? Int(try reader.integer(UInt32.self)) : 0)
  }

  fileprivate mutating func readTail(from reader: inout FrameReader) throws(StreamError) {
    if kind.hasPorts { ports = try reader.portNumbers() }
  }

  fileprivate func write(to bytes: inout [UInt8]) {
    writeHead(to: &bytes)
    bytes += value
    writeTail(to: &bytes)
  }

  /// Appends what stands before the value.
  func writeHead(to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    if kind.hasID { bytes.append(littleEndian: id) }
    if kind.hasPort { bytes.append(littleEndian: port) }
    if kind.hasChannel { bytes.append(channel: channel) }
    if kind.hasValue { bytes.append(littleEndian: UInt32(clamping: value.count)) }
  }

  /// Appends what stands behind the value.
  func writeTail(to bytes: inout [UInt8]) {
    guard kind.hasPorts else { return }
    bytes.append(littleEndian: UInt16(clamping: ports.count))
    for port in ports { bytes.append(littleEndian: port) }
  }
}

extension StreamFrame {
  /// The mark of a channel in two-byte units, in its length.
  fileprivate static let wideMark: UInt32 = 1 << 31
}

/// Reads the fields of a frame, none beyond its end.
private struct FrameReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int
  /// Where the frame begins in the stream.
  private let offset: Int

  init(_ bytes: ArraySlice<UInt8>, offset: Int) {
    self.bytes = bytes
    position = bytes.startIndex
    self.offset = offset
  }

  func error(_ reason: StreamError.Reason) -> StreamError { StreamError(reason, offset: offset) }

  private mutating func skip(_ count: Int) throws(StreamError) -> Range<Int> {
    guard bytes.endIndex - position >= count else { throw error(.malformedFrame) }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func integer<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(StreamError) -> Value {
    let range = try skip(Value.bitWidth / 8)
    // As many bytes as were found to be there.
    return unsafe bytes.withUnsafeBytes {
      unsafe Value(
        littleEndian: $0.loadUnaligned(
          fromByteOffset: range.lowerBound - bytes.startIndex, as: Value.self))
    }
  }

  mutating func bytes(_ count: Int) throws(StreamError) -> [UInt8] {
    Array(bytes[try skip(count)])
  }

  mutating func string() throws(StreamError) -> CloneString {
    let length = try integer(UInt32.self)
    let isTwoByte = length & StreamFrame.wideMark != 0
    let content = bytes[try skip(Int(length & ~StreamFrame.wideMark))]
    guard !isTwoByte || content.count.isMultiple(of: 2) else {
      throw error(.oddChannelLength)
    }
    return CloneString(copying: content, isTwoByte: isTwoByte)
  }

  mutating func portNumbers() throws(StreamError) -> [UInt32] {
    let count = Int(try integer(UInt16.self))
    guard bytes.endIndex - position >= 4 * count else { throw error(.malformedFrame) }
    var numbers: [UInt32] = []
    for _ in 0..<count { numbers.append(try integer(UInt32.self)) }
    return numbers
  }

  func finish() throws(StreamError) {
    guard position == bytes.endIndex else { throw error(.malformedFrame) }
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
    // The pointer does not leave the closure.
    unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
  }

  fileprivate mutating func append(channel: CloneString) {
    let length = UInt32(clamping: channel.storedCount)
    append(littleEndian: channel.isTwoByte ? length | StreamFrame.wideMark : length)
    channel.appendStored(to: &self)
  }
}
