/// A property key: an array index (0 to 2^32 − 2) or a name.
///
/// Text that is the canonical form of an index is that index, as in JavaScript: `"1"` and `1` are one
/// key, `"01"`, `"-1"`, `"1.5"` and `"4294967295"` are names.
public struct ClonePropertyKey: Hashable, Sendable, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, CustomStringConvertible
{
  @usableFromInline
  enum Form: Hashable, Sendable {
    case index(UInt32)
    case name(CloneString)
  }

  @usableFromInline let form: Form

  @inlinable
  init(form: Form) { self.form = form }

  /// Makes a key from a JavaScript string.
  public init(_ name: CloneString) {
    form = ClonePropertyKey.arrayIndex(name).map { .index($0) } ?? .name(name)
  }

  /// Makes a key from Swift text.
  public init(_ name: some StringProtocol) { self.init(CloneString(name)) }

  /// Makes a key from an integer: an index if it is one, else the name that JavaScript's ToString gives.
  public init(_ integer: Int) {
    if let index = UInt32(exactly: integer), index != .max {
      form = .index(index)
    } else {
      form = .name(CloneString(NumberText.string(Double(integer))))
    }
  }

  /// Makes a key from a number by JavaScript's ToString: −0 is 0, NaN is `"NaN"`.
  init(number: Double) {
    if let index = UInt32(exactly: number), index != .max {
      form = .index(index)
    } else {
      form = .name(CloneString(NumberText.string(number)))
    }
  }

  /// Makes a key from a literal name.
  @inlinable @inline(__always)
  public init(stringLiteral value: StaticString) {
    let name = CloneString(stringLiteral: value)
    // What does not begin with a digit is no index.
    if value.hasPointerRepresentation, value.utf8CodeUnitCount > 0,
      unsafe value.utf8Start.pointee > 0x39
    {
      self.init(form: .name(name))
    } else {
      self.init(name)
    }
  }

  /// Makes a key from a literal index.
  public init(integerLiteral value: Int) { self.init(value) }

  /// The index, if the key is one.
  @inlinable
  public var index: UInt32? {
    if case .index(let index) = form { return index }
    return nil
  }

  /// The key as a string.
  @inlinable
  public var name: CloneString {
    switch form {
    case .index(let index): CloneString(String(index))
    case .name(let name): name
    }
  }

  /// The key as text.
  public var description: String { String(name) }

  /// The index whose canonical decimal form this string is.
  static func arrayIndex(_ string: CloneString) -> UInt32? {
    let units = string.utf16
    guard let first = units.first, units.count <= 10, (0x30...0x39).contains(first) else {
      return nil
    }
    if first == 0x30 { return units.count == 1 ? 0 : nil }
    var value: UInt64 = 0
    for unit in units {
      guard (0x30...0x39).contains(unit) else { return nil }
      value = value * 10 + UInt64(unit - 0x30)
    }
    return value < UInt64(UInt32.max) ? UInt32(value) : nil
  }
}
