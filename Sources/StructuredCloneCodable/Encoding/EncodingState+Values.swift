import NodeClone
import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values that need no container, as bytes.
extension EncodingState {
  func writeNil() {
    switch options.nilEncodingStrategy {
    case .null: writer.writeNull()
    case .undefined: writer.writeUndefined()
    }
  }

  @inline(__always)
  func write(_ value: Bool) { writer.write(value) }

  @inline(__always)
  func write(_ value: String) { writer.write(value) }

  @inline(__always)
  func write(_ value: Double) throws(Refusal) {
    if value.isFinite { writer.write(value) } else { try writeNonFinite(value) }
  }

  @inline(__always)
  func write(_ value: Float) throws(Refusal) { try write(Double(value)) }

  @inline(never)
  private func writeNonFinite(_ value: Double) throws(Refusal) {
    switch options.nonFiniteNumberEncodingStrategy {
    case .number: writer.write(value)
    case .throw: throw Refusal("the number \(value) is not finite")
    case .convertToString(let positive, let negative, let nan):
      writer.write(value.isNaN ? nan : value > 0 ? positive : negative)
    }
  }

  @inline(__always)
  func write<I: FixedWidthInteger>(_ value: I) throws(Refusal) {
    if let small = Int32(exactly: value) {
      writer.write(small)
    } else {
      try writeLarge(value)
    }
  }

  @inline(never)
  private func writeLarge<I: FixedWidthInteger>(_ value: I) throws(Refusal) {
    if value.magnitude <= 1 << 53 {
      writer.write(Double(value))
      return
    }
    switch options.largeIntegerEncodingStrategy {
    case .bigInt: writer.write(CloneBigInt(value))
    case .string: writer.write("\(value)")
    case .throw: throw Refusal("the integer \(value) is beyond 2^53")
    }
  }

  /// Writes a date; false if it writes itself.
  func write(_ date: Date) throws(Refusal) -> Bool {
    switch options.dateEncodingStrategy {
    case .date:
      countObjects(1)
      writer.write(date: (date.timeIntervalSince1970 * 1000).rounded())
    case .iso8601: writer.write(ISO8601.text(date))
    case .secondsSince1970: try write(date.timeIntervalSince1970)
    case .millisecondsSince1970: try write((date.timeIntervalSince1970 * 1000).rounded())
    case .deferredToDate, .custom: return false
    }
    return true
  }

  /// Writes data; false if it writes itself.
  func write(_ data: Data) throws(Refusal) -> Bool {
    guard UInt32(exactly: data.count) != nil else {
      throw Refusal("a payload holds no buffer of 4 GiB or more")
    }
    switch options.dataEncodingStrategy {
    case .arrayBuffer:
      countObjects(1)
      // The pointer does not leave the closure.
      unsafe data.withUnsafeBytes { unsafe writer.writeArrayBuffer($0) }
    case .uint8Array:
      countObjects(2)
      unsafe data.withUnsafeBytes { unsafe writer.writeArrayBuffer($0) }
      writer.writeView(
        .uint8, byteCount: data.count, hasFlags: options.profile.format.viewFlags)
    case .nodeBuffer:
      do throws(DataCloneError) {
        try write(NodeBuffer([UInt8](data)).value)
      } catch {
        throw Refusal(error.message)
      }
    case .numbers:
      countObjects(1)
      writer.beginArray(count: UInt32(data.count))
      for byte in data { writer.write(Int32(byte)) }
      writer.endArray(count: UInt32(data.count))
    case .base64: writer.write(data.base64EncodedString())
    case .custom: return false
    }
    return true
  }

  // MARK: - Arrays of primitives

  func write(_ integers: [Int]) throws(Refusal) {
    try writeElements(integers) { value throws(Refusal) in try write(value) }
  }

  func write(_ numbers: [Double]) throws(Refusal) {
    try writeElements(numbers) { value throws(Refusal) in try write(value) }
  }

  func write(_ strings: [String]) throws(Refusal) {
    try writeElements(strings) { value throws(Refusal) in write(value) }
  }

  @inline(__always)
  private func writeElements<Element>(
    _ elements: [Element], _ body: (Element) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard let count = UInt32(exactly: elements.count) else {
      throw Refusal("an array of 2^32 elements or more")
    }
    countObjects(1)
    writer.beginArray(count: count)
    for (index, element) in elements.enumerated() {
      do throws(Refusal) {
        try body(element)
      } catch {
        var refusal = error
        refusal.element = index
        throw refusal
      }
    }
    writer.endArray(count: count)
  }
}
