import CloneJSON
import StructuredClone
import Testing

/// The plain form: what `JSON.stringify` and `JSON.parse` do, and the rest by rules of our own.
struct PlainTests {
  private static func text(_ value: CloneValue, _ json: PlainJSON = PlainJSON()) throws -> String {
    try json.text(of: value)
  }

  @Test func `what JSON has`() throws {
    let value: CloneValue = [
      "b": [1, -1.5, 1e21, 1e-7, .number(-0.0), true, false, nil], "1": "x", "a": [:],
      "\u{1}\"\\\n\u{2028}é😀": "\u{7F}",
    ]
    #expect(
      try Self.text(value)
        == #"{"1":"x","b":[1,-1.5,1e+21,1e-7,0,true,false,null],"a":{},"\u0001\"\\\n"#
        + "\u{2028}é😀\":\"\u{7F}\"}")
    #expect(try Self.text(.string(CloneString(utf16: [0xD83D, 0x61]))) == #""\ud83da""#)
  }

  @Test func `what JSON does not have`() throws {
    let function = CloneValue.uncloneable(CloneUncloneable(.function))
    let number = try #require(CloneBoxedPrimitive(7))
    let view = try #require(CloneArrayBufferView(.int16, on: CloneArrayBuffer([1, 0, 255, 255])))
    let cases: [(CloneValue, String)] = [
      (.undefined, "null"), (function, "null"), (.number(.nan), "null"),
      (
        ["a": .undefined, "b": function, "c": .uncloneable(CloneUncloneable(.promise))],
        #"{"c":{}}"#
      ),
      ([.undefined, function], "[null,null]"),
      (.array(CloneArray(holey: [1, .none, 2])), "[1,null,2]"),
      (.date(CloneDate(millisecondsSince1970: 1_700_000_000_000)), #""2023-11-14T22:13:20.000Z""#),
      (.date(.invalid), "null"),
      (.bigint(-12_345_678_901_234_567_890), #""-12345678901234567890""#),
      (.boxedPrimitive(number), "7"),
      (.map(["a": 1, 2: .undefined]), #"[["a",1],[2,null]]"#),
      (.set(["a", .undefined]), #"["a",null]"#),
      (
        .error(CloneErrorObject(.typeError, message: "m", cause: ["c": 1])),
        #"{"name":"TypeError","message":"m","cause":{"c":1}}"#
      ),
      (.regExp(CloneRegExp("a/b", flags: .global)), #""/a\\/b/g""#),
      (.arrayBuffer(CloneArrayBuffer([1, 2, 3, 4])), #""AQIDBA==""#),
      (.arrayBufferView(view), "[1,-1]"),
      (
        .hostObject(CloneHostObject(interface: "Point", payload: [1, 2])), "[1,2]"
      ),
      (.sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 8)), "{}"),
    ]
    for (value, text) in cases { #expect(try Self.text(value) == text) }
  }

  @Test func `options`() throws {
    let big: CloneValue = .bigint(12_345_678_901_234_567_890)
    #expect(try Self.text(big, PlainJSON(bigInts: .number)) == "12345678901234567890")
    let map: CloneValue = .map(["a": 1, 2: .undefined, true: [3]])
    #expect(try Self.text(map, PlainJSON(maps: .objects)) == #"{"a":1,"true":[3]}"#)
    #expect(
      try Self.text(.map([[1]: 2] as CloneMap), PlainJSON(maps: .objects)) == "[[[1],2]]")
    #expect(
      try Self.text(["a": [1, [:]], "b": []], PlainJSON(isIndented: true)) == """
        {
          "a": [
            1,
            {}
          ],
          "b": []
        }
        """)
  }

  @Test func `objects that are mentioned again`() throws {
    let shared: CloneValue = ["x": 1]
    #expect(try Self.text([shared, shared]) == #"[{"x":1},{"x":1}]"#)
    let editor = CloneGraphEditor()
    let node = editor.object()
    node["me"] = .node(node)
    node["date"] = editor.add(.date(CloneDate(millisecondsSince1970: 0)))
    #expect(
      try Self.text(editor.finish(node))
        == #"{"me":"[Circular]","date":"1970-01-01T00:00:00.000Z"}"#)
    var twice: CloneValue = []
    for _ in 0..<40 { twice = [twice, twice] }
    let error = try #require(throws: CloneJSONError.self) {
      try Self.text(twice, PlainJSON(longestText: 10_000))
    }
    #expect(error.reason == .limitExceeded("longestText", 10_000))
    let sparse = try #require(throws: CloneJSONError.self) {
      try Self.text(.array(CloneArray(count: 4_294_967_295)))
    }
    #expect(sparse.reason == .limitExceeded("longestText", 1 << 28))
  }

  @Test func `what is read`() throws {
    func value(_ text: String) throws -> CloneValue { try PlainJSON().value(of: Array(text.utf8)) }
    #expect(try value(#" {"$": "Map", "a": [1, {"$": 2}], "a": 3} "#) == ["$": "Map", "a": 3])
    #expect(try value("1e999") == .number(.infinity))
    #expect(try value("[-0, -1e999]") == [.number(-0.0), .number(-.infinity)])
    #expect(try value(#""\ud83d""#) == .string(CloneString(utf16: [0xD83D])))
    #expect(try value(#"{"b":1,"2":2,"1":3}"#).object?.keys == [1, 2, "b"])
    #expect(
      try value("[1,[]]").encoded() == [
        0xFF, 15, 0x41, 2, 0x49, 2, 0x41, 0, 0x24, 0, 0, 0x24, 0, 2,
      ])
    let error = try #require(throws: CloneJSONError.self) { try value(#"{"a":[true,tru]}"#) }
    #expect("\(error)" == "offset 11, at $.a[1]: expected a value")
  }

  @Test func `pieces make the text`() throws {
    let value = CloneValue((0..<30_000).map { CloneValue("item \($0)") })
    var pieces: [[UInt8]] = []
    try PlainJSON().write(value) { pieces.append($0) }
    #expect(pieces.count > 10)
    #expect(String(decoding: pieces.joined(), as: UTF8.self) == (try Self.text(value)))
    pieces = []
    LosslessJSON().write(value) { pieces.append($0) }
    #expect(pieces.count > 10)
    #expect(String(decoding: pieces.joined(), as: UTF8.self) == LosslessJSON().text(of: value))
    struct Stop: Error {}
    var count = 0
    #expect(throws: Stop.self) {
      try LosslessJSON().write(value) { _ throws(Stop) in
        count += 1
        throw Stop()
      }
    }
    #expect(count == 1)
  }
}
