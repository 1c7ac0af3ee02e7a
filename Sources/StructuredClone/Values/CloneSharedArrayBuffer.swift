/// A `SharedArrayBuffer`: a token. The id means something to whoever passes the memory outside the
/// payload; this package never maps or reads shared memory.
public struct CloneSharedArrayBuffer: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new token; `maxByteLength` makes it growable.
  ///
  /// - Parameter isWasmMemory: whether the buffer is that of a `WebAssembly.Memory`, which V8 marks since
  ///   13.6.
  /// - Precondition: the lengths are from 0 to 2^53 − 1, and `maxByteLength` is not below `byteLength`.
  public init(
    cloneID: UInt32, byteLength: Int, maxByteLength: Int? = nil, isWasmMemory: Bool = false
  ) {
    precondition(
      byteLength >= 0 && byteLength <= maxByteLength ?? byteLength
        && maxByteLength ?? byteLength < 1 << 53, "length out of range")
    receiver = Receiver(
      .sharedArrayBuffer, flags: maxByteLength == nil ? [] : .resizable,
      detail: isWasmMemory ? 1 : 0,
      extra: cloneID,
      cells: [
        .number(Double(byteLength)), maxByteLength.map { .number(Double($0)) } ?? .undefined,
      ])
  }

  /// Whether the buffer belongs to a `WebAssembly.Memory`.
  public var isWasmMemory: Bool { receiver.record.detail != 0 }

  /// The id under which the memory is passed.
  public var cloneID: UInt32 { receiver.record.extra }

  /// The number of bytes.
  public var byteLength: Int { Int(receiver.cell(0).number ?? 0) }

  /// How long a growable buffer may become; ``byteLength`` for others.
  public var maxByteLength: Int { receiver.cell(1).number.map { Int($0) } ?? byteLength }

  /// Whether the buffer can grow.
  public var isGrowable: Bool { receiver.record.flags.contains(.resizable) }
}
