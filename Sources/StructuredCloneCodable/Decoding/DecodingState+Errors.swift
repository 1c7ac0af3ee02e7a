import StructuredClone

/// Errors, with the coding path and where in the bytes the value is.
extension DecodingState {
  func error(
    _ mismatch: Mismatch, at position: Position, _ path: [any CodingKey]
  ) -> DecodingError {
    let found = kindName(of: cell(at: position))
    // Where the payload is none, nothing else is wrong.
    if let failure { return failure }
    switch mismatch {
    case .type(let type):
      return .typeMismatch(
        type, context(.unexpectedValue(expected: "\(type)", found: found), position, path))
    case .noValue(let type):
      return .valueNotFound(
        type, context(.unexpectedValue(expected: "\(type)", found: found), position, path))
    case .corrupted(let text):
      return .dataCorrupted(context(.invalidValue(text), position, path))
    case .other:
      return .dataCorrupted(context(.invalidValue("it cannot be read"), position, path))
    case .limit(let name, let limit):
      return .dataCorrupted(context(.limitExceeded(name, limit), position, path))
    }
  }

  func missingKey(
    _ key: some CodingKey, inObjectAt position: Position, _ path: [any CodingKey]
  ) -> DecodingError {
    failure ?? .keyNotFound(key, context(.missingKey(key.stringValue), position, path))
  }

  func atEnd(
    _ type: any Any.Type, _ container: Position, _ path: [any CodingKey], _ index: Int
  ) -> DecodingError {
    failure
      ?? .valueNotFound(
        type,
        context(
          .invalidValue("there are only \(index) elements"), container,
          path + [CloneCodingKey.index(index)]))
  }

  private func context(
    _ reason: CloneDecodingError.Reason, _ position: Position, _ path: [any CodingKey]
  ) -> DecodingError.Context {
    let error = CloneDecodingError(
      reason, offset: offset(of: position), path: ClonePath(path.map(\.step)))
    return DecodingError.Context(
      codingPath: path, debugDescription: error.diagnosis, underlyingError: error)
  }

  /// What a cell is, for people.
  private func kindName(of cell: Cell) -> String {
    switch reader.value(of: cell) {
    case .undefined: "undefined"
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .bigint: "a BigInt"
    case .string: "a string"
    case .object: "an object"
    case .array: "an array"
    case .map: "a Map"
    case .set: "a Set"
    case .date: "a Date"
    case .regExp: "a RegExp"
    case .boxedPrimitive: "a boxed primitive"
    case .error: "an Error"
    case .arrayBuffer: "an ArrayBuffer"
    case .sharedArrayBuffer: "a SharedArrayBuffer"
    case .arrayBufferView(let view): "a \(view.kind)"
    case .hostObject(let object): "a \(object.interface)"
    case .wasmModule: "a WebAssembly.Module"
    case .wasmMemory: "a WebAssembly.Memory"
    case .sharedObject: "a shared object"
    case .uncloneable: "something that cannot be cloned"
    }
  }
}

extension CodingKey {
  /// The step that the key is in a value.
  var step: ClonePath.Step {
    if case .index(let index) = self as? CloneCodingKey { return .element(index) }
    return .property(ClonePropertyKey(stringValue))
  }
}

extension DecodingState {
  /// Where a value is in the bytes; 0 if there are none.
  private func offset(of position: Position) -> Int {
    guard Int(position) >= content.cellCount,
      let offset = DecodingState.offset(inSequence: position)
    else { return offsets[Int(position)] }
    return offsets[Int(graphPosition(ofValueAt: offset))]
  }
}
