import CloneInspection
import Foundation
import StructuredClone
import Synchronization
import Testing
import _CloneFixtures

struct InspectorTests {
  // MARK: - The head of a report

  @Test
  func `a report says what the bytes are and shows the value`() throws {
    let bytes = Fixtures.bytes("ff0f6f22016149022201624102490249042400027b02")
    #expect(
      try CloneInspector().report(on: bytes) == """
        bare V8 stream, version 15
        22 bytes, all used

        { a: 1, b: [ 1, 2 ] }

        """)
  }

  @Test
  func `bytes behind the value are counted and shown`() throws {
    #expect(
      try CloneInspector().report(on: Fixtures.bytes("ff0f30 61")) == """
        bare V8 stream, version 15
        4 bytes, 3 used, 1 trailing byte unread: 61

        null

        """)
    let long = Fixtures.bytes("ff0d30") + [UInt8](repeating: 7, count: 20)
    #expect(
      try CloneInspector().report(on: long) == """
        bare V8 stream, version 13
        23 bytes, 3 used, 20 trailing bytes unread: 07 07 07 07 07 07 07 07 07 07 07 07 07 07 07 07 …

        null

        """)
  }

  @Test
  func `a report names the engine whose rules were applied`() throws {
    let text = try CloneInspector(profile: .node20).report(on: Fixtures.bytes("ff0f30"))
    #expect(text.hasPrefix("bare V8 stream, version 15, read as node20 reads it\n"))
  }

  // MARK: - Shared references

  @Test
  func `a report lists where objects are mentioned again`() throws {
    // {s: (o = {}), t: [o, o, o, o, o], self: ↺, 'a b': new Map([[o, 1]])}
    let bytes = Fixtures.bytes(
      """
      ff0f6f 2201736f7b00 2201744105 5e01 5e01 5e01 5e01 5e01 240005 220473656c66 5e00 \
      2203612062 3b 5e01 4902 3a02 7b04
      """)
    #expect(
      try CloneInspector().report(on: bytes) == """
        bare V8 stream, version 15
        49 bytes, all used

        <ref *1> {
          s: <ref *2> {},
          t: [
            [Reference *2],
            [Reference *2],
            [Reference *2],
            [Reference *2],
            [Reference *2]
          ],
          self: [Circular *1],
          'a b': Map(1) { [Reference *2] => 1 }
        }

        shared references:
          *1 Object at $, again at $.self (circular)
          *2 Object at $.s, again at $.t[0], $.t[1], $.t[2] and 3 more

        """)
  }

  @Test
  func `places are spelled as paths of errors are`() throws {
    let shared = CloneArrayBuffer([1, 2])
    let view = try #require(CloneArrayBufferView(.int8, on: shared))
    let buffer = CloneValue.arrayBuffer(shared)
    var array = CloneArray(count: 5)
    array[4] = buffer
    array.properties["a name"] = buffer
    let value: CloneValue = [
      buffer, .map(CloneMap([(buffer, buffer)])), .set([1, buffer]), .arrayBufferView(view),
      .error(CloneErrorObject(cause: buffer)), .array(array),
      .hostObject(CloneHostObject(interface: "Blob", payload: buffer)),
    ]
    func places(_ index: Int) -> String {
      CloneInspector().sharedReferences(in: [buffer, value.array?[index] ?? nil])
    }
    #expect(places(1).contains("again at $[1].key(0), $[1].value(0)\n"))
    #expect(places(2).contains("again at $[1].element(1)\n"))
    #expect(places(3).contains("again at $[1].buffer\n"))
    #expect(places(4).contains("again at $[1].cause\n"))
    #expect(places(5).contains("again at $[1][4], $[1][\"a name\"]\n"))
    #expect(places(6).contains("again at $[1].payload\n"))
  }

  @Test
  func `a value without shared references says nothing about them`() {
    #expect(CloneInspector().sharedReferences(in: [[1], ["a": nil]]) == "")
  }

  @Test
  func `sharing that branches twenty times is printed in lines and not in megabytes`() {
    var value: CloneValue = []
    for _ in 0..<20 { value = [value, value] }
    #expect(CloneInspector().text(of: value).utf8.count < 5_000)
    #expect(
      CloneInspector().sharedReferences(in: value).hasPrefix("shared references:\n  *1 Array"))
  }

  @Test
  func `only the first of many shared objects are listed`() {
    let objects = (0..<30).map { _ in CloneValue.object(CloneObject()) }
    let text = CloneInspector().sharedReferences(in: CloneValue(objects + objects))
    #expect(text.split(separator: "\n").count == 22)
    #expect(text.hasSuffix("  *20 Object at $[19], again at $[49]\n  … 10 more objects\n"))
  }

  // MARK: - Size

  @Test
  func `a value that is nested very deeply is printed on a small stack`() throws {
    let depth = 100_000
    let result = Mutex("")
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      var value: CloneValue = [1]
      for _ in 1..<depth { value = [value] }
      let text = CloneInspector().text(of: value)
      result.withLock { $0 = text }
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
    let text = result.withLock { $0 }
    #expect(text.count { $0 == "[" } == depth)
    #expect(text.count { $0 == "]" } == depth)
    // Deep levels share lines: the indentation is not most of the text.
    #expect(text.utf8.count < 20 * depth)
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 80 })
  }

  @Test
  func `short elements share lines in deep levels`() {
    func nested(_ levels: Int) -> String {
      var value: CloneValue = [nil, true, "a longer word", nil, true, "a longer word", 1, [:]]
      for _ in 1..<levels { value = [value] }
      return CloneInspector().text(of: value)
    }
    #expect(nested(6).contains("\n            true,\n"))
    #expect(
      nested(7).contains(
        """

                      null, true, 'a longer word', null, true, 'a longer word', 1,
                      {}

        """))
    #expect(nested(50).split(separator: "\n").allSatisfy { $0.utf8.count <= 80 })
  }

  @Test
  func `many elements are set in columns, very many are not`() {
    let all = CloneInspector(options: .everything)
    func lines(_ count: Int) -> Int {
      all.text(of: CloneValue((0..<count).map { .number(Double($0)) })).count { $0 == "\n" }
    }
    #expect(lines(256) < 30)
    #expect(lines(257) == 258)
    #expect(all.text(of: CloneValue((0..<400).map { _ in [1] as CloneValue })).hasSuffix("\n]"))
  }

  @Test
  func `long containers in each other are printed as if they were known to be long`() {
    // Wider than what waits, so that outer containers are written before the inner ones are closed.
    var value: CloneValue = [1]
    for level in 0..<60 {
      value = [
        ClonePropertyKey("level \(level)"): value,
        ClonePropertyKey("behind \(level)"): .number(Double(level)),
      ]
    }
    let text = CloneInspector().text(of: value)
    #expect(text.hasPrefix("{\n  'level 59': {\n    'level 58': {\n      'level 57': {\n"))
    #expect(text.hasSuffix("\n    'behind 58': 58\n  },\n  'behind 59': 59\n}"))
    #expect(text.contains("'level 0': [ 1 ],"))
  }

  @Test
  func `four thousand million holes are counted and not walked`() throws {
    let holes = try CloneValue(decoding: Fixtures.bytes("ff0f61ffffffff0f4000ffffffff0f"))
    #expect(CloneInspector().text(of: holes) == "[ <4294967295 empty items> ]")

    var sparse = CloneArray(count: 4_000_000_000)
    sparse[3] = true
    sparse[70_000] = "a"
    sparse[3_999_999_999] = [nil]
    sparse.properties["name"] = 1
    #expect(
      CloneInspector().text(of: .array(sparse)) == """
        [
          <3 empty items>,
          true,
          <69996 empty items>,
          'a',
          <3999929998 empty items>,
          [ null ],
          name: 1
        ]
        """)
  }

  @Test
  func `long things are cut, and shown whole if asked`() throws {
    let map = CloneMap((0..<150).map { (.number(Double($0)), true) })
    let cut = CloneInspector().text(of: .map(map))
    #expect(cut.hasSuffix("  99 => true,\n  ... 50 more items\n}"))
    let all = CloneInspector(options: .everything)
    #expect(all.text(of: .map(map)).hasSuffix("  149 => true\n}"))

    let string = CloneValue(String(repeating: "x", count: 10_001))
    #expect(CloneInspector().text(of: string).hasSuffix("xxx'... 1 more character"))
    #expect(all.text(of: string).hasSuffix("xxx'"))

    let buffer = CloneValue.arrayBuffer(CloneArrayBuffer([UInt8](repeating: 0xAB, count: 200)))
    #expect(CloneInspector().text(of: buffer).contains(" ab ... 100 more bytes>"))
    #expect(!all.text(of: buffer).contains("more"))
  }

  @Test
  func `many views on one buffer do not print it many times over`() throws {
    let buffer = CloneArrayBuffer([UInt8](repeating: 1, count: 10_000))
    let views = (0..<100).compactMap { _ in CloneArrayBufferView(.uint8, on: buffer) }
    let text = CloneInspector(options: .everything).text(
      of: CloneValue(views.map { .arrayBufferView($0) }))
    #expect(text.utf8.count < 100_000)
  }

  // MARK: - What only an embedder can make

  @Test
  func `objects of an embedder are shown by what they carry`() throws {
    func text(_ value: CloneValue) -> String { CloneInspector().text(of: value) }
    let shared = CloneSharedArrayBuffer(cloneID: 3, byteLength: 8)
    #expect(text(.sharedArrayBuffer(shared)) == "SharedArrayBuffer { [id]: 3, byteLength: 8 }")
    #expect(
      text(.hostObject(CloneHostObject(interface: "Blob", payload: ["size": 1])))
        == "[host object Blob] { payload: { size: 1 } }")
    #expect(text(.wasmModule(CloneWasmModule(transferID: 2))) == "WebAssembly.Module { [id]: 2 }")
    #expect(
      text(.wasmMemory(CloneWasmMemory(on: shared, maximumPages: 10, isMemory64: true))) == """
        WebAssembly.Memory {
          maximumPages: 10,
          memory64: true,
          buffer: SharedArrayBuffer { [id]: 3, byteLength: 8 }
        }
        """)
    let view = try #require(CloneArrayBufferView(.uint16, on: shared))
    // The memory is elsewhere, and its elements with it.
    #expect(
      text(.arrayBufferView(view)) == """
        Uint16Array(4) [
          ... 4 more items,
          [buffer]: SharedArrayBuffer { [id]: 3, byteLength: 8 }
        ]
        """)
    #expect(text(.sharedObject(CloneSharedObject(index: 1))) == "SharedObject { [index]: 1 }")
    #expect(text(.uncloneable(CloneUncloneable(.function))) == "[uncloneable function: ()=>{}]")
    #expect(
      text(.arrayBuffer(CloneArrayBuffer([1], isImmutable: true)))
        == "ArrayBuffer { [Uint8Contents]: <01>, byteLength: 1, immutable: true }")
  }

  // MARK: - Colours

  @Test
  func `colours are those of util.inspect`() throws {
    let value: CloneValue = [
      1, "a", true, nil, .undefined, .bigint(2), .date(.invalid), .regExp(CloneRegExp("r")),
      ["a-key": .boxedPrimitive(try #require(CloneBoxedPrimitive("box")))],
    ]
    let text = CloneInspector(options: InspectionOptions(usesColors: true)).text(of: value)
    #expect(
      text == """
        [
          \u{1B}[33m1\u{1B}[39m,
          \u{1B}[32m'a'\u{1B}[39m,
          \u{1B}[33mtrue\u{1B}[39m,
          \u{1B}[1mnull\u{1B}[22m,
          \u{1B}[90mundefined\u{1B}[39m,
          \u{1B}[33m2n\u{1B}[39m,
          \u{1B}[35mInvalid Date\u{1B}[39m,
          \u{1B}[31m/r/\u{1B}[39m,
          { \u{1B}[32m'a-key'\u{1B}[39m: \u{1B}[32m[String: 'box']\u{1B}[39m }
        ]
        """)
  }

  // MARK: - Errors

  /// The report on bytes that cannot be read.
  private func errorReport(_ hex: String) throws -> String {
    let bytes = Fixtures.bytes(hex)
    let inspector = CloneInspector()
    let error = try #require(throws: CloneDecodingError.self) {
      try inspector.report(on: bytes)
    }
    return inspector.report(on: error, in: bytes)
  }

  @Test
  func `an error report marks the byte that is wrong`() throws {
    #expect(
      try errorReport("ff0f4101 1b 240001") == """
        Unable to deserialize cloned data.
        offset 4, tag 0x1b, at $[0]: no value begins with this byte
        00000000  ff 0f 41 01 1b 24 00 01                          |..A..$..|
                              ^^

        """)
  }

  @Test
  func `an error report marks the end of truncated bytes`() throws {
    #expect(
      try errorReport("ff0f6f2201614902") == """
        Unable to deserialize cloned data.
        offset 8, at $: the input ends inside this item
        00000000  ff 0f 6f 22 01 61 49 02                          |..o".aI.|
                                          ^^

        """)
  }

  @Test
  func `an error report shows the bytes around a place far inside`() throws {
    let hex = "ff0f6f" + "2201614102" + "4902" + "5e63" + String(repeating: "00", count: 20)
    #expect(
      try errorReport(hex) == """
        Unable to deserialize cloned data.
        offset 10, tag 0x5e '^', at $.a[1]: no object has the id 99 at this point
        00000002  6f 22 01 61 41 02 49 02 5e 63 00 00 00 00 00 00  |o".aA.I.^c......|
                                          ^^

        """)
  }

  @Test
  func `an error report on a foreign version has V8's other text`() throws {
    #expect(
      try errorReport("ff1130") == """
        Unable to deserialize cloned data due to invalid or unsupported version.
        offset 0, tag 0xff, at $: format version 17 is newer than the reader or the named engine
        00000000  ff 11 30                                         |..0|
                  ^^

        """)
  }

  @Test
  func `every truncation of a payload has a report`() throws {
    let bytes = Fixtures.bytes("ff0f6f22016149022201624102490249042400027b02")
    let inspector = CloneInspector(options: InspectionOptions(usesColors: true))
    for count in 0..<bytes.count {
      let head = Array(bytes[..<count])
      let error = try #require(throws: CloneDecodingError.self) {
        try inspector.report(on: head)
      }
      let lines = inspector.report(on: error, in: head).withoutColors.split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines.last?.hasSuffix("^^") == true)
    }
  }

  @Test(arguments: [0, -1, .min, 5, .max])
  func `limits that show nothing, or everything`(_ limit: Int) {
    let inspector = CloneInspector(options: InspectionOptions(itemLimit: limit, stringLimit: limit))
    // A short big integer is whole whatever the limit; a longer one is cut to what is shown, never by less than it has.
    #expect(inspector.text(of: 42 as CloneValue) == "42")
    #expect(inspector.text(of: .bigint(42)) == "42n")
    let wide = CloneBigInt(magnitude: [UInt8](repeating: 1, count: 600))
    let isCut = inspector.text(of: .bigint(wide)).hasSuffix("... 176 more digits n")
    #expect(isCut == (limit < 600))
    let value: CloneValue = [
      "text", [1, 2, 3, 4, 5, 6, 7, 8], .map(["a": 1]), .set([1]),
      .error(CloneErrorObject(message: "a")),
      .arrayBuffer(CloneArrayBuffer([1, 2, 3])), .array(CloneArray(count: 4_000_000_000)),
      .hostObject(CloneHostObject(interface: "a", payload: 1)),
      .uncloneable(CloneUncloneable(.proxy)),
    ]
    #expect(!inspector.text(of: value).isEmpty)
    #expect(inspector.sharedReferences(in: value).isEmpty)
  }
}
