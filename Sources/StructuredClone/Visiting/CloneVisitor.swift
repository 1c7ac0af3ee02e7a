/// Sees everything that a value holds: what ``CloneValue/visit(with:)`` tells, in the order in which a writer would list it.
///
/// A visitor implements what it is interested in; every method has a default that does nothing. It is told of each
/// object once, and of later mentions as references, so that cycles end. It can stop at any container but not in it.
///
/// ```swift
/// struct LongestString: CloneVisitor {
///   var count = 0
///   mutating func visit(_ string: CloneString) { count = max(count, string.utf16Count) }
/// }
///
/// var longest = LongestString()
/// value.visit(with: &longest)
/// ```
///
/// There is no recursion, whatever the nesting, and nothing is retained for objects that are entered: several times as
/// fast as iterating (Documentation/Performance.md).
public protocol CloneVisitor {
  /// `undefined`.
  mutating func visitUndefined()
  /// `null`.
  mutating func visitNull()
  /// A boolean.
  mutating func visit(_ boolean: Bool)
  /// A number.
  mutating func visit(_ number: Double)
  /// A BigInt.
  mutating func visit(_ integer: CloneBigInt)
  /// A string that is a value; not the name of a property.
  mutating func visit(_ string: CloneString)

  /// So many holes of an array, one at least.
  mutating func visitHoles(_ count: Int)

  /// The name of a property, which its value follows.
  mutating func visitKey(_ name: CloneString)
  /// The index of a property of an object that is no array, which its value follows.
  mutating func visitKey(_ index: UInt32)

  /// The beginning of a container. What is in it follows, up to ``leave()``, unless the answer is `false`, after which
  /// neither follows.
  ///
  /// In an object these are keys, each with its value. In an array they are elements and holes, then its named
  /// properties. In a map they are keys and values in turn, in a set its elements, in an error its cause, and in a host
  /// object its payload.
  mutating func enter(_ container: CloneContainer) -> Bool
  /// The end of the innermost container that was entered.
  mutating func leave()

  /// A `Date`: its time value, NaN if it is invalid.
  mutating func visitDate(millisecondsSince1970 time: Double)
  /// Any other object without contents of its own: a regular expression, a boxed primitive, a buffer, a view.
  mutating func visitLeaf(_ leaf: CloneValue)

  /// Another mention of an object: of the one so many objects after the first, counted in the order in which they are told,
  /// as containers and as leaves.
  mutating func visitReference(_ ordinal: Int)
}

extension CloneVisitor {
  /// Does nothing.
  @inlinable public mutating func visitUndefined() {}
  /// Does nothing.
  @inlinable public mutating func visitNull() {}
  /// Does nothing.
  @inlinable public mutating func visit(_ boolean: Bool) {}
  /// Does nothing.
  @inlinable public mutating func visit(_ number: Double) {}
  /// Does nothing.
  @inlinable public mutating func visit(_ integer: CloneBigInt) {}
  /// Does nothing.
  @inlinable public mutating func visit(_ string: CloneString) {}
  /// Does nothing.
  @inlinable public mutating func visitHoles(_ count: Int) {}
  /// Does nothing.
  @inlinable public mutating func visitKey(_ name: CloneString) {}
  /// Does nothing.
  @inlinable public mutating func visitKey(_ index: UInt32) {}
  /// Enters every container.
  @inlinable public mutating func enter(_ container: CloneContainer) -> Bool { true }
  /// Does nothing.
  @inlinable public mutating func leave() {}
  /// Does nothing.
  @inlinable public mutating func visitDate(millisecondsSince1970 time: Double) {}
  /// Does nothing.
  @inlinable public mutating func visitLeaf(_ leaf: CloneValue) {}
  /// Does nothing.
  @inlinable public mutating func visitReference(_ ordinal: Int) {}
}
