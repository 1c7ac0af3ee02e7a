import Workloads

/// What is counted: an operation on a payload.
struct Subject: Hashable {
  /// The name of a `Workloads.Operation`.
  let operation: String
  let payload: String

  /// Enough of them that every loop of reader and writer counts in one.
  static let all = [
    (
      "decode",
      [
        "objs10k", "tree", "int100k", "dbl100k", "map1k", "ipc", "twitter", "rows5k", "keys20k",
        "sparse1M", "regexps10k", "deep", "mapObjectKeys10k", "references10k", "dates10k",
        "bigints50k", "strings100k", "maps64",
      ]
    ),
    ("decodeWarm", ["ipc", "twitter"]),
    ("decodeVisit", ["objs10k", "map1k"]),
    ("encode", ["objs10k", "ipc", "twitter", "errors1k", "references10k"]),
    ("encodeInto", ["ipc"]),
    ("encodeBuilt", ["objs10k", "bigints50k"]),
    ("literalEncode", ["literal"]),
    ("frameDecode", ["message1k"]),
    ("frameEncode", ["message1k"]),
  ].flatMap { operation, payloads in
    payloads.map { Subject(operation: operation, payload: $0) }
  }
}
