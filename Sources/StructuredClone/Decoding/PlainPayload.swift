/// Reads payloads that hold primitives and nothing else, as most calls of other processes do, and most results: what
/// ``PayloadContent/plainPayload(_:behindZeros:depth:)`` writes.
///
/// Of any other payload nothing is read; for these a graph, and a container that nobody keeps, took most of the time.
package enum PlainPayload {
  private static let version: UInt8 = 15
  /// Longer arrays are no arguments of a call.
  private static let mostElements = 64

  /// The elements of an array that takes all bytes from its header at an offset on.
  package static func elements(of bytes: [UInt8], headerAt start: Int) -> [CloneValue]? {
    read(bytes, headerAt: start) { input, position in
      guard position < input.end, input.byte(at: position) == WireTag.beginDenseArray,
        let (count, first) = input.varint(at: position + 1), count <= mostElements
      else { return nil }
      position = first
      var elements: [CloneValue] = []
      elements.reserveCapacity(min(Int(count), input.end - position))
      for _ in 0..<count {
        guard let element = value(in: bytes, input, at: &position) else { return nil }
        elements.append(element)
      }
      guard isTag(WireTag.endDenseArray, input, at: &position),
        isCount(0, input, at: &position), isCount(count, input, at: &position)
      else { return nil }
      return elements
    }
  }

  /// The only property, of this name, of an object that takes all bytes from its header at an offset on.
  ///
  /// - Parameter name: in ASCII, at most 127 bytes.
  package static func property(
    _ name: StaticString, of bytes: [UInt8], headerAt start: Int
  ) -> CloneValue? {
    read(bytes, headerAt: start) { input, position in
      guard isTag(WireTag.beginObject, input, at: &position),
        isTag(WireTag.oneByteString, input, at: &position),
        isCount(UInt32(name.utf8CodeUnitCount), input, at: &position),
        name.utf8CodeUnitCount <= input.end - position
      else { return nil }
      let isName = name.withUTF8Buffer { name in
        for index in 0..<name.count {
          if unsafe name[index] != input.byte(at: position + index) { return false }
        }
        return true
      }
      position += name.utf8CodeUnitCount
      guard isName, let value = value(in: bytes, input, at: &position),
        isTag(WireTag.endObject, input, at: &position), isCount(1, input, at: &position)
      else { return nil }
      return value
    }
  }

  /// Reads what stands behind a header, and takes all that is left.
  @inline(__always)
  private static func read<Content>(
    _ bytes: [UInt8], headerAt start: Int, _ body: (WireInput, inout Int) -> Content?
  ) -> Content? {
    let limits = CloneLimits.default
    guard bytes.count - start > 2, bytes.count <= limits.inputSize,
      bytes[start] == WireTag.version, bytes[start + 1] == version
    else { return nil }
    // The pointer does not leave the closure, and an input that is not empty has an address.
    return unsafe bytes.withUnsafeBytes { input in
      let input = unsafe WireInput(input.baseAddress.unsafelyUnwrapped, end: input.count)
      var position = start + 2
      guard let content = body(input, &position), position == input.end else { return nil }
      return content
    }
  }

  @inline(__always)
  private static func isTag(_ tag: UInt8, _ input: WireInput, at position: inout Int) -> Bool {
    guard position < input.end, input.byte(at: position) == tag else { return false }
    position += 1
    return true
  }

  @inline(__always)
  private static func isCount(_ count: UInt32, _ input: WireInput, at position: inout Int) -> Bool {
    guard let (found, end) = input.varint(at: position), found == count else { return false }
    position = end
    return true
  }

  @inline(__always)
  private static func value(
    in bytes: [UInt8], _ input: WireInput, at position: inout Int
  ) -> CloneValue? {
    // Before a string of two bytes a unit.
    while position < input.end, input.byte(at: position) == WireTag.padding { position += 1 }
    guard
      let cell = input.readPrimitive(
        at: &position, stringLength: CloneLimits.default.stringLength)
    else { return nil }
    switch cell.tag {
    case nil: return .number(cell.doubleValue)
    case .int32: return .number(Double(cell.int32Value))
    case .nan: return .number(.nan)
    case .string: return .string(CloneString(wireFormIn: bytes, at: cell.payload))
    case .constant: return cell.constantValue
    default: return nil
    }
  }
}
