import NodeClone
import StructuredClone

/// Makes a value as a Swift program would build it: through initializers, each object in storage of its own, nothing left of the payload.
/// Text is made from `String` if it is ASCII, else from what travels (Latin-1 or UTF-16).
package struct Rebuilder {
  /// What was built for each object, so that sharing is kept.
  private var built: [CloneIdentity: CloneValue] = [:]
  private var open: Set<CloneIdentity> = []

  /// The same value, built.
  package static func rebuild(_ value: CloneValue) throws -> CloneValue {
    var rebuilder = Rebuilder()
    return try rebuilder.rebuild(value)
  }

  private mutating func rebuild(_ value: CloneValue) throws -> CloneValue {
    guard let identity = value.identity else { return rebuild(primitive: value) }
    if let known = built[identity] { return known }
    guard open.insert(identity).inserted else { throw Failure("a cycle cannot be built") }
    let copy = try rebuild(object: value)
    open.remove(identity)
    built[identity] = copy
    return copy
  }

  private func rebuild(primitive value: CloneValue) -> CloneValue {
    switch value {
    case .string(let string): .string(rebuild(string))
    case .bigint(let integer):
      .bigint(CloneBigInt(isNegative: integer.isNegative, magnitude: Array(integer.magnitude)))
    default: value
    }
  }

  private func rebuild(_ string: CloneString) -> CloneString {
    let units = Array(string.utf16)
    if string.isTwoByte { return CloneString(twoByte: units) }
    if units.allSatisfy({ $0 < 0x80 }) { return CloneString(String(string)) }
    return CloneString(latin1: units.map { UInt8(truncatingIfNeeded: $0) })
  }

  private func rebuild(_ key: ClonePropertyKey) -> ClonePropertyKey {
    key.index.map { ClonePropertyKey(Int($0)) } ?? ClonePropertyKey(rebuild(key.name))
  }

  private mutating func rebuild(object value: CloneValue) throws -> CloneValue {
    switch value {
    case .object(let object):
      var properties: [(ClonePropertyKey, CloneValue)] = []
      for (key, value) in object { properties.append((rebuild(key), try rebuild(value))) }
      return .object(CloneObject(properties))
    case .array(let array): return .array(try rebuild(array))
    case .map(let map):
      var entries: [(CloneValue, CloneValue)] = []
      for (key, value) in map { entries.append((try rebuild(key), try rebuild(value))) }
      return .map(CloneMap(entries))
    case .set(let set):
      var elements: [CloneValue] = []
      for element in set { elements.append(try rebuild(element)) }
      return .set(CloneSet(elements))
    case .date(let date):
      return .date(CloneDate(millisecondsSince1970: date.millisecondsSince1970))
    case .regExp(let expression):
      return .regExp(CloneRegExp(rebuild(expression.source), flags: expression.flags))
    case .error(let error):
      return .error(
        CloneErrorObject(
          error.name, message: error.message.map { rebuild($0) },
          stack: error.stack.map { rebuild($0) },
          cause: try error.cause.map { cause in try rebuild(cause) }))
    case .arrayBuffer(let buffer):
      return .arrayBuffer(CloneArrayBuffer(Array(buffer.bytes)))
    case .arrayBufferView(let view):
      guard case .arrayBuffer(let buffer) = try rebuild(view.buffer),
        let copy = CloneArrayBufferView(
          view.kind, on: buffer, byteOffset: view.byteOffset, byteLength: view.byteLength)
      else { throw Failure("a view that cannot be built") }
      return .arrayBufferView(copy)
    case .hostObject:
      guard let buffer = NodeBuffer(value) else {
        throw Failure("a host object that is not built here")
      }
      return NodeBuffer(Array(buffer.bytes)).value
    default: throw Failure("a kind of object that is not built here")
    }
  }

  private mutating func rebuild(_ array: CloneArray) throws -> CloneArray {
    guard array.isPacked else {
      var copy = CloneArray(count: array.count)
      for index in array.presentIndices { copy[index] = try rebuild(array[index]) }
      return copy
    }
    let numbers = array.elements.compactMap { $0.number }
    if numbers.count == array.count { return CloneArray(numbers: numbers) }
    var elements: [CloneValue] = []
    elements.reserveCapacity(array.count)
    for element in array.elements { elements.append(try rebuild(element)) }
    return CloneArray(elements)
  }
}
