/// A JavaScript `ArrayBuffer`: bytes with an identity.
public struct CloneArrayBuffer: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new buffer of fixed length, immutable if asked (`transferToImmutable`).
  ///
  /// The bytes are taken over without a copy.
  ///
  /// - Precondition: fewer than 2^32 bytes, the most a payload can hold.
  public init(_ bytes: [UInt8], isImmutable: Bool = false) {
    precondition(UInt32(exactly: bytes.count) != nil, "an array buffer of 4 GiB or more")
    receiver = Receiver(
      .arrayBuffer, flags: isImmutable ? .immutable : [], count: bytes.count, cells: [.undefined],
      input: bytes)
  }

  /// Makes a new resizable buffer.
  ///
  /// - Precondition: `maxByteLength` is not less than the number of bytes and at most 2^53 − 1.
  public init(_ bytes: [UInt8], maxByteLength: Int) {
    precondition(
      maxByteLength >= bytes.count && maxByteLength < 1 << 53, "maxByteLength out of range")
    self.init(bytes)
    receiver.graph.records[0].flags.insert(.resizable)
    receiver.graph.cells[0] = .number(Double(maxByteLength))
  }

  /// The number of bytes; 0 if detached.
  public var byteLength: Int { Int(receiver.record.count) }

  /// How long a resizable buffer may become; ``byteLength`` for others.
  public var maxByteLength: Int {
    receiver.cell(0).number.map { Int($0) } ?? byteLength
  }

  /// Whether the length can change.
  public var isResizable: Bool { receiver.record.flags.contains(.resizable) }

  /// Whether the content can never change.
  public var isImmutable: Bool { receiver.record.flags.contains(.immutable) }

  /// Whether the content was transferred away. A detached buffer cannot be written.
  public var isDetached: Bool { receiver.record.flags.contains(.detached) }

  /// The content, as a slice of the bytes it came in: nothing is copied.
  public var bytes: ArraySlice<UInt8> {
    let record = receiver.record
    let start = Int(record.extra)
    return receiver.graph.input[start..<(start + Int(record.count))]
  }

  /// The byte at an offset. Setting does nothing beyond the end and on an immutable buffer.
  ///
  /// - Precondition: to get, the offset is from 0 to below ``byteLength``.
  public subscript(offset: Int) -> UInt8 {
    get {
      precondition(offset >= 0 && offset < byteLength, "offset out of range")
      return receiver.graph.input[Int(receiver.record.extra) + offset]
    }
    set { replaceBytes(at: offset, with: CollectionOfOne(newValue)) }
  }

  /// Overwrites bytes from an offset on; false, and nothing is changed, if they do not all lie within the buffer
  /// or it is immutable.
  @discardableResult
  public mutating func replaceBytes(at offset: Int, with bytes: some Collection<UInt8>) -> Bool {
    guard offset >= 0, bytes.count <= byteLength - offset, !isImmutable else { return false }
    receiver.makeEditable()
    receiver.graph.ownBytes()
    receiver.graph.input.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    return true
  }

  /// Changes the length of a resizable buffer; new bytes are 0. Views may be out of bounds afterwards.
  ///
  /// False, and nothing is changed, if the buffer is not resizable or detached, or the length is below 0, above
  /// ``maxByteLength`` or 2^32 and more, which no payload can hold.
  @discardableResult
  public mutating func resize(to length: Int) -> Bool {
    guard isResizable, !isDetached, length >= 0, length <= maxByteLength,
      UInt32(exactly: length) != nil
    else { return false }
    receiver.makeEditable()
    let graph = receiver.graph
    graph.ownBytes()
    if length < graph.input.count {
      graph.input.removeSubrange(length...)
    } else {
      graph.input.append(contentsOf: repeatElement(0, count: length - graph.input.count))
    }
    graph.records[0].count = UInt32(length)
    return true
  }
}
