import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values of any type.
extension EncodingState {
  /// Writes a value that is next, behind a key that was written.
  func encode<T: Encodable>(
    _ value: T, _ key: some CodingKey, behind path: PathStack.Reference
  ) throws {
    do {
      try encodeNext(value, key, behind: path)
    } catch {
      spoil()
      throw error
    }
  }

  @inline(__always)
  private func encodeNext<T: Encodable>(
    _ value: T, _ key: some CodingKey, behind path: PathStack.Reference
  ) throws {
    let kind = CodedType.kind(of: T.self)
    do throws(Refusal) {
      if try writeLeaf(value, kind) { return }
    } catch {
      throw error.encodingError(of: value, at: codingPath(path) + [key])
    }
    guard kind == .optional || depth < options.maximumDepth else {
      throw tooDeep(value, codingPath(path) + [key])
    }
    let inner = push(key, behind: path)
    defer { pop() }
    try encode(value, kind, at: place, inner)
  }

  /// Writes a value in the place of another that has the same path.
  func encodeSame<T: Encodable>(_ value: T, at place: Place, _ path: PathStack.Reference) throws {
    let kind = CodedType.kind(of: T.self)
    do throws(Refusal) {
      if try writeLeaf(value, kind) { return }
    } catch {
      // A part of an array may have been written.
      spoil()
      throw error.encodingError(of: value, at: codingPath(path))
    }
    guard max(sameDepth, depth) <= options.maximumDepth else {
      throw tooDeep(value, codingPath(path))
    }
    sameDepth += 1
    defer { sameDepth -= 1 }
    try encode(value, kind, at: place, path)
  }

  /// Writes a value that is no leaf.
  @inline(__always)
  private func encode<T: Encodable>(
    _ value: T, _ kind: TypeKind, at place: Place, _ path: PathStack.Reference
  ) throws {
    switch kind {
    case .array:
      if let array = CodedType.of(T.self).encodableArray {
        try array.encode(value, self, path)
        return try finish(place)
      }
    case .set where options.setEncodingStrategy == .set: announceSet()
    case .dictionary:
      // The kind says that it is one.
      if let dictionary = value as? any EncodableDictionary {
        try dictionary.encode(in: ValueEncoder(state: self, place: place, path: path))
        return try finish(place)
      }
    case .instance:
      // The kind says that it is an instance; a cast would ask the runtime. The value keeps it.
      let instance = unsafe unsafeBitCast(value, to: Unmanaged<AnyObject>.self)
      guard let identifier = try unsafe beginInstance(instance, path) else { return }
      defer { endInstance(identifier) }
      try value.encode(to: ValueEncoder(state: self, place: place, path: path))
      return try finish(place)
    case .date, .data:
      let encoder = ValueEncoder(state: self, place: place, path: path)
      if try encodeByClosure(value, kind, encoder) { return try finish(place) }
    default: break
    }
    try value.encode(to: ValueEncoder(state: self, place: place, path: path))
    try finish(place)
  }

  /// Writes a date or data by the strategy's closure; false for anything else.
  func encodeByClosure<T: Encodable>(
    _ value: T, _ kind: TypeKind, _ encoder: ValueEncoder
  ) throws -> Bool {
    switch kind {
    case .date:
      guard case .custom(let encode) = options.dateEncodingStrategy else { return false }
      try encode(unsafe unsafeBitCast(value, to: Date.self), encoder)
    case .data:
      guard case .custom(let encode) = options.dataEncodingStrategy else { return false }
      try encode(unsafe unsafeBitCast(value, to: Data.self), encoder)
    default: return false
    }
    return true
  }

  /// Writes a value that needs no encoder; false if it needs one.
  func writeLeaf<T: Encodable>(_ value: T, _ kind: TypeKind) throws(Refusal) -> Bool {
    // The kind says what type it is.
    switch kind {
    case .ordinary, .instance, .optional, .array, .dictionary, .set: return false
    case .bool: leaves.write(unsafe unsafeBitCast(value, to: Bool.self))
    case .string: leaves.write(unsafe unsafeBitCast(value, to: String.self))
    case .double: try leaves.write(unsafe unsafeBitCast(value, to: Double.self))
    case .float: try leaves.write(unsafe unsafeBitCast(value, to: Float.self))
    case .int: try leaves.write(unsafe unsafeBitCast(value, to: Int.self))
    case .int8: try leaves.write(unsafe unsafeBitCast(value, to: Int8.self))
    case .int16: try leaves.write(unsafe unsafeBitCast(value, to: Int16.self))
    case .int32: try leaves.write(unsafe unsafeBitCast(value, to: Int32.self))
    case .int64: try leaves.write(unsafe unsafeBitCast(value, to: Int64.self))
    case .int128: try leaves.write(unsafe unsafeBitCast(value, to: Int128.self))
    case .uint: try leaves.write(unsafe unsafeBitCast(value, to: UInt.self))
    case .uint8: try leaves.write(unsafe unsafeBitCast(value, to: UInt8.self))
    case .uint16: try leaves.write(unsafe unsafeBitCast(value, to: UInt16.self))
    case .uint32: try leaves.write(unsafe unsafeBitCast(value, to: UInt32.self))
    case .uint64: try leaves.write(unsafe unsafeBitCast(value, to: UInt64.self))
    case .uint128: try leaves.write(unsafe unsafeBitCast(value, to: UInt128.self))
    case .integers: try leaves.write(unsafe unsafeBitCast(value, to: [Int].self))
    case .doubles: try leaves.write(unsafe unsafeBitCast(value, to: [Double].self))
    case .strings: try leaves.write(unsafe unsafeBitCast(value, to: [String].self))
    case .date: return try leaves.write(unsafe unsafeBitCast(value, to: Date.self))
    case .data: return try leaves.write(unsafe unsafeBitCast(value, to: Data.self))
    case .url: leaves.write(unsafe unsafeBitCast(value, to: URL.self).absoluteString)
    case .decimal: leaves.write(unsafe unsafeBitCast(value, to: Decimal.self).description)
    case .cloneValue:
      guard let value = value as? any PassedValue else { return false }
      do throws(DataCloneError) {
        try leaves.write(value.passed)
      } catch {
        throw Refusal(error.message, error)
      }
    }
    return true
  }

  // MARK: - Names

  /// The name of a key by the strategy.
  @inline(__always)
  func name(_ key: some CodingKey, behind path: PathStack.Reference) -> String {
    convertsKeys ? convertedName(key, behind: path) : key.stringValue
  }

  private func convertedName(_ key: some CodingKey, behind path: PathStack.Reference) -> String {
    switch options.keyEncodingStrategy {
    case .useDefaultKeys: return key.stringValue
    case .convertToSnakeCase:
      if let known = convertedNames[key.stringValue] { return known }
      let name = SnakeCase.name(of: key.stringValue)
      convertedNames[key.stringValue] = name
      return name
    case .custom(let convert): return convert(codingPath(path) + [key]).stringValue
    }
  }

  // MARK: - Errors

  func tooDeep(_ value: Any, _ path: [any CodingKey]) -> EncodingError {
    let cause = DataCloneError(
      .limitExceeded("maximumDepth", options.maximumDepth),
      message: "Maximum call stack size exceeded", path: ClonePath(path.map(\.step)))
    return .invalidValue(
      value,
      EncodingError.Context(
        codingPath: path, debugDescription: cause.diagnosis, underlyingError: cause))
  }
}
