import StructuredClone
import Testing
import _CloneFixtures

/// What a visitor is told.
struct VisitingTests {
  /// Writes down everything.
  struct Recorder: CloneVisitor {
    var lines: [String] = []
    /// What is not entered.
    var skips: (CloneContainer) -> Bool = { _ in false }

    mutating func visitUndefined() { lines.append("undefined") }
    mutating func visitNull() { lines.append("null") }
    mutating func visit(_ boolean: Bool) { lines.append("\(boolean)") }
    mutating func visit(_ number: Double) { lines.append("\(number)") }
    mutating func visit(_ integer: CloneBigInt) { lines.append("\(integer)n") }
    mutating func visit(_ string: CloneString) { lines.append("'\(string)'") }
    mutating func visitHoles(_ count: Int) { lines.append("holes \(count)") }
    mutating func visitKey(_ name: CloneString) { lines.append("\(name):") }
    mutating func visitKey(_ index: UInt32) { lines.append("[\(index)]:") }
    mutating func visitDate(millisecondsSince1970 time: Double) { lines.append("date \(time)") }
    mutating func visitLeaf(_ leaf: CloneValue) { lines.append("leaf \(leaf)") }
    mutating func visitReference(_ ordinal: Int) { lines.append("#\(ordinal)") }
    mutating func leave() { lines.append("}") }

    mutating func enter(_ container: CloneContainer) -> Bool {
      switch container {
      case .object(let count): lines.append("object \(count) {")
      case .array(let count): lines.append("array \(count) {")
      case .map(let count): lines.append("map \(count) {")
      case .set(let count): lines.append("set \(count) {")
      case .error(let error): lines.append("error \(error.name) \(error.message ?? "") {")
      case .hostObject(let object): lines.append("host \(object.interface) {")
      }
      return !skips(container)
    }
  }

  private func lines(_ value: CloneValue) -> String {
    var recorder = Recorder()
    value.visit(with: &recorder)
    return recorder.lines.joined(separator: " ")
  }

  @Test func `primitives are told and nothing else`() {
    #expect(lines(.undefined) == "undefined")
    #expect(lines(nil) == "null")
    #expect(lines(true) == "true")
    #expect(lines(-0.0) == "-0.0")
    #expect(lines(.bigint(CloneBigInt(-7))) == "-7n")
    #expect(lines("text") == "'text'")
  }

  @Test func `containers are entered and left`() {
    let value: CloneValue = [
      "a": [1, 2.5, "three", nil, .undefined, false],
      "m": .map(["k": ["x": 1], 2: .set(["s"])]),
      "long name of a property": "a text that is too long for the value",
      "n": .bigint(CloneBigInt(1)), "d": .date(CloneDate(millisecondsSince1970: 5)),
      "r": .regExp(CloneRegExp("a", flags: .global)),
    ]
    let expected = """
      object 6 { a: array 6 { 1.0 2.5 'three' null undefined false } \
      m: map 2 { 'k' object 1 { x: 1.0 } 2.0 set 1 { 's' } } \
      long name of a property: 'a text that is too long for the value' n: 1n d: date 5.0 \
      r: leaf /a/g }
      """
    #expect(lines(value) == expected)
  }

  @Test func `a decoded value tells what the same built value tells`() throws {
    for golden in Fixtures.values.flatMap(\.goldens) {
      guard let written = golden.written,
        let value = try? CloneValue(decoding: Fixtures.bytes(written))
      else { continue }
      #expect(lines(value) == lines(value.detached()), "\(written)")
    }
  }

  @Test func `index keys come first and ascend`() {
    let value: CloneValue = ["b": 1, "7": 2, "a": 3, "3": 4]
    #expect(lines(value) == "object 4 { [3]: 4.0 [7]: 2.0 b: 1.0 a: 3.0 }")
  }

  @Test func `deleted entries are not told`() {
    var object = ["a": 1, "b": 2, "c": 3] as CloneObject
    object.removeValue(forKey: "b")
    #expect(lines(.object(object)) == "object 2 { a: 1.0 c: 3.0 }")
    var map = ["a": 1, "b": 2, "c": 3] as CloneMap
    map.removeValue(forKey: "a")
    #expect(lines(.map(map)) == "map 2 { 'b' 2.0 'c' 3.0 }")
  }

  @Test func `holes are told in runs, and named properties behind elements`() {
    var array = CloneArray(holey: [nil, nil, 1, nil])
    array.properties["name"] = "x"
    #expect(lines(.array(array)) == "array 4 { holes 2 1.0 holes 1 name: 'x' }")
    var sparse = CloneArray(count: 4_000_000_000)
    sparse[1_000_000] = ["y"]
    sparse[1_000_001] = 2
    sparse.properties["7th"] = true
    #expect(
      lines(.array(sparse))
        == "array 4000000000 { holes 1000000 array 1 { 'y' } 2.0 holes 3998999998 7th: true }")
    #expect(lines(.array(CloneArray(count: 1000))) == "array 1000 { holes 1000 }")
  }

  @Test func `errors and host objects are containers of what they have`() {
    let error = CloneErrorObject(.typeError, message: "m", stack: "s", cause: ["code": 1])
    #expect(lines(.error(error)) == "error TypeError m { object 1 { code: 1.0 } }")
    #expect(lines(.error(CloneErrorObject())) == "error Error  { }")
    let host = CloneHostObject(interface: "Blob", payload: ["size": 3])
    #expect(lines(.hostObject(host)) == "host Blob { object 1 { size: 3.0 } }")
  }

  @Test func `an object is told once, and by its ordinal after that`() throws {
    let shared: CloneValue = ["s": 1]
    let date = CloneValue.date(CloneDate(millisecondsSince1970: 1))
    #expect(
      lines([shared, date, shared, ["deep": date]])
        == "array 4 { object 1 { s: 1.0 } date 1.0 #1 object 1 { deep: #2 } }")
    // The cycle of an array that holds itself.
    let cycle = try CloneValue(decoding: [0xFF, 0x0F, 0x41, 1, 0x5E, 0, 0x24, 0, 1])
    #expect(lines(cycle) == "array 1 { #0 }")
  }

  @Test func `what is not entered is neither told nor left`() {
    var recorder = Recorder()
    recorder.skips = { if case .array = $0 { true } else { false } }
    let value: CloneValue = ["a": [1, 2], "b": ["c": []], "d": 3]
    value.visit(with: &recorder)
    #expect(
      recorder.lines.joined(separator: " ")
        == "object 3 { a: array 2 { b: object 1 { c: array 0 { } d: 3.0 }")
    recorder.lines = []
    CloneValue([1]).visit(with: &recorder)
    #expect(recorder.lines == ["array 1 {"])
  }

  @Test func `nesting takes no stack`() {
    struct Depth: CloneVisitor {
      var deepest = 0
      var depth = 0
      mutating func enter(_ container: CloneContainer) -> Bool {
        depth += 1
        deepest = max(deepest, depth)
        return true
      }
      mutating func leave() { depth -= 1 }
    }
    var value: CloneValue = []
    for _ in 0..<300_000 { value = [value] }
    var depth = Depth()
    value.visit(with: &depth)
    #expect(depth.deepest == 300_001)
    #expect(depth.depth == 0)
  }
}
