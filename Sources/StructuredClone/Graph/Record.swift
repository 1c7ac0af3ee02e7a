/// What a graph keeps about one receiver: 16 bytes, the rest is in cells.
///
/// | kind | cells from `start` | `count` | `extra` | `detail` |
/// | --- | --- | --- | --- | --- |
/// | object | key, value, … | entries | deleted entries | |
/// | array | named properties (an object, or undefined); then elements, or index, value, … | elements or pairs | length if `.pairs` | |
/// | map | key, value, … | entries | deleted entries | |
/// | set | value, … | entries | deleted entries | |
/// | date | | low half of the time value's bits | high half | |
/// | boxedPrimitive | primitive | | | |
/// | regExp | source | | flags | |
/// | error | message, stack, cause (each may be a hole) | | | class |
/// | arrayBuffer | maxByteLength or undefined | byte length | offset in the input | |
/// | sharedArrayBuffer | byte length, maxByteLength or undefined | | clone id | 1 if of a wasm memory |
/// | arrayBufferView | buffer, byte offset, byte length | | flags as read | sub-tag |
/// | hostObject | interface name, payload | | layout | |
/// | wasmModule | | | id | |
/// | wasmMemory | buffer, maximum pages | | | |
/// | sharedObject | | | index | |
/// | uncloneable | description | | | kind |
@usableFromInline
package struct Record: BitwiseCopyable, Sendable {
  package enum Kind: UInt8, BitwiseCopyable, Sendable {
    case object, array, map, set, date, boxedPrimitive, regExp, error
    case arrayBuffer, sharedArrayBuffer, arrayBufferView
    case hostObject, wasmModule, wasmMemory, sharedObject, uncloneable
  }

  package struct Flags: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Array: written in the sparse form, as V8 writes every array that is not packed.
    static let holey = Flags(rawValue: 1)
    /// Array: the cells are pairs of index and value, not one element an index.
    package static let pairs = Flags(rawValue: 2)
    /// Object: an index key stands behind a larger one or behind a name, so order is not storage order.
    package static let unordered = Flags(rawValue: 4)
    static let resizable = Flags(rawValue: 8)
    static let immutable = Flags(rawValue: 16)
    static let detached = Flags(rawValue: 32)
    static let lengthTracking = Flags(rawValue: 64)
    static let memory64 = Flags(rawValue: 128)
  }

  package var kind: Kind
  package var flags: Flags = []
  package var detail: UInt16 = 0
  @usableFromInline package var start: UInt32
  @usableFromInline package var count: UInt32 = 0
  package var extra: UInt32 = 0

  /// Whether a position is that of a key cell of an object. One that was found in another may be anywhere.
  @inlinable
  package func hasKey(at position: Int) -> Bool {
    UInt(bitPattern: position &- Int(start)) < 2 &* UInt(count)
  }

  init(
    kind: Kind, flags: Flags = [], detail: UInt16 = 0, start: UInt32, count: UInt32 = 0,
    extra: UInt32 = 0
  ) {
    self.kind = kind
    self.flags = flags
    self.detail = detail
    self.start = start
    self.count = count
    self.extra = extra
  }

  /// That of a date, with all that there is of it.
  @inline(__always)
  init(date time: Double) {
    let bits = time.bitPattern
    self.init(
      kind: .date, start: 0, count: UInt32(truncatingIfNeeded: bits),
      extra: UInt32(truncatingIfNeeded: bits &>> 32))
  }

  /// The time value of a date: an integer or the canonical NaN.
  var time: Double { Double(bitPattern: UInt64(extra) &<< 32 | UInt64(count)) }

  /// What stands where there is no record yet.
  package static let vacant = Record(kind: .object, start: 0)

  /// How many cells belong to the record.
  var cellCount: Int {
    switch kind {
    case .object, .map: 2 * Int(count)
    case .set: Int(count)
    case .array: 1 + (flags.contains(.pairs) ? 2 * Int(count) : Int(count))
    case .error, .arrayBufferView: 3
    case .sharedArrayBuffer, .hostObject, .wasmMemory: 2
    case .boxedPrimitive, .regExp, .arrayBuffer, .uncloneable: 1
    case .date, .wasmModule, .sharedObject: 0
    }
  }

  /// The range of the record's cells.
  var cells: Range<Int> { Int(start)..<(Int(start) + cellCount) }

  /// Cells an entry of an object, a map or a set takes.
  var stride: Int { kind == .set ? 1 : 2 }
}
