/// One value slot of a graph in eight bytes.
///
/// Doubles are stored as they are. Everything else hides in the bit patterns of negative NaNs with
/// the three highest mantissa bits set, which never occur as doubles because every NaN is made
/// canonical before it becomes a cell: hostile NaN bits cannot forge a reference. Engines do write other
/// NaNs than the canonical one, so a cell can say where its bytes are.
///
/// ```
/// bits 63…48   payload (bits 47…0)
/// < FFF9       a double
///   FFF9       32-bit integer
///   FFFA       undefined, null, false, true, hole
///   FFFB       receiver of the same graph: index of its record
///   FFFC       string: offset of its tag in the graph's input
///   FFFD       big integer: offset of its bit field in the graph's input
///   FFFE       index of a slot, which holds a string, a big integer or a receiver elsewhere
///   FFFF       a NaN that is not the canonical one: offset of its eight bytes in the graph's input
/// ```
@usableFromInline
package struct Cell: Equatable, BitwiseCopyable, Sendable {
  @usableFromInline package var bits: UInt64

  /// The lowest bits that are no double, and the tags that code in other modules asks for.
  @inlinable static var firstTagged: UInt64 { 0xFFF9_0000_0000_0000 }
  @inlinable static var int32Tag: UInt64 { 0xFFF9 }
  @inlinable static var receiverTag: UInt64 { 0xFFFB }
  @inlinable static var stringTag: UInt64 { 0xFFFC }
  @inlinable static var bigintTag: UInt64 { 0xFFFD }
  @inlinable static var slotTag: UInt64 { 0xFFFE }

  package enum Tag: UInt64, Sendable {
    case int32 = 0xFFF9
    case constant = 0xFFFA
    case receiver = 0xFFFB
    case string = 0xFFFC
    case bigint = 0xFFFD
    case slot = 0xFFFE
    case nan = 0xFFFF
  }

  @inlinable
  package init(bits: UInt64) { self.bits = bits }

  private init(_ tag: Tag, _ payload: UInt64) { bits = tag.rawValue << 48 | payload }

  // Computed, so that they are constants in other modules, too.
  @inlinable package static var undefined: Cell { Cell(bits: 0xFFFA_0000_0000_0000) }
  @inlinable package static var null: Cell { Cell(bits: 0xFFFA_0000_0000_0001) }
  @inlinable package static var `false`: Cell { Cell(bits: 0xFFFA_0000_0000_0002) }
  @inlinable package static var `true`: Cell { Cell(bits: 0xFFFA_0000_0000_0003) }
  /// An absent array element, an absent error section or a deleted entry.
  @inlinable package static var hole: Cell { Cell(bits: 0xFFFA_0000_0000_0004) }

  /// A run of holes, which only visits have: no graph holds it.
  static func holes(_ count: UInt32) -> Cell { Cell(.constant, 1 << 32 | UInt64(count)) }

  /// What a constant means outside arrays, where a hole is `undefined`.
  @inline(__always)
  var constantValue: CloneValue {
    switch self {
    case .null: .null
    case .true: .boolean(true)
    case .false: .boolean(false)
    default: .undefined
    }
  }

  static func boolean(_ value: Bool) -> Cell { value ? .true : .false }

  static func double(_ value: Double) -> Cell {
    Cell(bits: value.isNaN ? 0x7FF8_0000_0000_0000 : value.bitPattern)
  }

  static func int32(_ value: Int32) -> Cell { Cell(.int32, UInt64(UInt32(bitPattern: value))) }

  /// The canonical form of a number: an integer cell if it is an integer of 32 bits and not −0.
  package static func number(_ value: Double) -> Cell {
    integer(value).map { .int32($0) } ?? .double(value)
  }

  /// A number as an integer if it is one of 32 bits and not −0.
  ///
  /// Next to 1.5 · 2^52 the steps between doubles are 1, so that the lowest bits of the sum are the integer. `Int32(exactly:)` calls a
  /// function of the C library on some processors, and `Int32(_:)` looks three times whether it can.
  @inline(__always)
  static func integer(_ value: Double) -> Int32? {
    let integer = Int32(truncatingIfNeeded: (value + 0x1.8p52).bitPattern)
    return Double(integer).bitPattern == value.bitPattern ? integer : nil
  }

  package static func receiver(_ index: UInt32) -> Cell { Cell(.receiver, UInt64(index)) }
  static func string(at offset: UInt32) -> Cell { Cell(.string, UInt64(offset)) }
  static func bigint(at offset: UInt32) -> Cell { Cell(.bigint, UInt64(offset)) }
  static func nan(at offset: UInt32) -> Cell { Cell(.nan, UInt64(offset)) }
  static func slot(_ index: UInt32) -> Cell { Cell(.slot, UInt64(index)) }

  /// `nil` for a double.
  package var tag: Tag? { Tag(rawValue: bits >> 48) }
  @inlinable package var isDouble: Bool { bits < Cell.firstTagged }
  @inlinable package var isInt32: Bool { bits >> 48 == Cell.int32Tag }
  @inlinable package var isString: Bool { bits >> 48 == Cell.stringTag }
  @inlinable package var isReceiver: Bool { bits >> 48 == Cell.receiverTag }
  @inlinable package var isSlot: Bool { bits >> 48 == Cell.slotTag }
  package var isHole: Bool { self == .hole }

  /// The low 32 bits of the payload: an index or an offset.
  @inlinable package var payload: UInt32 { UInt32(truncatingIfNeeded: bits) }
  @inlinable package var int32Value: Int32 { Int32(truncatingIfNeeded: bits) }
  @inlinable package var doubleValue: Double { Double(bitPattern: bits) }

  /// The number, whichever form it has.
  package var number: Double? {
    if isDouble { return doubleValue }
    if isInt32 { return Double(int32Value) }
    return tag == .nan ? .nan : nil
  }
}
