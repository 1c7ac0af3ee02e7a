import StructuredClone

/// What stands behind `$` in the lossless form: Documentation/JSON.md has the list.
enum LosslessKind: Hashable {
  // Primitives that JSON does not have, by their `typeof`.
  case undefined, bigint, number, string
  /// An element that is not there.
  case hole
  /// Another mention of an object.
  case reference
  /// The layout of a payload around its value.
  case payload
  // Objects, by their classes.
  case object, array, sparseArray, map, set, date, regExp, error, boxedPrimitive
  case arrayBuffer, sharedArrayBuffer
  case view(CloneArrayBufferView.Kind)
  case hostObject, wasmModule, wasmMemory, sharedObject, uncloneable

  private static let names: [(name: String, kind: LosslessKind)] =
    [
      ("undefined", .undefined), ("bigint", .bigint), ("number", .number), ("string", .string),
      ("hole", .hole), ("ref", .reference), ("payload", .payload), ("Object", .object),
      ("Array", .array), ("SparseArray", .sparseArray), ("Map", .map), ("Set", .set),
      ("Date", .date), ("RegExp", .regExp), ("Error", .error),
      ("BoxedPrimitive", .boxedPrimitive), ("ArrayBuffer", .arrayBuffer),
      ("SharedArrayBuffer", .sharedArrayBuffer), ("HostObject", .hostObject),
      ("WebAssembly.Module", .wasmModule), ("WebAssembly.Memory", .wasmMemory),
      ("SharedObject", .sharedObject), ("Uncloneable", .uncloneable),
    ] + CloneArrayBufferView.Kind.allCases.map { ($0.description, .view($0)) }

  /// All kinds.
  static let all = names.map(\.kind)

  private static let kindsByName = Dictionary(
    uniqueKeysWithValues: names.map { ($0.name, $0.kind) })
  private static let namesByKind = Dictionary(
    uniqueKeysWithValues: names.map { ($0.kind, $0.name) })

  init?(name: String) {
    guard let kind = LosslessKind.kindsByName[name] else { return nil }
    self = kind
  }

  /// The text behind `$`.
  var name: String { LosslessKind.namesByKind[self] ?? "" }

  /// Whether it is an object, which can have an id.
  var isReceiver: Bool {
    switch self {
    case .undefined, .bigint, .number, .string, .hole, .reference, .payload: false
    default: true
    }
  }

  /// The members it may have, besides the `id` of an object.
  var members: Set<LosslessMember> {
    switch self {
    case .undefined, .hole: []
    case .bigint, .boxedPrimitive: [.value]
    case .number: [.value, .bits]
    case .string: [.value, .twoByte]
    case .reference: [.id]
    case .payload: [.version, .stackBeforeCause, .viewFlags, .value]
    case .object: [.properties]
    case .array: [.elements, .properties]
    case .sparseArray: [.length, .properties]
    case .map: [.entries]
    case .set: [.values]
    case .date: [.time]
    case .regExp: [.source, .flags]
    case .error: [.name, .message, .stack, .cause]
    case .arrayBuffer: [.base64, .maxByteLength, .immutable, .detached]
    case .sharedArrayBuffer: [.cloneID, .byteLength, .maxByteLength, .wasmMemory]
    case .view: [.buffer, .byteOffset, .byteLength, .flags]
    case .hostObject: [.interface, .layout, .payload]
    case .wasmModule: [.transferID]
    case .wasmMemory: [.buffer, .maximumPages, .memory64]
    case .sharedObject: [.index]
    case .uncloneable: [.reason, .description]
    }
  }
}
