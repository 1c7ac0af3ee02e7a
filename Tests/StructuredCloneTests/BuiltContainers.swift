import StructuredClone
import Testing

/// Objects, arrays, maps, sets, and what is nested in them.
struct BuiltContainers: BuildsValues {
  static let cases =
    objects() + arrays() + maps() + sets() + nested() + identity() + representation() + getters()

  @Test(arguments: objects()) func `objects as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: arrays()) func `arrays as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: maps()) func `maps as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: sets()) func `sets as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: nested()) func `nested as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: identity()) func `identity as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: representation()) func `representation as engines write them`(_ built: BuiltCase)
    throws
  {
    try built.check()
  }
  @Test(arguments: getters()) func `getters as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  static func objects() -> [BuiltCase] {
    var table = BuiltTable("objects")
    table.add("empty", [:])
    table.add("one", ["a": 1])
    table.add(
      "mixed",
      [
        "a": 1, "b": "x", "c": nil, "d": .undefined, "e": true, "f": false, "g": 1.5, "h": -0.0,
      ])

    let indexLike: [(String, ClonePropertyKey)] = [
      ("0-0", "0"), ("1-00", "00"), ("2-01", "01"), ("3-1", "1"), ("4-minus-0", "-0"),
      ("5-minus-1", "-1"), ("6-1.0", "1.0"), ("7-1.5", "1.5"), ("8-1", "+1"), ("9-1", " 1"),
      ("10-1e3", "1e3"), ("11-1000", "1000"), ("12-10", "10"), ("13-1073741823", "1073741823"),
      ("14-1073741824", "1073741824"), ("15-2147483646", "2147483646"),
      ("16-2147483647", "2147483647"), ("17-2147483648", "2147483648"),
      ("18-4294967293", "4294967293"), ("19-4294967294", "4294967294"),
      ("20-4294967295", "4294967295"), ("21-4294967296", "4294967296"),
      ("22-9007199254740991", "9007199254740991"), ("23-9007199254740992", "9007199254740992"),
      ("24-18446744073709551616", "18446744073709551616"), ("25-1e21", "1e21"),
      ("26-1e-21", "1e+21"), ("27-NaN", "NaN"), ("28-Infinity", "Infinity"),
      ("29-minus-Infinity", "-Infinity"), ("30-null", "null"), ("31-undefined", "undefined"),
      ("32-true", "true"), ("33-empty", ""),
    ]
    for (name, key) in indexLike { table.add("index-like-\(name)", [key: 1]) }
    let names: [ClonePropertyKey] = [
      "a", "ab", "_", "$", "constructor", "toString", "valueOf", "hasOwnProperty",
      "__defineGetter__", "prototype", "length", "name", "then", "toJSON", "get", "a b", "a.b",
      "\0", "\u{e9}", "\u{20ac}", "\u{1f600}", ClonePropertyKey(CloneString(utf16: [0xD800])),
    ]
    for (number, key) in names.enumerated() { table.add("named-\(number)", [key: 1]) }

    table.add("computed-minus-zero", [0: 1])
    table.add("computed-number", ["1.5": 1, "1e+21": 2, "NaN": 3])
    table.add("order", ["b": 1, 2: 2, "a": 3, 1: 4])
    table.add(
      "order-of-edges",
      [
        4_294_967_295: 1, 4_294_967_294: 2, 2_147_483_648: 3, 2_147_483_647: 4, "x": 5, -1: 6,
        0: 7,
      ])
    var deleted: CloneValue = ["a": 1, "b": 2, "c": 3]
    deleted.object?.removeValue(forKey: "a")
    deleted.object?["a"] = 4
    table.add("order-after-delete", deleted)
    table.add("order-many-indices", [9: 0, 10: 1, 1: 2, 100: 3, 2: 4])
    table.add(
      "order-descending-big", [3_000_000_000: 1, 2_000_000_000: 2, 1_000_000_000: 3])
    table.add("proto-own", ["__proto__": [:]])
    table.add("proto-own-json", ["__proto__": 1, "a": 2])
    table.add("proto-set", ["own": 2])
    table.add("null-prototype", ["a": 1])
    table.add("null-prototype-literal", ["a": 1])
    table.add("inherited", ["b": 2])
    table.add("non-enumerable", ["a": 1])
    table.add("non-enumerable-index", [0: 1])
    table.add("read-only", ["a": 1])
    table.add("symbol-key", ["a": 2])
    table.add("frozen", ["a": 1, 0: 2])
    table.add("sealed", ["a": 1])
    table.add("not-extensible", ["a": 1])
    table.add("class-instance", ["x": 1])
    table.add("subclass-instance", ["a": 1, "b": 2])
    table.add("function-instance", ["a": 1])
    let plain = [
      "math", "json", "reflect", "atomics", "object-prototype", "date-prototype", "map-prototype",
      "regexp-prototype", "promise-prototype", "error-prototype", "array-prototype-child",
    ]
    for name in plain { table.add(name, .object(CloneObject())) }
    table.add("tagged", ["a": 1])
    table.add("to-json", ["toJSON": .undefined, "a": 1])
    table.add("array-like", ["length": 2, 0: "a", 1: "b"])
    let pairs: [(ClonePropertyKey, CloneValue)] = [("a", 1), ("b", 2)]
    table.add("from-entries", .object(CloneObject(pairs)))
    var assigned: CloneValue = [:]
    assigned.object?["a"] = 1
    assigned.object?["b"] = 2
    table.add("assigned", assigned)
    let repeated: [(ClonePropertyKey, CloneValue)] = [("a", 1), (0, 2), (0, "x"), (1, "y")]
    table.add("spread", .object(CloneObject(repeated)))
    table.add("groups", ["year": "2024"])
    table.add(
      "property-descriptor",
      ["value": 1, "writable": true, "enumerable": true, "configurable": true])
    table.add("iterator-result", ["value": 1, "done": false])
    table.add("template-keys", ["a1": 1, "b2": 2])
    var manyNames = CloneObject()
    var manyIndices = CloneObject()
    for number in 0..<130 {
      manyNames["k\(number)"] = .number(Double(number))
      manyIndices[ClonePropertyKey(number)] = .number(Double(number))
    }
    table.add("many-names", .object(manyNames))
    table.add("many-indices", .object(manyIndices))
    var manyIndicesDownwards = CloneObject()
    for number in (0..<130).reversed() {
      manyIndicesDownwards[ClonePropertyKey(number)] = .number(Double(number))
    }
    table.add("many-indices", .object(manyIndicesDownwards))
    table.add("same-name-one-byte", [["abc": 1], ["abc": 2]])

    // V8 15.0 narrows names, older ones take the first string that was used as this name.
    let slice = ClonePropertyKey(wide("abcdefghijklmnop"))
    table.add("name-of-slice", on: .before("deno"), [slice: 1])
    table.add("name-of-slice", on: .since("deno"), ["abcdefghijklmnop": 1])
    table.add(
      "name-of-slice-interned-before", ["abcdefghijklmnop": 0, "o": ["abcdefghijklmnop": 1]])
    table.add("name-used-as-value", on: .before("deno"), [slice: .string(slice.name)])
    table.add(
      "name-used-as-value", on: .since("deno"), ["abcdefghijklmnop": "abcdefghijklmnop"])

    var dictionary = CloneObject()
    for number in 0..<30 { dictionary["k\(number)"] = .number(Double(number)) }
    for number in 0..<28 { dictionary.removeValue(forKey: ClonePropertyKey("k\(number)")) }
    table.add("dictionary-mode", .object(dictionary))
    var emptied: CloneValue = ["a": 1]
    emptied.object?.removeValue(forKey: "a")
    table.add("empty-after-delete", emptied)
    table.add("value-undefined", ["a": .undefined])
    var undefined = CloneObject()
    undefined.updateValue(.undefined, forKey: "a")
    table.add("value-undefined", .object(undefined))
    table.add("long-name", [ClonePropertyKey(String(repeating: "k", count: 130)): 1])
    table.add("nested-empty", ["a": [:], "b": ["c": [:]]])
    table.add("new-object-of-array", [1])
    table.add("global-enumerable-copy", ["a": 1])
    return table.cases
  }

  static func arrays() -> [BuiltCase] {
    var table = BuiltTable("arrays")
    arrayLiterals(&table)
    arrayMethods(&table)
    arrayChanges(&table)
    arrayProperties(&table)
    return table.cases
  }

  private static func arrayLiterals(_ table: inout BuiltTable) {
    table.add("empty", [])
    table.add("one", [1])
    table.add("smalls", [1, 2, 3])
    table.add("mixed", [1, "a", nil, .undefined, true, 1.5])
    // From V8 15.0 on `undefined` in a literal of numbers is a hole that reads as undefined.
    table.add("undefined", on: .before("deno"), [.undefined])
    table.add("undefined", on: .since("deno"), holey(.undefined))
    table.add("undefined-after", on: .before("deno"), [1, .undefined])
    table.add("undefined-after", on: .since("deno"), holey(1, .undefined))
    table.add("null", [nil])
    table.add("strings", ["a", "b"])
    table.add("nested", [[], [[]], [[1]]])
    table.add("elision", holey(nil))
    table.add("elision-first", holey(nil, 1))
    table.add("elision-middle", holey(1, nil, 2))
    table.add("elision-last", holey(1, nil))
    table.add("elisions-only", holey(nil, nil, nil))
    for count in [0, 1, 2, 5, 127, 128, 16383, 16384, 100_000, 33_554_433, 4_294_967_295] {
      table.add("new-\(count)", .array(CloneArray(count: count)))
    }
    table.add("new-elements", [1, 2])
    table.add("new-string", ["3"])
    table.add("booleans", [true, false, true])
    table.add("bigints", [.bigint(1), .bigint(2)])
    table.add("minus-zero", [-0.0])
    table.add("minus-zero", .array(CloneArray(numbers: [-0.0])))
    table.add("nan", [.number(.nan)])
    table.add("nan", .array(CloneArray(numbers: [.nan])))
    for count in [127, 128] {
      let nulls = [CloneValue](repeating: nil, count: count)
      table.add("length-\(count)", on: .before("node20"), .array(CloneArray(holey: nulls)))
      table.add("length-\(count)", on: .since("node20"), CloneValue(nulls))
    }
    table.add("holey-objects", holey([:], nil, [:]))
    table.add("holey-undefined", holey(.undefined, nil, .undefined))
    table.add("hole-through-prototype", holey(1, nil, 3))
    table.add("object-keys", ["a", "b"])
    table.add("object-keys-empty", [])
    table.add("object-entries", holey(["a", 1]))
    table.add("own-names", ["0", "length"])
    table.add("rest-arguments", [1, 2])
    table.add("rest-arguments-empty", [])
    table.add("destructured-rest", [2, 3])
    table.add("array-from-arguments", holey(1, 2))
  }

  /// What methods answer; the older the engine, the more often it is holey.
  private static func arrayMethods(_ table: inout BuiltTable) {
    table.add("of", on: .before("node20"), holey(3))
    table.add("of", on: .since("node20"), [3])
    table.add("of-two", on: .before("node20"), holey(1, "a"))
    table.add("of-two", on: .since("node20"), [1, "a"])
    let three: CloneValue = [.undefined, .undefined, .undefined]
    table.add("from-length", on: .only("node20", "node22", "node24"), three)
    table.add(
      "from-length", on: .only("node14", "node16", "node18", "deno", "v8-15.0"),
      holey(.undefined, .undefined, .undefined))
    table.add("from-length-mapped", on: .before("node20"), holey(0, 1, 2))
    table.add("from-length-mapped", on: .since("node20"), [0, 1, 2])
    table.add("from-string", ["a", "b", "c"])
    table.add("from-holey", [1, .undefined, 3])
    table.add("from-set", CloneValue(CloneSet([1, 2])))
    table.add("spread-holey", CloneValue(CloneArray(holey: [1, nil, 3]).elements))
    table.add("spread-string", CloneValue("ab".map { CloneValue(String($0)) }))
    table.add("spread-map", [[1, 2]])
    table.add("fill", on: .before("node24"), holey(0, 0, 0))
    table.add("fill", on: .since("node24"), [0, 0, 0])
    table.add("fill-string", on: .before("node24"), holey("a", "a", "a"))
    table.add("fill-string", on: .since("node24"), ["a", "a", "a"])
    table.add("fill-map", [0, 1, 2])
    table.add("keys", .array(CloneArray(numbers: (0..<3).map(Double.init))))
    table.add("json", [1, [2], [:]])
    table.add("json-empty", [])
    table.add("mapped", CloneValue([1, 2].map { CloneValue(Double($0 + 1)) }))
    table.add("mapped-holey", holey(1, nil, 2))
    table.add("filtered", [2, 3])
    table.add("filtered-holey", holey(1, 2))
    table.add("sliced", [2, 3])
    table.add("sliced-holey", holey(1))
    table.add("spliced", [1, 3])
    table.add("spliced-out", [1, 2])
    table.add("concatenated", holey(1, 2, 3))
    table.add("concatenated-holey", holey(1, nil, 2))
    table.add("flattened", on: .before("deno"), holey(1, 2))
    table.add("flattened", on: .since("deno"), [1, 2])
    table.add("flat-mapped", holey(1, 1, 2, 2))
    table.add("reversed", [3, 2, 1])
    table.add("sorted", ["a", "b"])
    table.add("split", ["a", "b"])
    table.add("match-global", on: .before("node24"), ["b", "b"])
    table.add("match-global", on: .since("node24"), holey("b", "b"))
    table.add("to-sorted", [1, 2])
    table.add("with", [5, 1])
    table.add("to-spliced", [1, 3])
    table.add("to-reversed", [3, .undefined, 1])
    table.add("grouped", ["odd": [1, 3], "even": [2]])
    table.add("copied-within", [2, 3, 3])
    table.add("iterator-to-array", [2, 4])
    table.add("template-strings", holey("a", "b"))
    table.add("frozen", holey(1, 2))
    table.add("frozen-empty", holey())
    table.add("frozen-strings", holey("a", [:]))
    table.add("frozen-doubles", holey(1.5, 2))
    table.add("sealed", holey(1, 2))
    table.add("not-extensible", holey(1, 2))
    table.add("subclass", [1, 2])
    table.add("subclass-empty", [])
    table.add("prototype-changed", [1])
    table.add("array-prototype", holey())
  }

  /// Arrays that were changed after they were made.
  private static func arrayChanges(_ table: inout BuiltTable) {
    var pushed: CloneValue = []
    pushed.array?.append(1)
    pushed.array?.append(2)
    table.add("pushed", pushed)
    var popped: CloneValue = [1, 2]
    popped.array?.popLast()
    table.add("popped", popped)
    table.add("shifted", [2])
    table.add("unshifted", [0, 1, 2])
    var cut: CloneValue = [1, 2]
    cut.array?.count = 0
    table.add("length-zero", cut)
    cut.array?.append(5)
    table.add("length-zero-pushed", cut)
    var shortened: CloneValue = [1, 2, 3]
    shortened.array?.count = 1
    table.add("length-shortened", shortened)
    var raised: CloneValue = [1]
    raised.array?.count = 3
    table.add("length-raised", raised)
    var filled: CloneValue = [1]
    filled.array?.count = 2
    filled.array?[1] = 2
    table.add("length-raised-filled", filled)
    var atEnd: CloneValue = [1]
    atEnd.array?[1] = 2
    table.add("assigned-at-end", atEnd)
    var pastEnd: CloneValue = [1]
    pastEnd.array?[3] = 2
    table.add("assigned-past-end", pastEnd)
    var far: CloneValue = []
    far.array?[5000] = 1
    table.add("assigned-far", far)
    var veryFar: CloneValue = []
    veryFar.array?[100_000_000] = 1
    table.add("assigned-very-far", veryFar)
    var last: CloneValue = []
    last.array?[4_294_967_294] = 1
    table.add("assigned-last-index", last)
    var noIndex: CloneValue = []
    noIndex.array?[4_294_967_295] = 1
    table.add("assigned-not-an-index", noIndex)
    var around: CloneValue = []
    around.array?[2_147_483_648] = 1
    around.array?[2_147_483_647] = 2
    table.add("assigned-2-to-31", around)
    var deleted: CloneValue = [1, 2, 3]
    deleted.array?.removeElement(at: 1)
    table.add("deleted", deleted)
    var deletedLast: CloneValue = [1, 2]
    deletedLast.array?.removeElement(at: 1)
    table.add("deleted-last", deletedLast)
    var refilled: CloneValue = [1, 2]
    refilled.array?.removeElement(at: 0)
    refilled.array?[0] = 1
    table.add("deleted-refilled", refilled)
  }

  private static func array(
    _ elements: CloneValue, _ properties: [(ClonePropertyKey, CloneValue)]
  ) -> CloneValue {
    var array = elements
    for (key, value) in properties { array.array?.properties[key] = value }
    return array
  }

  private static func arrayProperties(_ table: inout BuiltTable) {
    table.add("property", array([1], [("p", "q")]))
    table.add("property-on-empty", array([], [("p", 1)]))
    table.add("property-on-holey", array(holey(nil, 1), [("p", 1)]))
    table.add(
      "properties", array([1, 2], [("b", 1), ("a", 2), ("-1", 3), ("01", 4), ("1.5", 5)]))
    table.add("property-two-byte", array([1], [("\u{20ac}", "\u{20ac}")]))
    table.add("property-hidden", [1])
    table.add("property-symbol", [1])
    table.add("property-length-like", array([1], [("4294967295", 2), ("4294967296", 3)]))
    table.add("property-proto", array([1], [("__proto__", 2)]))
    table.add("subclass-fields", array([], [("p", 1)]))
    table.add("last-index-property", array([1, 2], [("index", 0)]))
    table.add(
      "match", array(holey("b"), [("index", 1), ("input", "abc"), ("groups", .undefined)]))
    // V8 8.4 keeps the name of a group in two bytes.
    let group = ClonePropertyKey(wide("x"))
    table.add(
      "match-groups", on: .only("node14"),
      array(holey("b", "b"), [("index", 1), ("input", "abc"), ("groups", [group: "b"])]))
    table.add(
      "match-groups", on: .since("node16"),
      array(holey("b", "b"), [("index", 1), ("input", "abc"), ("groups", ["x": "b"])]))
    table.add(
      "match-optional-group",
      array(
        holey("b", .undefined, "b"), [("index", 0), ("input", "b"), ("groups", .undefined)]))
  }

  static func maps() -> [BuiltCase] {
    var table = BuiltTable("maps")
    table.add("empty", map())
    for (name, value) in samples() {
      table.add("key-\(name)", map((value, 1)))
      table.add("value-\(name)", map((1, value)))
    }
    table.add("key-undefined", on: .before("deno"), map((.undefined, 1)))
    table.add("value-undefined", on: .before("deno"), map((1, .undefined)))
    let slice = CloneValue.string(wide("abcdefghijklmnop"))
    table.add("key-wide-slice", on: .before("deno"), map((slice, 1)))
    table.add("key-wide-slice", on: .since("deno"), map(("abcdefghijklmnop", 1)))
    table.add("value-wide-slice", map((1, slice)))
    table.add("order", map(("b", 1), ("a", 2), (1, 3), (0, 4)))
    var deleted = map((1, 1), (2, 2), (3, 3))
    deleted.map?.removeValue(forKey: 1)
    deleted.map?[1] = 4
    table.add("order-after-delete", deleted)
    table.add("overwritten", map((1, 1), (2, 2), (1, 3)))
    table.add("nested", map((map((1, 2)), map((3, 4)))))
    table.add("properties-dropped", map((1, 2)))
    table.add("subclass", map((1, 2)))
    var cleared = map((1, 2))
    cleared.map?.removeValue(forKey: 1)
    table.add("cleared", cleared)
    let pairs: [(CloneValue, CloneValue)] = (0..<70).map { (.number(Double($0)), nil) }
    table.add("many", .map(CloneMap(pairs)))
    table.add("iterator-overridden", map((1, 2)))
    let object: CloneValue = [:]
    table.add("same-object-key-and-value", map((object, object)))
    table.add("group-by", map((1, [1, 3]), (0, [2])))
    return table.cases
  }

  static func sets() -> [BuiltCase] {
    var table = BuiltTable("sets")
    table.add("empty", set())
    for (name, value) in samples() { table.add("element-\(name)", set(value)) }
    table.add("element-undefined", set(.undefined))
    table.add("element-double", set(1.5))
    table.add("element-nan", set(.number(.nan)))
    table.add("element-big-number", set(2_147_483_648))
    table.add("element-minus-zero", set(-0.0))
    let slice = CloneValue.string(wide("abcdefghijklmnop"))
    table.add("element-wide-slice", on: .before("deno"), set(slice))
    table.add("element-wide-slice", on: .since("deno"), set("abcdefghijklmnop"))
    table.add("order", set("b", "a", 1, 0))
    var deleted = set(1, 2, 3)
    deleted.set?.remove(1)
    deleted.set?.insert(1)
    table.add("order-after-delete", deleted)
    table.add("repeated", set(1, 1, 2))
    table.add("both-zeros", set(0, -0.0))
    table.add("nested", set(set(set())))
    table.add("mixed", set(1, "1", .bigint(1), true, nil, .undefined, .number(.nan)))
    table.add("properties-dropped", set(1))
    table.add("subclass", set(1))
    table.add("of-string", .set(CloneSet("hello".map { CloneValue(String($0)) })))
    table.add("many", .set(CloneSet((0..<130).map { .number(Double($0)) })))
    table.add("union", set(1, 2))
    return table.cases
  }

  static func nested() -> [BuiltCase] {
    var table = BuiltTable("nested")
    table.add("deep-objects", (0..<40).reduce(0) { inner, _ in ["a": inner] })
    table.add("deep-arrays", (0..<40).reduce(0) { inner, _ in [inner] })
    table.add("deep-maps", (0..<20).reduce(0) { inner, _ in map((1, inner)) })
    table.add("deep-sets", (0..<20).reduce(0) { inner, _ in set(inner) })
    let record: CloneValue = [
      "id": 7, "name": "caf\u{e9}", "price": 9.99, "tags": ["a", "\u{20ac}"], "when": date(1e12),
      "extra": map(("k", set(1, 2))), "big": .bigint(123), "none": nil,
    ]
    table.add("record", record)
    table.add("rows-of-smalls", [["id": 1, "v": 1], ["id": 2, "v": 2], ["id": 3, "v": 3]])
    let everyKind: [CloneValue] = [
      1, -0.0, .bigint(1), "s", "\u{20ac}", [:], [], holey(nil), map(), set(), date(0),
      regExp("x", .global), boxed(1), boxed("s"), boxed(true), boxed(.bigint(1)),
      .arrayBuffer(zeros(1)), viewing(.uint8, zeros(1)),
    ]
    table.add("every-kind", CloneValue(everyKind))
    table.add(
      "tree",
      ["left": ["left": nil, "right": ["v": 1]], "right": ["left": ["v": 2], "right": nil]])
    table.add(
      "message",
      ["type": "log", "args": [["a", ["b": [1, 2, ["c": nil]]]]], "time": 1_700_000_000_000])
    // V8 10.2 parses JSON text that has a two-byte character into two-byte strings.
    func document(_ text: CloneString) -> CloneValue {
      [
        "a": [1, 2.5, ["b": .string(text)]], "d": ["e": [], "f": [:]], "g": "\u{20ac}",
      ]
    }
    table.add("json-document", on: .only("node18"), document(wide("c")))
    table.add(
      "json-document",
      on: .only("node14", "node16", "node20", "node22", "node24", "deno", "v8-15.0"),
      document("c"))
    return table.cases
  }

  static func identity() -> [BuiltCase] {
    var table = BuiltTable("identity")
    let object: CloneValue = [:]
    table.add("siblings", [object, object])
    table.add("siblings-in-object", ["a": object, "b": object])
    table.add("equal-not-shared", [[:], [:]])
    let text: CloneValue = "abc"
    table.add("strings-not-shared", [text, text])
    let integer = CloneValue.bigint(1)
    table.add("bigints-not-shared", [integer, integer])
    let inner: CloneValue = ["v": 1]
    table.add("diamond", [["d": inner], ["d": inner]])
    let repeated: [(String, CloneValue)] = [
      ("date", date(0)), ("regexp", regExp("a")), ("boolean", boxed(true)), ("number", boxed(1)),
      ("string", boxed("a")), ("bigint", boxed(.bigint(1))), ("map", map()), ("set", set()),
      ("array", []), ("sparse-array", holey(nil)), ("buffer", .arrayBuffer(zeros(1))),
      ("view", viewing(.uint8, zeros(1))), ("data-view", viewing(.dataView, zeros(1))),
    ]
    for (name, value) in repeated {
      table.add("repeated-\(name)", [value, [:], value, ["o": value]])
    }
    table.add("as-key-and-value", map((object, object), (1, object)))
    let objects: [CloneValue] = (0..<130).map { _ in [:] }
    let twice = objects.prefix(70) + objects.prefix(70)
    table.add("ids-of-many", on: .before("node20"), .array(CloneArray(holey: Array(twice))))
    table.add("ids-of-many", on: .since("node20"), CloneValue(twice))
    table.add(
      "id-128", on: .before("node20"), [.array(CloneArray(holey: objects)), objects[129]])
    table.add("id-128", on: .since("node20"), [CloneValue(objects), objects[129]])
    table.add(
      "ids-after-boxes", [boxed(1), boxed("s"), date(0), regExp("a"), object, object])
    table.add(
      "ids-after-views",
      [viewing(.uint8, zeros(1)), viewing(.uint8, zeros(1)), object, object])
    table.add("ids-after-primitives", [1, "s", .bigint(1), nil, object, object])
    table.add("ids-after-containers", [[], [:], map(), set(), object, object])
    table.add("key-order-decides", ["b": object, 1: ["o": object], "a": object])
    table.add("getter-same-object", ["a": object, "b": object])
    table.add("getter-new-object", ["a": [:], "b": [:]])
    let instance: CloneValue = ["next": nil]
    table.add("class-instances", [instance, ["next": instance]])
    return table.cases
  }

  /// Only those without an integer that travels as a double: a built number does not.
  static func representation() -> [BuiltCase] {
    var table = BuiltTable("representation")
    table.add("packed-smalls", [1, 2, 3])
    table.add("generic-keeps-smalls", [1, 2.5, "x"])
    table.add("element-of-smalls", 7)
    table.add("filled", on: .before("node24"), holey(1.5, 1.5))
    table.add("filled", on: .since("node24"), .array(CloneArray(numbers: [1.5, 1.5])))
    table.add("holey-doubles", holey(1.5, nil, 2))
    table.add("json-smalls", [1, 2])
    table.add("from-int32array", [1, 2])
    table.add("field-of-same-shape-small", ["a": 3])
    table.add("field-made-double-later", ["a": 3])
    table.add("field-assigned-small", ["a": 2.5])
    table.add("field-third-shape", [["a": 1.5], ["b": 1, "a": 3]])
    table.add("field-string-then-small", [["a": "s"], ["a": 3]])
    table.add("field-double-then-string-then-small", [["a": 0.5], ["a": "s"], ["a": 3]])
    table.add("index-field", [[0: 1.5], [0: 3]])
    var written: CloneValue = [0: 1, 1: 2]
    written.object?[0] = 1.5
    table.add("element-write-double", written)
    var dictionary: CloneValue = ["a": 1.5, "b": 1]
    dictionary.object?.removeValue(forKey: "a")
    dictionary.object?["a"] = 3
    table.add("dictionary-field", dictionary)
    table.add("boxed-small", boxed(3))
    var array: CloneValue = [1]
    array.array?.properties["p"] = 1.5
    array.array?.properties["p"] = 2
    table.add("property-of-array", array)
    table.add("object-values", holey(1.5, 2))
    table.add("object-entries", holey(["a", 1.5], ["b", 2]))
    return table.cases
  }

  /// What is read through getters is a value like any other.
  static func getters() -> [BuiltCase] {
    var table = BuiltTable("getters")
    table.add("plain", ["a": 1])
    table.add("undefined", ["a": .undefined])
    table.add("index", [0: 1, "b": 2])
    table.add("deletes-later", ["a": 1, "c": 3])
    table.add("deletes-earlier", ["z": 0, "a": 1, "b": 2])
    table.add("deletes-all", ["a": 1])
    table.add("changes-later", ["a": 1, "b": "changed"])
    table.add("deletes-and-adds-again", ["a": 1, "b": 5, "c": 3])
    table.add("index-deletes-name", [0: 1, "b": 3])
    table.add("index-deletes-index", [0: 1, 2: 3])
    table.add("returns-new", ["a": ["b": 1]])
    table.add("counts", [["a": 1], ["a": 2]])
    table.add("nested-deletes-outer", ["a": ["b": 1], "d": 3])
    table.add("value-becomes-getter", ["a": 1, "b": "late"])
    table.add("array-grows", [["a": 1], 2])
    table.add("array-replaces", [["a": 1], "new"])
    table.add("array-gets-property", array([["a": 1], 2], [("p", 1)]))
    table.add("array-loses-property", array([["a": 1]], [("q", 3)]))
    table.add("array-property-appends", array([1], [("p", 0)]))
    table.add("array-element", holey(1, 7))
    table.add("array-element-hidden", holey(1, nil))
    table.add("sparse-deletes", holey(["a": 1], nil, nil, 4))
    table.add("sparse-appends", holey(["a": 1], nil, 3))
    table.add("sparse-shrinks", holey(["a": 1], nil, nil, nil))
    table.add("array-turns-double", array([["a": 1], 2], [("p", 0.5)]))
    table.add("map-changes", map((["a": 1], 1), (2, 2)))
    table.add("map-grows", map((["a": 1], 1)))
    table.add("set-changes", set(["a": 1], 2))
    table.add("set-grows", set(["a": 1]))
    table.add("buffer-written-late", [["a": 1], .arrayBuffer(CloneArrayBuffer([9, 0]))])
    return table.cases
  }
}
