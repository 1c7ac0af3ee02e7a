/// A JavaScript value as structured clone knows it.
///
/// A clone value is a Swift value: nothing that is done to one variable shows through another. What
/// JavaScript calls an object is a *receiver* here and has an identity: copying a `CloneValue` copies
/// the mention, so `[a, a]` holds one object twice and is written with a reference, while two literals
/// make two objects even if they are empty. ``===(_:_:)`` tells.
///
/// Changing a value is get, change, set. It makes new objects for exactly the containers on the path
/// of access; every other mention, also a cycle back to the changed object, still means the old one.
/// ``CloneGraphEditor`` changes shared and cyclic graphs as JavaScript would.
///
/// The type names what the HTML Standard's StructuredSerializeInternal can serialize, and in
/// ``uncloneable(_:)`` what it refuses.
public enum CloneValue: Sendable {
  /// `undefined`.
  case undefined
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number. How it travelled (as an integer or as a double) is not visible; −0 and NaN are.
  case number(Double)
  /// A BigInt.
  case bigint(CloneBigInt)
  /// A string of UTF-16 code units.
  case string(CloneString)
  /// A plain object.
  case object(CloneObject)
  /// An array, dense or sparse.
  case array(CloneArray)
  /// A `Map`.
  case map(CloneMap)
  /// A `Set`.
  case set(CloneSet)
  /// A `Date`.
  case date(CloneDate)
  /// A `RegExp`.
  case regExp(CloneRegExp)
  /// A `Boolean`, `Number`, `String` or `BigInt` object.
  case boxedPrimitive(CloneBoxedPrimitive)
  /// An `Error` or one of its native subclasses.
  case error(CloneErrorObject)
  /// An `ArrayBuffer`.
  case arrayBuffer(CloneArrayBuffer)
  /// A `SharedArrayBuffer`: a token, its memory is never read.
  case sharedArrayBuffer(CloneSharedArrayBuffer)
  /// A typed array or a `DataView`.
  case arrayBufferView(CloneArrayBufferView)
  /// An object of the embedder (Node, Blink, Electron).
  case hostObject(CloneHostObject)
  /// A `WebAssembly.Module`, by the id it was given outside the payload.
  case wasmModule(CloneWasmModule)
  /// A shared `WebAssembly.Memory`.
  case wasmMemory(CloneWasmMemory)
  /// A shared struct, array, mutex or condition, by its index in a list outside the payload.
  case sharedObject(CloneSharedObject)
  /// Something a JavaScript caller could pass and that must be refused.
  case uncloneable(CloneUncloneable)

  /// The receiver, unless the value is a primitive.
  package var receiver: Receiver? {
    switch self {
    case .undefined, .null, .boolean, .number, .bigint, .string: nil
    case .object(let value): value.receiver
    case .array(let value): value.receiver
    case .map(let value): value.receiver
    case .set(let value): value.receiver
    case .date(let value): value.receiver
    case .regExp(let value): value.receiver
    case .boxedPrimitive(let value): value.receiver
    case .error(let value): value.receiver
    case .arrayBuffer(let value): value.receiver
    case .sharedArrayBuffer(let value): value.receiver
    case .arrayBufferView(let value): value.receiver
    case .hostObject(let value): value.receiver
    case .wasmModule(let value): value.receiver
    case .wasmMemory(let value): value.receiver
    case .sharedObject(let value): value.receiver
    case .uncloneable(let value): value.receiver
    }
  }

  /// Whether the value is an object in the sense of JavaScript's identity, and not a primitive.
  public var isReceiver: Bool { receiver != nil }

  /// The identity of the receiver, or `nil` for a primitive: a key for tables of objects.
  public var identity: CloneIdentity? { receiver.map { CloneIdentity(receiver: $0) } }

  /// Whether an object in the value may be reachable in more than one way, in constant time.
  ///
  /// `false` is a promise: there is no sharing and no cycle, and mutation equals JavaScript's. For a
  /// decoded value the answer is exact. For a value put together from others it is cautious: it may be
  /// `true` when a part is still held by another variable.
  public var hasSharedReferences: Bool { receiver?.graph.mayShare ?? false }

  /// A copy of the value that keeps nothing else in memory: it lets go of the payload it was read
  /// from, and its objects are new ones. Sharing and cycles inside are kept.
  ///
  /// - Complexity: linear in the value.
  public func detached() -> CloneValue {
    switch self {
    case .string(let string): return .string(CloneString(string.content.detached()))
    case .bigint(let integer): return .bigint(CloneBigInt(integer.content.detached()))
    default:
      guard let receiver else { return self }
      var copier = GraphCopier(.copied)
      return copier.copy(receiver, origin: receiver.graph.origin).receiver.value
    }
  }
}

extension CloneValue {
  /// Makes a number from an integer, if the number can hold it exactly.
  ///
  /// Every integer from −2^53 to 2^53 can; use ``bigint(_:)`` for others.
  public init?(exactly integer: some BinaryInteger) {
    guard let number = Double(exactly: integer) else { return nil }
    self = .number(number)
  }

  /// Makes a string value from Swift text.
  public init(_ text: some StringProtocol) { self = .string(CloneString(text)) }

  /// Makes a number.
  public init(_ integer: Int32) { self = .number(Double(integer)) }

  /// Makes a number.
  public init(_ integer: UInt32) { self = .number(Double(integer)) }

  /// Makes a number.
  public init(_ number: Double) { self = .number(number) }

  /// Makes a boolean.
  public init(_ value: Bool) { self = .boolean(value) }

  /// Makes a dense array.
  public init(_ elements: some Sequence<CloneValue>) { self = .array(CloneArray(elements)) }
}

/// Which object a value is. Two identities are equal if ``===(_:_:)`` holds for their values.
public struct CloneIdentity: Hashable, Sendable {
  // Kept, so that no other object takes its place while the identity is in use.
  let receiver: Receiver

  /// Whether both are the same object.
  public static func == (left: CloneIdentity, right: CloneIdentity) -> Bool {
    left.receiver.isSame(as: right.receiver)
  }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) {
    // One word: hashing two takes half as long again.
    let address = UInt64(UInt(bitPattern: ObjectIdentifier(receiver.graph)))
    hasher.combine(address ^ UInt64(receiver.index) << 32)
  }
}

/// Whether two values are the same object, or the same primitive by `Object.is`.
public func === (left: CloneValue?, right: CloneValue?) -> Bool {
  guard let left, let right else {
    if case .some = left { return false }
    if case .some = right { return false }
    return true
  }
  return switch (left.receiver, right.receiver) {
  case (let left?, let right?): left.isSame(as: right)
  case (nil, nil): left == right
  default: false
  }
}

/// The opposite of ``===(_:_:)``.
public func !== (left: CloneValue?, right: CloneValue?) -> Bool { !(left === right) }
