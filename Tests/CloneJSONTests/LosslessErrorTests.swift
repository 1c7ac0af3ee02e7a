import CloneJSON
import StructuredClone
import Testing

/// Text that is not of the lossless form: why, where, and that nothing else happens.
struct LosslessErrorTests {
  private typealias Reason = CloneJSONError.Reason

  private static let cases: [(text: String, reason: Reason, offset: Int, path: String)] = [
    // JSON itself.
    ("", .truncated, 0, "$"),
    ("  ", .truncated, 2, "$"),
    ("[1", .truncated, 2, "$[0]"),
    ("[1,", .truncated, 3, "$[1]"),
    ("[1,]", .expected("a value"), 3, "$[1]"),
    ("[,1]", .expected("a value"), 1, "$[0]"),
    ("[1 2]", .expected("','"), 3, "$[0]"),
    ("{\"a\":1,}", .expected("a string"), 7, "$"),
    ("{\"a\" 1}", .expected("':'"), 5, "$.a"),
    ("{a:1}", .expected("a string"), 1, "$"),
    ("nul", .expected("a value"), 0, "$"),
    ("NaN", .expected("a value"), 0, "$"),
    ("1 2", .expected("the end of the text"), 2, "$"),
    ("01", .invalidNumber, 1, "$"),
    ("1.", .truncated, 2, "$"),
    ("[1.]", .invalidNumber, 3, "$[0]"),
    ("[1e]", .invalidNumber, 3, "$[0]"),
    ("-", .truncated, 1, "$"),
    ("+1", .expected("a value"), 0, "$"),
    ("1e999", .numberOutOfRange, 0, "$"),
    (String(repeating: "1", count: 1201), .longNumber, 0, "$"),
    ("\"a", .truncated, 2, "$"),
    ("\"\u{1}\"", .unescapedControl, 1, "$"),
    ("\"\\x\"", .invalidEscape, 1, "$"),
    ("\"\\u12g4\"", .invalidEscape, 1, "$"),
    ("\"\\u12", .truncated, 5, "$"),
    // Keys.
    ("{\"a\":1,\"a\":2}", .repeatedKey, 12, "$.a"),
    ("{\"1\":1,\"\\u0031\":2}", .repeatedKey, 17, "$[1]"),
    ("{\"a\":1,\"$\":\"Map\"}", .misplacedMark, 7, "$"),
    // Marks.
    ("{\"$\":1}", .expected("a string"), 5, "$"),
    ("{\"$\":\"map\"}", .unknownKind("map"), 5, "$"),
    ("{\"$\":\"Map\"}", .missingMember("entries"), 10, "$"),
    ("{\"$\":\"Map\",\"size\":0}", .unknownMember("size"), 11, "$.size"),
    ("{\"$\":\"Map\",\"entries\":[],\"entries\":[]}", .repeatedMember("entries"), 24, "$.entries"),
    ("{\"$\":\"Map\",\"entries\":{}}", .expected("'['"), 21, "$.entries"),
    ("{\"$\":\"Map\",\"entries\":[[1]]}", .expected("','"), 24, "$.entries[0][0]"),
    ("{\"$\":\"Map\",\"entries\":[[1,2,3]]}", .expected("']'"), 26, "$.entries[0][1]"),
    (
      "{\"$\":\"Map\",\"entries\":[[0,1],[-0,2]]}",
      .invalidMember("entries", mustBe: "pairs with keys that differ"), 35, "$"
    ),
    (
      "{\"$\":\"Set\",\"values\":[\"a\",\"a\"]}",
      .invalidMember("values", mustBe: "values that differ"), 29, "$"
    ),
    ("{\"$\":\"undefined\",\"id\":1}", .unknownMember("id"), 17, "$.id"),
    ("{\"$\":\"ref\",\"id\":1}", .unknownID(1), 16, "$.id"),
    ("{\"$\":\"ref\"}", .missingMember("id"), 10, "$"),
    (
      "[{\"$\":\"Set\",\"id\":1,\"values\":[]},{\"$\":\"Set\",\"id\":1,\"values\":[]}]",
      .repeatedID(1), 48, "$[1].id"
    ),
    (
      "{\"$\":\"Set\",\"values\":[],\"id\":1}",
      .misplaced("'id'", belongs: "directly behind the kind"), 23, "$.id"
    ),
    (
      "{\"$\":\"Set\",\"id\":1.5,\"values\":[]}",
      .invalidMember("id", mustBe: "an integer from 0 to 2^53 - 1"), 16, "$.id"
    ),
    (
      "{\"a\":{\"$\":\"hole\"}}", .misplaced("a hole", belongs: "among the elements of an array"),
      17,
      "$.a"
    ),
    ("{\"$\":\"hole\"}", .misplaced("a hole", belongs: "among the elements of an array"), 12, "$"),
    (
      "[{\"$\":\"payload\"}]", .misplaced("a payload", belongs: "around everything else"), 6, "$[0]"
    ),
    (
      "{\"$\":\"payload\",\"version\":12,\"value\":1}",
      .invalidMember("version", mustBe: "an integer from 13 to 16"), 37, "$"
    ),
    (
      "{\"$\":\"number\",\"value\":\"1\"}",
      .invalidMember("value", mustBe: "NaN, Infinity or -Infinity"), 25, "$"
    ),
    (
      "{\"$\":\"number\",\"value\":\"NaN\",\"bits\":\"7ff0000000000000\"}",
      .invalidMember("bits", mustBe: "the 16 hexadecimal digits of a NaN"), 53, "$"
    ),
    (
      "{\"$\":\"bigint\",\"value\":\"1n\"}",
      .invalidMember(
        "value",
        mustBe: "a decimal integer of at most 2467 digits, or 0x and hexadecimal ones"), 26,
      "$"
    ),
    ("{\"$\":\"bigint\",\"value\":1}", .invalidMember("value", mustBe: "a string"), 23, "$"),
    (
      "{\"$\":\"Date\",\"time\":1.5}",
      .invalidMember("time", mustBe: "NaN or an integer of at most 8.64e15 to either side"), 22,
      "$"
    ),
    (
      "{\"$\":\"RegExp\",\"source\":\"a\",\"flags\":\"gg\"}",
      .invalidMember("flags", mustBe: "letters of dgimsuvy, or V8's bits as a number"), 39, "$"
    ),
    (
      "{\"$\":\"Error\",\"name\":\"MyError\"}",
      .invalidMember(
        "name",
        mustBe:
          "one of Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError"),
      29, "$"
    ),
    (
      "{\"$\":\"BoxedPrimitive\",\"value\":null}",
      .invalidMember("value", mustBe: "a boolean, a number, a string or a big integer"), 34,
      "$"
    ),
    (
      "{\"$\":\"ArrayBuffer\",\"base64\":\"AQ\"}",
      .invalidMember("base64", mustBe: "base64 with padding"), 28, "$"
    ),
    (
      "{\"$\":\"ArrayBuffer\",\"base64\":\"AR==\"}",
      .invalidMember("base64", mustBe: "base64 with padding"), 28, "$"
    ),
    (
      "{\"$\":\"ArrayBuffer\",\"base64\":\"AQI=\",\"maxByteLength\":1}",
      .invalidMember("maxByteLength", mustBe: "an integer from 2 to 9007199254740991"), 52,
      "$"
    ),
    ("{\"$\":\"ArrayBuffer\"}", .missingMember("base64"), 18, "$"),
    (
      "{\"$\":\"Uint16Array\",\"byteOffset\":1,\"byteLength\":2,\"buffer\":{\"$\":\"ArrayBuffer\",\"base64\":\"AQIDBA==\"}}",
      .invalidMember("buffer", mustBe: viewRule), 97, "$"
    ),
    (
      "{\"$\":\"Uint8Array\",\"byteOffset\":0,\"byteLength\":5,\"buffer\":{\"$\":\"ArrayBuffer\",\"base64\":\"AQIDBA==\"}}",
      .invalidMember("buffer", mustBe: viewRule), 96, "$"
    ),
    (
      "{\"$\":\"Uint8Array\",\"byteOffset\":0,\"buffer\":{\"$\":\"ArrayBuffer\",\"base64\":\"AQIDBA==\"}}",
      .invalidMember("buffer", mustBe: viewRule), 81, "$"
    ),
    (
      "{\"$\":\"Uint8Array\",\"id\":1,\"byteOffset\":0,\"byteLength\":0,\"buffer\":{\"$\":\"ref\",\"id\":1}}",
      .invalidMember("buffer", mustBe: viewRule), 82, "$"
    ),
    (
      "{\"$\":\"WebAssembly.Memory\",\"maximumPages\":1,\"buffer\":{\"$\":\"ArrayBuffer\",\"base64\":\"\"}}",
      .invalidMember("buffer", mustBe: "a shared array buffer"), 83, "$"
    ),
    (
      "{\"$\":\"Array\",\"elements\":[],\"properties\":{\"length\":1}}",
      .invalidMember("properties", mustBe: "names that differ, and neither indices nor 'length'"),
      52, "$"
    ),
    (
      "{\"$\":\"SparseArray\",\"length\":1,\"properties\":{\"1\":1}}",
      .invalidMember(
        "properties", mustBe: "keys that differ, indices below the length and not 'length'"), 50,
      "$"
    ),
    (
      "{\"$\":\"Object\",\"properties\":[[null,1]]}",
      .invalidMember("properties", mustBe: "pairs with strings or indices as keys"), 35,
      "$.properties[0][1]"
    ),
  ]

  private static let viewRule =
    "a buffer that the view fits: whole elements, within it unless it is resizable or detached, "
    + "and resizable if there is no byteLength"

  @Test func `what is wrong, and where`() throws {
    for (text, reason, offset, path) in Self.cases {
      let error = try #require(throws: CloneJSONError.self, "\(text)") {
        try LosslessJSON().value(of: Array(text.utf8))
      }
      #expect(error.reason == reason, "\(text)")
      #expect(error.offset == offset, "\(text)")
      #expect("\(error.path)" == path, "\(text)")
    }
  }

  @Test func `bytes that are no UTF-8`() throws {
    let bytes: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
      [0xFF],
    ]
    for bytes in bytes {
      let error = try #require(throws: CloneJSONError.self) {
        try LosslessJSON().value(of: [0x22] + bytes + [0x22])
      }
      #expect(error.reason == .invalidUTF8, "\(bytes)")
      #expect(error.offset == 1)
    }
  }

  @Test func `a text that is cut anywhere is refused`() throws {
    let text = Array(
      #"{"a":[1.5e1,"\u00e9\n",{"$":"Map","id":1,"entries":[[{"$":"ref","id":1},true]]}]}"#.utf8)
    #expect(throws: Never.self) { try LosslessJSON().value(of: text) }
    for count in 0..<text.count {
      #expect(throws: CloneJSONError.self, "\(count)") {
        try LosslessJSON().value(of: Array(text[..<count]))
      }
    }
  }

  @Test func `limits`() throws {
    let cases: [(String, CloneLimits, String, Int)] = [
      ("[[[]]]", CloneLimits(depth: 2), "depth", 2),
      ("[1,2,3]", CloneLimits(inputSize: 6), "inputSize", 6),
      ("[[],[]]", CloneLimits(nodes: 2), "nodes", 2),
      ("[1,2]", CloneLimits(arrayLength: 1), "arrayLength", 1),
      (
        #"{"$":"SparseArray","length":9,"properties":{}}"#, CloneLimits(sparseArrayLength: 8),
        "sparseArrayLength", 8
      ),
      (#"{"$":"bigint","value":"65536"}"#, CloneLimits(bigIntSize: 2), "bigIntSize", 2),
      (#""abc""#, CloneLimits(stringLength: 2), "stringLength", 2),
      (
        #"{"$":"RegExp","source":"abc","flags":""}"#, CloneLimits(regExpLength: 2), "regExpLength",
        2
      ),
      (
        #"{"$":"HostObject","interface":"A","payload":1}"#, CloneLimits(hostObjectDepth: 0),
        "hostObjectDepth", 0
      ),
      (#"["abcdefgh"]"#, CloneLimits(memory: 20), "memory", 20),
    ]
    for (text, limits, name, value) in cases {
      let error = try #require(throws: CloneJSONError.self) {
        try LosslessJSON(limits: limits).value(of: Array(text.utf8))
      }
      #expect(error.reason == .limitExceeded(name, value), "\(text)")
    }
  }

  @Test func `depth takes no stack, and output is linear`() throws {
    let depth = 50_000
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let json = LosslessJSON()
    let value = try json.value(of: Array(text.utf8))
    #expect(json.text(of: value) == text)
    #expect(LosslessJSON(isIndented: true).text(of: value).utf8.count < 3 * text.utf8.count)

    // Each level mentions the one below twice.
    var twice: CloneValue = []
    for _ in 0..<20 { twice = [twice, twice] }
    #expect(json.text(of: twice).utf8.count < 2000)
    #expect(try json.value(of: Array(json.text(of: twice).utf8)) == twice)
  }
}
