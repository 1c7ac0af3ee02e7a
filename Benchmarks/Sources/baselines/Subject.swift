import Workloads

/// What is counted: an operation on a payload.
struct Subject: Hashable {
  /// The name of a `Workloads.Operation`.
  let operation: String
  let payload: String

  /// Enough of them that every loop of reader and writer counts in one.
  static let all =
    ["objs10k", "tree", "int100k", "dbl100k", "map1k", "ipc", "twitter", "rows5k"].map {
      Subject(operation: "decode", payload: $0)
    } + [
      Subject(operation: "decode", payload: "keys20k"),
      Subject(operation: "decode", payload: "sparse1M"),
      Subject(operation: "decode", payload: "regexps10k"),
      Subject(operation: "decode", payload: "deep"),
      Subject(operation: "decode", payload: "mapObjectKeys10k"),
      Subject(operation: "decodeWarm", payload: "ipc"),
      Subject(operation: "decodeWarm", payload: "twitter"),
      Subject(operation: "decodeVisit", payload: "objs10k"),
      Subject(operation: "decodeVisit", payload: "map1k"),
      Subject(operation: "encode", payload: "objs10k"),
      Subject(operation: "encode", payload: "ipc"),
      Subject(operation: "encode", payload: "twitter"),
      Subject(operation: "encode", payload: "errors1k"),
      Subject(operation: "encode", payload: "references10k"),
      Subject(operation: "encodeInto", payload: "ipc"),
      Subject(operation: "encodeBuilt", payload: "objs10k"),
      Subject(operation: "encodeBuilt", payload: "bigints50k"),
      Subject(operation: "literalEncode", payload: "literal"),
      Subject(operation: "frameDecode", payload: "message1k"),
      Subject(operation: "frameEncode", payload: "message1k"),
    ]
}
