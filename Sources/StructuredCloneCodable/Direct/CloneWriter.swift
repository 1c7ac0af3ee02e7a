public import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values for types that write themselves (``CloneWritable``): the bytes that ``CloneEncoder`` writes.
@safe public struct CloneWriter: ~Copyable {
  @usableFromInline var leaves: LeafWriter
  /// Properties of the open object.
  @usableFromInline var count: UInt32 = 0
  /// How many containers are open, and how many may be.
  @usableFromInline var depth = 0
  @usableFromInline let mostOpen: Int

  /// The first error that there was: behind it the bytes are no payload, if a type passes over it.
  private(set) var firstError: (any Error)?

  init(_ options: CloneEncoder) {
    leaves = LeafWriter(options)
    mostOpen = max(0, options.maximumDepth) + 1
  }

  /// An error on its way out, which collects the keys to where it was.
  struct Failure: Error {
    let refusal: Refusal
    let value: any Sendable
    /// From the inside out.
    var keys: [CloneCodingKey]
  }

  /// An error with the name of a property before its path.
  @usableFromInline
  mutating func failure(_ error: any Error, inProperty name: StaticString) -> any Error {
    note(error)
    guard var failure = error as? Failure else { return error }
    failure.keys.append(.name("\(name)"))
    return failure
  }

  /// An error with the place of an element before its path.
  @usableFromInline
  mutating func failure(_ error: any Error, inElement index: Int) -> any Error {
    note(error)
    guard var failure = error as? Failure else { return error }
    failure.keys.append(.index(index))
    return failure
  }

  private mutating func failure(_ refusal: Refusal, _ value: any Sendable) -> Failure {
    let failure = Failure(refusal: refusal, value: value, keys: [])
    note(failure)
    return failure
  }

  private mutating func note(_ error: any Error) { if firstError == nil { firstError = error } }

  // MARK: - Containers

  /// Begins an object; answers what ``endObject(_:)`` needs.
  @inlinable
  public mutating func beginObject() throws -> UInt32 {
    try enter()
    leaves.payload.beginObject()
    let outerCount = count
    count = 0
    return outerCount
  }

  @inlinable
  mutating func enter() throws {
    depth &+= 1
    guard depth <= mostOpen else { throw tooDeep() }
    leaves.countObjects(1)
  }

  @usableFromInline
  mutating func tooDeep() -> any Error {
    failure(Refusal.tooDeep(leaves.options.maximumDepth), "")
  }

  /// Ends an object.
  @inlinable
  public mutating func endObject(_ outerCount: UInt32) {
    leaves.payload.endObject(count: count)
    count = outerCount
    depth &-= 1
  }

  /// Begins an array of so many elements, which are written next.
  public mutating func beginArray(_ count: Int) throws {
    try enter()
    guard let count = UInt32(exactly: count) else {
      throw failure(Refusal.tooManyElements, count)
    }
    leaves.payload.beginArray(count: count)
  }

  /// Ends an array.
  public mutating func endArray(_ count: Int) {
    leaves.payload.endArray(count: UInt32(truncatingIfNeeded: count))
    depth &-= 1
  }

  // MARK: - Values

  /// Writes what stands for `nil`.
  public mutating func writeNil() { leaves.writeNil() }

  /// Writes a boolean.
  public mutating func write(_ value: Bool) throws { leaves.payload.write(value) }

  /// Writes text.
  public mutating func write(_ value: String) throws { leaves.payload.write(value) }

  /// Writes an integer.
  public mutating func write(_ value: Int) throws { try write(integer: value) }

  @inline(__always)
  mutating func write(integer value: some FixedWidthInteger & Sendable) throws {
    do throws(Refusal) { try leaves.write(value) } catch { throw failure(error, value) }
  }

  @inline(__always)
  mutating func writeElements<Element: Sendable>(
    _ elements: [Element], _ body: (inout LeafWriter) throws(Refusal) -> Void
  ) throws {
    do throws(Refusal) { try body(&leaves) } catch { throw failure(error, elements) }
  }

  /// Writes a number.
  public mutating func write(_ value: Double) throws {
    do throws(Refusal) { try leaves.write(value) } catch { throw failure(error, value) }
  }

  mutating func write(_ value: Date) throws {
    do throws(Refusal) {
      if try leaves.write(value) { return }
    } catch {
      throw failure(error, value)
    }
    throw failure(Refusal("a date that writes itself has no place here"), value)
  }

  mutating func write(_ value: Data) throws {
    do throws(Refusal) {
      if try leaves.write(value) { return }
    } catch {
      throw failure(error, value)
    }
    throw failure(Refusal("data that writes itself has no place here"), value)
  }

  // MARK: - Properties

  /// Writes the name of a property, whose value is next.
  @inlinable @inline(__always)
  public mutating func writeName(_ name: StaticString) throws {
    guard name.hasPointerRepresentation, name.isASCII,
      // The text of a literal lives for ever.
      unsafe leaves.payload.write(name: name.utf8Start, name.utf8CodeUnitCount)
    else { return writeOther(name) }
    count &+= 1
  }

  /// Writes a name that is not ASCII, or may be an index.
  @inline(never) @usableFromInline
  mutating func writeOther(_ name: StaticString) {
    count &+= 1
    if let index = ClonePropertyKey("\(name)").index {
      leaves.payload.write(Double(index))
    } else {
      leaves.payload.write("\(name)")
    }
  }

  /// Writes a property.
  @inlinable
  public mutating func write<Value: CloneWritable>(
    _ value: Value, as name: StaticString
  ) throws {
    try writeName(name)
    do {
      try value.write(to: &self)
    } catch {
      throw failure(error, inProperty: name)
    }
  }

  /// Writes a property, or what the encoder writes for one that is missing.
  @inlinable
  public mutating func writeIfPresent<Value: CloneWritable>(
    _ value: Value?, as name: StaticString
  ) throws {
    if let value { try write(value, as: name) } else { try writeMissing(name) }
  }

  /// Writes what stands for a property that is missing.
  @usableFromInline
  mutating func writeMissing(_ name: StaticString) throws {
    switch leaves.options.missingValueEncodingStrategy {
    case .absent: break
    case .null:
      try writeName(name)
      leaves.payload.writeNull()
    case .undefined:
      try writeName(name)
      leaves.payload.writeUndefined()
    }
  }
}
