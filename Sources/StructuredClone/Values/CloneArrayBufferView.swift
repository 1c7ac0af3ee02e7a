/// A typed array or a `DataView` on a buffer.
public struct CloneArrayBufferView: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// The kinds of views, with the byte that names each on the wire.
  public enum Kind: UInt8, Sendable, CaseIterable, CustomStringConvertible {
    /// `Int8Array`
    case int8 = 0x62
    /// `Uint8Array`
    case uint8 = 0x42
    /// `Uint8ClampedArray`
    case uint8Clamped = 0x43
    /// `Int16Array`
    case int16 = 0x77
    /// `Uint16Array`
    case uint16 = 0x57
    /// `Int32Array`
    case int32 = 0x64
    /// `Uint32Array`
    case uint32 = 0x44
    /// `Float16Array`
    case float16 = 0x68
    /// `Float32Array`
    case float32 = 0x66
    /// `Float64Array`
    case float64 = 0x46
    /// `BigInt64Array`
    case bigInt64 = 0x71
    /// `BigUint64Array`
    case bigUint64 = 0x51
    /// `DataView`
    case dataView = 0x3F

    /// The number of bytes of an element; 1 for a `DataView`.
    public var elementSize: Int {
      switch self {
      case .int8, .uint8, .uint8Clamped, .dataView: 1
      case .int16, .uint16, .float16: 2
      case .int32, .uint32, .float32: 4
      case .float64, .bigInt64, .bigUint64: 8
      }
    }

    /// The class name in JavaScript.
    public var description: String {
      switch self {
      case .int8: "Int8Array"
      case .uint8: "Uint8Array"
      case .uint8Clamped: "Uint8ClampedArray"
      case .int16: "Int16Array"
      case .uint16: "Uint16Array"
      case .int32: "Int32Array"
      case .uint32: "Uint32Array"
      case .float16: "Float16Array"
      case .float32: "Float32Array"
      case .float64: "Float64Array"
      case .bigInt64: "BigInt64Array"
      case .bigUint64: "BigUint64Array"
      case .dataView: "DataView"
      }
    }
  }

  /// Makes a new view on a buffer; without a length it covers the rest, and on a resizable buffer it
  /// tracks its length.
  ///
  /// Answers `nil` where JavaScript throws a RangeError: offset or length is not a multiple of the
  /// element size, or reaches beyond the buffer.
  public init?(
    _ kind: Kind, on buffer: CloneArrayBuffer, byteOffset: Int = 0, byteLength: Int? = nil
  ) {
    self.init(
      kind, on: buffer.receiver, bufferLength: buffer.byteLength, isResizable: buffer.isResizable,
      byteOffset: byteOffset, byteLength: byteLength)
  }

  /// Makes a new view on a shared buffer, as on any other.
  public init?(
    _ kind: Kind, on buffer: CloneSharedArrayBuffer, byteOffset: Int = 0, byteLength: Int? = nil
  ) {
    self.init(
      kind, on: buffer.receiver, bufferLength: buffer.byteLength, isResizable: buffer.isGrowable,
      byteOffset: byteOffset, byteLength: byteLength)
  }

  private init?(
    _ kind: Kind, on buffer: Receiver, bufferLength: Int, isResizable: Bool, byteOffset: Int,
    byteLength: Int?
  ) {
    let size = kind.elementSize
    let tracks = isResizable && byteLength == nil
    guard byteOffset >= 0, byteOffset % size == 0, byteOffset <= bufferLength else { return nil }
    let length = byteLength ?? bufferLength - byteOffset
    guard length >= 0, length <= bufferLength - byteOffset, tracks || length % size == 0 else {
      return nil
    }
    receiver = Receiver(
      .arrayBufferView, flags: tracks ? .lengthTracking : [], detail: UInt16(kind.rawValue))
    let graph = receiver.graph
    graph.cells = [
      graph.makeCell(buffer), .number(Double(byteOffset)), .number(tracks ? 0 : Double(length)),
    ]
  }

  /// The kind of view.
  public var kind: Kind {
    Kind(rawValue: UInt8(truncatingIfNeeded: receiver.record.detail)) ?? .uint8
  }

  /// The buffer: ``CloneValue/arrayBuffer(_:)`` or ``CloneValue/sharedArrayBuffer(_:)``.
  public var buffer: CloneValue { receiver.graph.value(of: receiver.cell(0)) }

  /// Whether the view's length follows that of its buffer.
  public var isLengthTracking: Bool { receiver.record.flags.contains(.lengthTracking) }

  /// Where the view begins in its buffer.
  public var byteOffset: Int { Int(receiver.cell(1).number ?? 0) }

  /// The part of its buffer that the view shows, or `nil` if it is out of bounds.
  private func range(on buffer: CloneValue) -> Range<Int>? {
    var bufferLength = 0
    switch buffer {
    case .arrayBuffer(let buffer):
      let record = buffer.receiver.record
      if record.flags.contains(.detached) { return nil }
      bufferLength = Int(record.count)
    case .sharedArrayBuffer(let buffer): bufferLength = buffer.byteLength
    default: break
    }
    let start = byteOffset
    if isLengthTracking {
      guard start <= bufferLength else { return nil }
      let rest = bufferLength - start
      return start..<(start + rest - rest % kind.elementSize)
    }
    let end = start + Int(receiver.cell(2).number ?? 0)
    return end <= bufferLength ? start..<end : nil
  }

  /// Whether a resizable buffer has shrunk below the view, or was detached.
  public var isOutOfBounds: Bool { range(on: buffer) == nil }

  /// The number of bytes in view; 0 if out of bounds.
  public var byteLength: Int { range(on: buffer)?.count ?? 0 }

  /// The number of elements; of a `DataView`, bytes.
  public var count: Int { byteLength / kind.elementSize }

  /// The bytes in view, as a slice of the buffer's; empty for a shared buffer.
  public var bytes: ArraySlice<UInt8> {
    let value = buffer
    guard case .arrayBuffer(let buffer) = value, let range = range(on: value) else { return [] }
    let bytes = buffer.bytes
    let start = bytes.startIndex + range.lowerBound
    return bytes[start..<(start + range.count)]
  }

  /// All elements, each as ``subscript(_:)`` gives it; none of a shared buffer, whose memory is not read.
  ///
  /// - Complexity: linear; quicker than indexing one by one.
  public var elements: [CloneValue] {
    let bytes = self.bytes
    let size = kind.elementSize
    return stride(from: bytes.startIndex, to: bytes.endIndex - size + 1, by: size).map { start in
      var bits: UInt64 = 0
      for offset in 0..<size { bits |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
      return kind.value(bits)
    }
  }

  /// The element at an index, of a view whose bytes the caller holds to read many.
  package func element(_ index: Int, in bytes: ArraySlice<UInt8>) -> CloneValue {
    let size = kind.elementSize
    guard index >= 0, index < bytes.count / size else { return .undefined }
    var bits: UInt64 = 0
    for offset in 0..<size {
      bits |= UInt64(bytes[bytes.startIndex + index * size + offset]) << UInt64(8 * offset)
    }
    return kind.value(bits)
  }

  /// The element at an index as JavaScript reads it: a number, or a big integer of the two 64-bit kinds;
  /// ``CloneValue/undefined`` beyond the end and for a shared buffer. A `DataView` reads as bytes.
  ///
  /// Setting converts as JavaScript does (modulo 2^n, clamped, rounded to the float's precision) and
  /// makes a new view on a new buffer if they are mentioned elsewhere. It does nothing beyond the end, for
  /// a value of the wrong kind and on an immutable buffer.
  public subscript(index: Int) -> CloneValue {
    get { element(index, in: bytes) }
    set {
      let size = kind.elementSize
      guard index >= 0, index < bytes.count / size, let bits = kind.bits(newValue) else { return }
      guard isBufferMutable else { return }
      let offset = byteOffset + index * size
      modifyBuffer { buffer in
        buffer.replaceBytes(
          at: offset,
          with: (0..<size).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) })
      }
    }
  }

  private var isBufferMutable: Bool {
    if case .arrayBuffer(let buffer) = buffer { return !buffer.isImmutable }
    return false
  }

  /// Changes the view's buffer. Other views keep the buffer they have. A shared buffer stays as it is.
  public mutating func modifyBuffer(_ body: (inout CloneArrayBuffer) -> Void) {
    guard case .arrayBuffer = buffer else { return }
    receiver.makeEditable()
    guard case .arrayBuffer(var buffer) = receiver.graph.takeValue(at: 0) else { return }
    body(&buffer)
    receiver.graph.putBack(.arrayBuffer(buffer), at: 0)
  }
}

extension CloneArrayBufferView.Kind {
  /// An element's bits as a value.
  func value(_ bits: UInt64) -> CloneValue {
    switch self {
    case .int8: .number(Double(Int8(truncatingIfNeeded: bits)))
    case .uint8, .uint8Clamped, .dataView, .uint16, .uint32: .number(Double(bits))
    case .int16: .number(Double(Int16(truncatingIfNeeded: bits)))
    case .int32: .number(Double(Int32(truncatingIfNeeded: bits)))
    case .float16: .number(HalfFloat.double(UInt16(truncatingIfNeeded: bits)))
    case .float32: .number(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case .float64: .number(Double(bitPattern: bits))
    case .bigInt64: .bigint(CloneBigInt(Int64(bitPattern: bits)))
    case .bigUint64: .bigint(CloneBigInt(bits))
    }
  }

  /// A value as an element's bits (ECMAScript, NumericToRawBytes).
  func bits(_ value: CloneValue) -> UInt64? {
    switch (self, value) {
    case (.bigInt64, .bigint(let integer)), (.bigUint64, .bigint(let integer)):
      var bits: UInt64 = 0
      for (position, byte) in integer.magnitude.prefix(8).enumerated() {
        bits |= UInt64(byte) << UInt64(8 * position)
      }
      return integer.isNegative ? 0 &- bits : bits
    case (.float16, .number(let number)): return UInt64(HalfFloat.bits(number))
    case (.float32, .number(let number)): return UInt64(Float(number).bitPattern)
    case (.float64, .number(let number)): return number.bitPattern
    case (.uint8Clamped, .number(let number)):
      guard number > 0 else { return 0 }
      return number >= 255 ? 255 : UInt64(number.rounded(.toNearestOrEven))
    case (.bigInt64, _), (.bigUint64, _): return nil
    case (_, .number(let number)):
      guard number.isFinite else { return 0 }
      let modulus = 4_294_967_296.0
      let rest = number.rounded(.towardZero).truncatingRemainder(dividingBy: modulus)
      return UInt64(rest < 0 ? rest + modulus : rest)
    default: return nil
    }
  }
}
