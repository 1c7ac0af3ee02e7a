import NodeClone
public import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes values that need no container, as bytes, by the encoder's strategies.
@usableFromInline
struct LeafWriter: ~Copyable {
  @usableFromInline var payload: PayloadWriter
  let options: CloneEncoder
  /// The number of the next object in the payload.
  @usableFromInline var nextID: UInt32 = 0
  /// Writes values of this package.
  private var serializer: ValueSerializer?

  init(_ options: consuming CloneEncoder) {
    payload = PayloadWriter(options.profile)
    self.options = options
  }

  /// Counts objects that were written.
  @inlinable
  mutating func countObjects(_ number: UInt32) { nextID &+= number }

  mutating func writeNil() {
    switch options.nilEncodingStrategy {
    case .null: payload.writeNull()
    case .undefined: payload.writeUndefined()
    }
  }

  @inline(__always)
  mutating func write(_ value: Bool) { payload.write(value) }

  @inline(__always)
  mutating func write(_ value: String) { payload.write(value) }

  @inline(__always)
  mutating func write(_ value: Double) throws(Refusal) {
    if value.isFinite { payload.write(value) } else { try writeNonFinite(value) }
  }

  @inline(__always)
  mutating func write(_ value: Float) throws(Refusal) { try write(Double(value)) }

  @inline(never)
  private mutating func writeNonFinite(_ value: Double) throws(Refusal) {
    switch options.nonFiniteNumberEncodingStrategy {
    case .number: payload.write(value)
    case .throw: throw Refusal("the number \(value) is not finite")
    case .convertToString(let positive, let negative, let nan):
      payload.write(value.isNaN ? nan : value > 0 ? positive : negative)
    }
  }

  @inline(__always)
  mutating func write<I: FixedWidthInteger>(_ value: I) throws(Refusal) {
    if let small = Int32(exactly: value) {
      payload.write(small)
    } else {
      try writeLarge(value)
    }
  }

  @inline(never)
  private mutating func writeLarge<I: FixedWidthInteger>(_ value: I) throws(Refusal) {
    if value.magnitude <= 1 << 53 {
      payload.write(Double(value))
      return
    }
    switch options.largeIntegerEncodingStrategy {
    case .bigInt: payload.write(CloneBigInt(value))
    case .string: payload.write("\(value)")
    case .throw: throw Refusal("the integer \(value) is beyond 2^53")
    }
  }

  /// Writes a date; false if it writes itself.
  mutating func write(_ date: Date) throws(Refusal) -> Bool {
    switch options.dateEncodingStrategy {
    case .date:
      countObjects(1)
      payload.write(date: (date.timeIntervalSince1970 * 1000).rounded())
    case .iso8601: payload.write(ISO8601.text(date))
    case .secondsSince1970: try write(date.timeIntervalSince1970)
    case .millisecondsSince1970: try write((date.timeIntervalSince1970 * 1000).rounded())
    case .deferredToDate, .custom: return false
    }
    return true
  }

  /// Writes data; false if it writes itself.
  mutating func write(_ data: Data) throws(Refusal) -> Bool {
    guard UInt32(exactly: data.count) != nil else {
      throw Refusal("a payload holds no buffer of 4 GiB or more")
    }
    switch options.dataEncodingStrategy {
    case .arrayBuffer:
      countObjects(1)
      // The pointer does not leave the closure.
      unsafe data.withUnsafeBytes { unsafe payload.writeArrayBuffer($0) }
    case .uint8Array:
      countObjects(2)
      unsafe data.withUnsafeBytes { unsafe payload.writeArrayBuffer($0) }
      payload.writeView(
        .uint8, byteCount: data.count, hasFlags: options.profile.format.viewFlags)
    case .nodeBuffer:
      do throws(DataCloneError) {
        try write(NodeBuffer([UInt8](data)).value)
      } catch {
        throw Refusal(error.message)
      }
    case .numbers:
      countObjects(1)
      payload.beginArray(count: UInt32(data.count))
      for byte in data { payload.write(Int32(byte)) }
      payload.endArray(count: UInt32(data.count))
    case .base64: payload.write(data.base64EncodedString())
    case .custom: return false
    }
    return true
  }

  // MARK: - Arrays of primitives

  mutating func write(_ integers: [Int]) throws(Refusal) {
    let count = try beginArray(integers)
    try writeEach(integers) { (writer, integer) throws(Refusal) in try writer.write(integer) }
    payload.endArray(count: count)
  }

  mutating func write(_ numbers: [Double]) throws(Refusal) {
    let count = try beginArray(numbers)
    if case .number = options.nonFiniteNumberEncodingStrategy {
      payload.write(numbers: numbers.span)
    } else {
      try writeEach(numbers) { (writer, number) throws(Refusal) in try writer.write(number) }
    }
    payload.endArray(count: count)
  }

  mutating func write(_ strings: [String]) throws(Refusal) {
    let count = try beginArray(strings)
    // Elements of a span are not retained.
    let span = strings.span
    for index in span.indices { payload.write(span[index]) }
    payload.endArray(count: count)
  }

  /// Writes elements that may be refused.
  @inline(__always)
  private mutating func writeEach<Element>(
    _ elements: [Element], _ write: (inout LeafWriter, Element) throws(Refusal) -> Void
  ) throws(Refusal) {
    for (index, element) in elements.enumerated() {
      do throws(Refusal) {
        try write(&self, element)
      } catch {
        throw error.of(element: index)
      }
    }
  }

  private mutating func beginArray<Element>(_ elements: [Element]) throws(Refusal) -> UInt32 {
    guard let count = UInt32(exactly: elements.count) else {
      throw Refusal.tooManyElements
    }
    countObjects(1)
    payload.beginArray(count: count)
    return count
  }

  // MARK: - Values of this package

  /// Writes a value of this package.
  mutating func write(_ value: CloneValue) throws(DataCloneError) {
    switch value {
    case .undefined: payload.writeUndefined()
    case .null: payload.writeNull()
    case .boolean(let value): payload.write(value)
    case .number(let number): payload.write(number)
    case .string(let string): payload.write(string)
    case .bigint(let integer): payload.write(integer)
    default:
      var current =
        serializer
        ?? ValueSerializer(
          profile: options.profile, limits: options.limits,
          delegate: NodeHostObjects(options.profile))
      serializer = nil
      defer { serializer = current }
      payload.append(
        foreign: try current.fragment(of: value, at: payload.offset, nextID: &nextID))
    }
  }
}
