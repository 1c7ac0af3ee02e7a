import StructuredClone
import Testing

/// Errors and their causes.
struct BuiltErrors: BuildsValues {
  static let cases = errors() + causes()

  @Test(arguments: errors()) func `errors as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: causes()) func `causes as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  static func errors() -> [BuiltCase] {
    var table = BuiltTable("errors")
    for name in CloneErrorObject.Name.allCases {
      table.add("\(name)", error(name))
      table.add("\(name)-stackless", error(name, stack: nil))
      table.add("\(name)-bare", error(name, nil, stack: nil))
      // Of the name only the class counts that V8 knows.
      table.add("named-\(name)", error(name, stack: nil))
    }
    for name in ["AggregateError", "DOMException", "toString", "empty", "error"] {
      table.add("named-\(name)", error(stack: nil))
    }
    table.add("no-message", error(.error, nil))
    table.add("empty-message", error(.error, ""))
    table.add("undefined-message", error(.error, nil))
    table.add("null-message", error(.error, "null"))
    table.add("number-message", error(.error, "42"))
    table.add("double-message", error(.error, "1.5"))
    table.add("bigint-message", error(.error, "5"))
    table.add("object-message", error(.error, "text"))
    table.add("array-message", error(.error, "1,2"))
    table.add("undefined-assigned-message", error(.error, "undefined"))
    table.add("enumerable-message", error())
    var messageless = error()
    messageless.error?.message = nil
    table.add("deleted-message", messageless)
    table.add("inherited-message", error(.error, nil))
    table.add("two-byte-message", error(.error, "\u{20ac}"))
    table.add("latin1-message", error(.error, "\u{e9}"))
    table.add("slice-message", error(.error, wide("abcdefghijklmnop")))
    table.add("long-message", error(.error, CloneString(String(repeating: "m", count: 130))))
    table.add("two-byte-stack", error(stack: "\u{20ac}"))
    table.add("empty-stack", error(stack: ""))
    table.add("number-stack", error(stack: nil))
    table.add("undefined-stack", error(stack: nil))
    table.add("object-stack", error(stack: nil))
    table.add("accessor-stack", error(stack: "got"))
    table.add("inherited-stack", error(stack: "up"))
    table.add("multiline-stack", error(stack: "Error: m\n    at f (file.js:1:1)"))
    var renamed = error()
    renamed.error?.name = .rangeError
    table.add("name-own", renamed)
    table.add("name-custom", error())
    table.add("name-object", error(.typeError))
    table.add("name-number", error())
    table.add("name-undefined", error())
    table.add("name-null", error())
    table.add("name-accessor", error(.uriError))
    table.add("subclass", error(.rangeError))
    table.add("subclass-named", error())
    table.add("prototype-changed", error(.typeError))
    table.add("null-prototype", error())
    table.add("aggregate", error())
    table.add("aggregate-cause", error(cause: 1))
    table.add("dom-exception-like", ["name": "DataCloneError", "message": "m", "code": 25])
    table.add("code", error())
    table.add("thrown", error(.typeError))
    table.add("frozen", error())
    let shared = error()
    table.add("repeated", [shared, shared])
    let object: CloneValue = [:]
    table.add("then-object", [error(), object, object])
    table.add("suppressed", error())
    table.add("in-object", ["error": error(.typeError)])
    let key = error(.typeError)
    table.add("in-map", map((key, key)))
    return table.cases
  }

  static func causes() -> [BuiltCase] {
    var table = BuiltTable("causes")
    for (name, value) in samples() { table.add("of-\(name)", error(cause: value)) }
    table.add("of-undefined", error(cause: .undefined))
    table.add("of-double", error(cause: 1.5))
    table.add("of-minus-zero", error(cause: -0.0))
    table.add("of-nan", error(cause: .number(.nan)))
    table.add("of-big-number", error(cause: 2_147_483_648))
    table.add("of-wide-slice", error(cause: .string(wide("abcdefghijklmnop"))))
    table.add("stackless-undefined", error(stack: nil, cause: .undefined))
    table.add("stackless-1", error(stack: nil, cause: 1))
    table.add("stackless-c", error(stack: nil, cause: "c"))
    table.add("stackless-a-1", error(stack: nil, cause: ["a": 1]))
    var assigned = error()
    assigned.error?.cause = "c"
    table.add("own-assigned", assigned)
    table.add("enumerable", error(cause: 1))
    table.add("accessor", error())
    table.add("inherited", error())
    let innermost = error(.error, "m3", stack: "S3", cause: .some(.null))
    let inner = error(.error, "m2", stack: "S2", cause: innermost)
    table.add("nested", error(.error, "m1", stack: "S1", cause: inner))
    table.add(
      "nested-types",
      error(.typeError, "b", stack: "B", cause: error(.rangeError, "a", stack: "A")))
    table.add("two-byte", error(cause: "\u{20ac}"))
    table.add("function", path: "$.cause", error(cause: function()))
    table.add("symbol", path: "$.cause", error(cause: symbol("s")))
    let object: CloneValue = [:]
    table.add("shared", [error(cause: object), object])
    table.add("seen-before", [object, error(cause: object)])
    table.add(
      "same-for-two", [error(.error, "a", cause: object), error(.error, "b", cause: object)])
    table.add("options-without", error())
    table.add("no-message", error(.error, nil, cause: 1))
    return table.cases
  }
}
