import StructuredClone

// The bytes of a frame, from its kind on. What carries them, and how they are found in it, is the codec's.

extension StreamFrame {
  /// Reads a frame, which is all of the bytes.
  ///
  /// - Parameter offset: where it begins in the stream, for errors.
  package init(_ bytes: Span<UInt8>, offset: Int) throws(StreamError) {
    var reader = FrameReader(offset: offset)
    let kind = try reader.integer(UInt8.self, in: bytes)
    if kind == StreamFrame.helloKind {
      self = .hello(try StreamHello(from: bytes, &reader))
    } else {
      self = .message(try Message.read(kind, from: bytes, &reader))
    }
    try reader.finish(bytes)
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
  fileprivate init(from bytes: Span<UInt8>, _ reader: inout FrameReader) throws(StreamError) {
    guard try reader.bytes(StreamHello.magic.count, in: bytes) == StreamHello.magic else {
      throw reader.error(.notTheProtocol)
    }
    let version = try reader.integer(UInt16.self, in: bytes)
    guard version == StreamHello.version else { throw reader.error(.unsupportedVersion(version)) }
    let byte = try reader.integer(UInt8.self, in: bytes)
    guard let role = StreamRole(rawValue: byte) else { throw reader.error(.unexpectedRole(byte)) }
    self.init(
      role: role, processID: try reader.integer(UInt32.self, in: bytes),
      loop: try reader.integer(UInt64.self, in: bytes))
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
  /// What stands before a value.
  struct Head {
    var kind: StreamFrame.Kind
    var id: UInt64
    var port: UInt32
    var channel: CloneString
    /// How long the value is.
    var valueCount: Int
  }

  /// Reads what stands before a value, from the bytes of a frame or its beginning.
  ///
  /// - Returns: that, and how much it is.
  static func head(
    ofFrame bytes: Span<UInt8>, offset: Int
  ) throws(StreamError) -> (head: Head, count: Int) {
    var reader = FrameReader(offset: offset)
    let kind = try reader.integer(UInt8.self, in: bytes)
    let head = try Head.read(kind, from: bytes, &reader)
    return (head, reader.position)
  }

  /// Makes a frame of what stands before a value, the value, and all that stands behind it.
  init(
    _ head: Head, value: [UInt8], tail: Span<UInt8>, offset: Int
  ) throws(StreamError) {
    var reader = FrameReader(offset: offset)
    let ports = head.kind.hasPorts ? try reader.portNumbers(in: tail) : []
    try reader.finish(tail)
    self.init(
      head.kind, id: head.id, port: head.port, channel: head.channel, value: .bytes(value),
      ports: ports)
  }

  // Everything is put together at the end: what is changed in place is copied on its way out.
  fileprivate static func read(
    _ kind: UInt8, from bytes: Span<UInt8>, _ reader: inout FrameReader
  ) throws(StreamError) -> StreamFrame.Message {
    let head = try Head.read(kind, from: bytes, &reader)
    let value = try reader.bytes(head.valueCount, in: bytes)
    let ports = head.kind.hasPorts ? try reader.portNumbers(in: bytes) : []
    return StreamFrame.Message(
      head.kind, id: head.id, port: head.port, channel: head.channel, value: .bytes(value),
      ports: ports)
  }

  fileprivate func write(to bytes: inout [UInt8]) {
    let value = value.bytes
    bytes.append(addingCapacity: headCount) { writeHead(before: value.count, to: &$0) }
    bytes += value
    writeTail(to: &bytes)
  }

  /// How many bytes stand before the value.
  var headCount: Int {
    1 + (kind.hasID ? 8 : 0) + (kind.hasPort ? 4 : 0)
      + (kind.hasChannel ? 4 + channel.storedCount : 0) + (kind.hasValue ? 4 : 0)
  }

  /// Appends what stands before a value of so many bytes, ``headCount`` bytes; the number is the last of it.
  func writeHead(before valueCount: Int, to span: inout OutputSpan<UInt8>) {
    span.append(kind.rawValue)
    if kind.hasID { span.append(littleEndian: id) }
    if kind.hasPort { span.append(littleEndian: port) }
    if kind.hasChannel { span.append(channel: channel) }
    if kind.hasValue { span.append(littleEndian: UInt32(clamping: valueCount)) }
  }

  /// How many bytes stand behind the value.
  var tailCount: Int { kind.hasPorts ? 2 + 4 * ports.count : 0 }

  /// Appends what stands behind the value.
  func writeTail(to bytes: inout [UInt8]) {
    guard kind.hasPorts else { return }
    bytes.append(littleEndian: UInt16(clamping: ports.count))
    for port in ports { bytes.append(littleEndian: port) }
  }
}

extension StreamFrame.Message.Head {
  fileprivate static func read(
    _ byte: UInt8, from bytes: Span<UInt8>, _ reader: inout FrameReader
  ) throws(StreamError) -> StreamFrame.Message.Head {
    guard let kind = StreamFrame.Kind(rawValue: byte) else {
      throw reader.error(.unknownKind(byte))
    }
    var id: UInt64 = 0
    if kind.hasID {
      id = try reader.integer(UInt64.self, in: bytes)
      guard (1...StreamFrame.largestID).contains(id) else {
        throw reader.error(.callOutOfRange(id))
      }
    }
    let port = kind.hasPort ? try reader.integer(UInt32.self, in: bytes) : 0
    let channel = kind.hasChannel ? try reader.string(in: bytes) : ""
    let valueCount = kind.hasValue ? Int(try reader.integer(UInt32.self, in: bytes)) : 0
    return StreamFrame.Message.Head(
      kind: kind, id: id, port: port, channel: channel, valueCount: valueCount)
  }
}

extension StreamFrame {
  /// The mark of a channel in two-byte units, in its length.
  fileprivate static let wideMark: UInt32 = 1 << 31
}

/// Where the fields of a frame are read, none beyond its end.
private struct FrameReader {
  private(set) var position = 0
  /// Where the frame begins in the stream.
  let offset: Int

  func error(_ reason: StreamError.Reason) -> StreamError { StreamError(reason, offset: offset) }

  private mutating func skip(_ count: Int, in bytes: Span<UInt8>) throws(StreamError) -> Range<Int>
  {
    guard bytes.count - position >= count else { throw error(.malformedFrame) }
    defer { position += count }
    return position..<(position + count)
  }

  mutating func integer<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ type: Value.Type, in bytes: Span<UInt8>
  ) throws(StreamError) -> Value {
    let range = try skip(Value.bitWidth / 8, in: bytes)
    // As many bytes as were found to be there.
    return unsafe Value(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(
        fromByteOffset: range.lowerBound, as: Value.self))
  }

  mutating func bytes(_ count: Int, in bytes: Span<UInt8>) throws(StreamError) -> [UInt8] {
    let content = bytes.extracting(try skip(count, in: bytes))
    // The pointer does not leave the closure, and the array owns what it copied.
    return unsafe content.withUnsafeBufferPointer { unsafe [UInt8]($0) }
  }

  mutating func string(in bytes: Span<UInt8>) throws(StreamError) -> CloneString {
    let length = try integer(UInt32.self, in: bytes)
    let isTwoByte = length & StreamFrame.wideMark != 0
    let content = try skip(Int(length & ~StreamFrame.wideMark), in: bytes)
    guard !isTwoByte || content.count.isMultiple(of: 2) else {
      throw error(.oddChannelLength)
    }
    return CloneString(copying: bytes.extracting(content), isTwoByte: isTwoByte)
  }

  mutating func portNumbers(in bytes: Span<UInt8>) throws(StreamError) -> [UInt32] {
    let count = Int(try integer(UInt16.self, in: bytes))
    guard bytes.count - position >= 4 * count else { throw error(.malformedFrame) }
    var numbers: [UInt32] = []
    for _ in 0..<count { numbers.append(try integer(UInt32.self, in: bytes)) }
    return numbers
  }

  func finish(_ bytes: Span<UInt8>) throws(StreamError) {
    guard position == bytes.count else { throw error(.malformedFrame) }
  }
}

extension [UInt8] {
  /// Sets four bytes that are there.
  mutating func store(littleEndian value: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset <= count - 4)
    // The pointer does not leave the closure, and the bytes are there.
    unsafe withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }
  }

  fileprivate mutating func append(littleEndian value: some FixedWidthInteger & UnsignedInteger) {
    // The pointer does not leave the closure.
    unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
  }
}

extension OutputSpan<UInt8> {
  @inline(__always)
  mutating func append(
    littleEndian value: some FixedWidthInteger & UnsignedInteger & BitwiseCopyable
  ) {
    let size = value.bitWidth / 8
    precondition(freeCapacity >= size)
    // There is room for as many bytes, and they are all written.
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
        of: value.littleEndian, toByteOffset: count, as: type(of: value))
      count += size
    }
  }

  fileprivate mutating func append(channel: borrowing CloneString) {
    let length = UInt32(clamping: channel.storedCount)
    append(littleEndian: channel.isTwoByte ? length | StreamFrame.wideMark : length)
    channel.appendStored(to: &self)
  }
}
