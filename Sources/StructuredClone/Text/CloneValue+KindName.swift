extension CloneValue {
  /// The kind of a value as people call it.
  package var kindName: String {
    switch self {
    case .undefined: "undefined"
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .bigint: "bigint"
    case .string: "string"
    case .object: "Object"
    case .array: "Array"
    case .map: "Map"
    case .set: "Set"
    case .date: "Date"
    case .regExp: "RegExp"
    case .boxedPrimitive(let box):
      switch box.primitive {
      case .boolean: "Boolean"
      case .number: "Number"
      case .string: "String"
      default: "BigInt"
      }
    case .error(let error): "\(error.name)"
    case .arrayBuffer: "ArrayBuffer"
    case .sharedArrayBuffer: "SharedArrayBuffer"
    case .arrayBufferView(let view): "\(view.kind)"
    case .hostObject: "host object"
    case .wasmModule: "WebAssembly.Module"
    case .wasmMemory: "WebAssembly.Memory"
    case .sharedObject: "shared object"
    case .uncloneable: "uncloneable"
    }
  }
}
