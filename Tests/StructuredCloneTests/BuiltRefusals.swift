import StructuredClone
import Testing

/// What cannot be cloned: V8's text, the place, and the bytes written until then.
struct BuiltRefusals: BuildsValues {
  static let cases = functions() + objects() + proxies() + nested()

  @Test(arguments: functions()) func `functions are refused as engines do`(_ built: BuiltCase)
    throws
  { try built.check() }
  @Test(arguments: objects()) func `objects are refused as engines do`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: proxies()) func `proxies are refused as engines do`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: nested()) func `nested are refused as engines do`(_ built: BuiltCase) throws {
    try built.check()
  }

  /// Functions, which are named by their source, and symbols.
  static func functions() -> [BuiltCase] {
    var table = BuiltTable("refusals")
    let sources: [(String, CloneString)] = [
      ("plain-1", "() => 1"),
      ("plain-x-x", "x => x"),
      ("plain-async-1", "async () => 1"),
      ("plain-function", "function () {}"),
      ("plain-function-foo-a-b-return-a-b", "function foo(a, b) { return a + b }"),
      ("plain-function-gen", "function* gen() {}"),
      ("plain-async-function-f", "async function f() {}"),
      ("plain-async-function-g", "async function* g() {}"),
      ("plain-class", "class {}"),
      ("plain-class-Foo-bar", "class Foo { bar() {} }"),
      ("plain-class-A-extends-Array", "class A extends Array {}"),
      ("plain-Math.max", "function max() { [native code] }"),
      ("plain-Object", "function Object() { [native code] }"),
      ("plain-Function", "function Function() { [native code] }"),
      ("plain-Array.prototype.map", "function map() { [native code] }"),
      ("bound-function", "function () { [native code] }"),
      ("method", "m() { return 1 }"),
      ("getter-function", "get a() { return 1 }"),
      ("function-with-comment", "function (/* nothing */) { return /* at all */ }"),
      ("function-multiline", "function () {\n  return 1\n}"),
      ("constructed-function", "function anonymous(a\n) {\nreturn a\n}"),
      ("global-this-function", "function eval() { [native code] }"),
    ]
    for (name, source) in sources { table.add(name, path: "$", function(source)) }
    table.add("plain-Symbol", path: "$", .uncloneable(CloneUncloneable(.symbol)))
    table.add("plain-Symbol-s", path: "$", symbol("s"))
    table.add("plain-Symbol.iterator", path: "$", symbol("Symbol.iterator"))
    table.add("plain-Symbol.for-k", path: "$", symbol("k"))
    table.add("plain-Object-Symbol-s", path: "$", refused("[object Symbol]"))
    table.add("symbol-two-byte", path: "$", symbol("\u{20ac}"))
    return table.cases
  }

  /// Objects with internal state; the texts of some changed over time.
  static func objects() -> [BuiltCase] {
    var table = BuiltTable("refusals")
    table.add("promise", path: "$", .uncloneable(CloneUncloneable(.promise)))
    table.add("promise-pending", path: "$", .uncloneable(CloneUncloneable(.promise)))
    table.add("weak-map", path: "$", .uncloneable(CloneUncloneable(.weakMap)))
    table.add("weak-set", path: "$", .uncloneable(CloneUncloneable(.weakSet)))
    table.add("weak-ref", path: "$", .uncloneable(CloneUncloneable(.weakRef)))
    table.add("generator", path: "$", .uncloneable(CloneUncloneable(.generator)))
    table.add("arguments", path: "$", .uncloneable(CloneUncloneable(.other)))
    table.add("arguments-strict", path: "$", .uncloneable(CloneUncloneable(.other)))

    let texts: [(String, CloneString)] = [
      ("finalization-registry", "#<FinalizationRegistry>"),
      ("async-generator", "[object AsyncGenerator]"),
      ("iterator-helper", "[object Iterator Helper]"),
      ("segmenter", "#<Segmenter>"),
      ("collator", "#<Collator>"),
      ("number-format", "#<NumberFormat>"),
      ("date-time-format", "#<DateTimeFormat>"),
      ("plural-rules", "#<PluralRules>"),
      ("locale", "[object Intl.Locale]"),
      ("list-format", "#<ListFormat>"),
      ("relative-time-format", "#<RelativeTimeFormat>"),
      ("display-names", "#<DisplayNames>"),
      ("wasm-memory-unshared", "#<Memory>"),
      ("wasm-table", "#<Table>"),
      ("wasm-global", "#<Global>"),
      ("wasm-instance", "#<Instance>"),
      ("unnamed-class-instance", "[object Arguments]"),
      ("renamed-promise", "[object Promise]"),
      ("tagged-promise", "#<Promise>"),
      ("promise-with-to-string", "[object Promise]"),
      ("promise-subclass", "#<Later>"),
      ("weak-map-subclass", "#<Registry>"),
      ("weak-map-null-prototype", "[object WeakMap]"),
      ("temporal-instant", "[object Temporal.Instant]"),
      ("disposable-stack", "#<DisposableStack>"),
    ]
    for (name, text) in texts { table.add(name, path: "$", refused(text)) }
    let iterators: [(String, CloneString)] = [
      ("array-iterator", "[object Array Iterator]"),
      ("map-iterator", "[object Map Iterator]"),
      ("set-iterator", "[object Set Iterator]"),
      ("string-iterator", "[object String Iterator]"),
      ("regexp-iterator", "[object RegExp String Iterator]"),
    ]
    for (name, text) in iterators {
      table.add(name, on: .before("node22"), path: "$", refused("#<Object>"))
      table.add(name, on: .since("node22"), path: "$", refused(text))
    }

    // Without an id Node writes nothing in a module's place.
    let module = CloneValue.wasmModule(CloneWasmModule(transferID: 0))
    table.add("wasm-module", on: .before("deno"), module)
    table.add("wasm-module", on: .only("v8-15.0"), namesTokens: true, module)
    table.add("wasm-module-in-array", on: .before("deno"), [module])
    table.add("wasm-module-in-array", on: .only("v8-15.0"), namesTokens: true, [module])

    // Functions that are no own enumerable properties do not matter.
    table.add("generator-prototype-object", [:])
    table.add("iterator-prototype", [:])
    table.add("date-with-function-property", date(0))
    table.add("map-with-function-property", map())
    table.add("object-with-symbol-function", ["a": 1])
    table.add("object-with-hidden-function", ["a": 1])
    return table.cases
  }

  /// V8 8.4 says only of what type the target is.
  static func proxies() -> [BuiltCase] {
    var table = BuiltTable("refusals")
    let proxies: [(name: String, old: CloneString, new: CloneString)] = [
      ("object", "[object Object]", "#<Object>"),
      ("array", "[object Object]", "[object Array]"),
      ("function", "[object Function]", "() => 1"),
      ("class-instance", "[object Object]", "#<Foo>"),
      ("map", "[object Object]", "#<Map>"),
      ("date", "[object Object]", "[object Date]"),
      ("error", "[object Object]", "Error: m"),
      ("proxy", "[object Object]", "[object Array]"),
      ("revoked", "[object Object]", "null"),
    ]
    for (name, old, new) in proxies {
      table.add("proxy-\(name)", on: .only("node14"), path: "$", refused(old, .proxy))
      table.add("proxy-\(name)", on: .since("node16"), path: "$", refused(new, .proxy))
    }
    table.add(
      "proxy-nested", on: .only("node14"), path: "$.a", ["a": refused("[object Object]", .proxy)])
    table.add(
      "proxy-nested", on: .since("node16"), path: "$.a",
      ["a": .uncloneable(CloneUncloneable(.proxy))])
    return table.cases
  }

  static func nested() -> [BuiltCase] {
    var table = BuiltTable("refusals")
    table.add("in-object", path: "$.f", ["a": 1, "f": function("f() {}")])
    table.add("in-object-last", path: "$.b.c[2]", ["a": 1, "b": ["c": [1, 2, function()]]])
    table.add("in-array", path: "$[1]", [1, function()])
    table.add("in-sparse-array", path: "$[2]", holey(1, nil, function()))
    var array: CloneValue = [1]
    array.array?.properties["f"] = function()
    table.add("in-array-property", path: "$.f", array)
    table.add("in-map-key", path: "$.key(0)", map((function(), 1)))
    table.add("in-map-value", path: "$.value(0)", map(("a", function())))
    table.add("in-set", path: "$.element(1)", set(1, symbol("s")))
    table.add(
      "in-error-cause", path: "$.cause", error(cause: .uncloneable(CloneUncloneable(.promise))))
    table.add("after-two-byte", path: "$[1]", ["\u{20ac}", symbol("s")])
    let seen = function()
    table.add("after-seen", path: "$[0]", [seen, seen])
    table.add("twice", path: "$[0][0]", [[symbol("a")], symbol("b")])
    table.add("symbol-property-value", path: "$.a", ["a": symbol("s")])
    table.add("boxed-symbol-in-object", path: "$.a", ["a": refused("[object Symbol]")])
    table.add(
      "array-of-functions", path: "$[0]",
      [function("function a() {}"), function("function b() {}")])
    table.add(
      "math-spread", path: "$.max", ["max": function("function max() { [native code] }")])
    return table.cases
  }
}
