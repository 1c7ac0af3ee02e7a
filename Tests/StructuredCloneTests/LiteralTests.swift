import StructuredClone
import Testing
import _CloneFixtures

/// Objects and arrays that were written as literals, which have no cells until somebody asks for them.
struct LiteralTests {
  /// The same value with each object and array made of a sequence.
  private static func rebuilt(_ value: CloneValue) -> CloneValue {
    switch value {
    case .object(let object): .object(CloneObject(object.map { ($0.key, rebuilt($0.value)) }))
    case .array(let array) where array.isPacked:
      .array(CloneArray(array.elements.map { rebuilt($0) }))
    default: value
    }
  }

  private static let values: [CloneValue] = [
    [], [:], [[]], [[:], []], ["a": [:]],
    [nil, true, false, 0, -0.0, 1.5, -1, 2_147_483_647, 2_147_483_648, -2_147_483_648, 1e300],
    [.number(.nan), .number(.infinity), .undefined],
    [
      "", "a", "fifteen bytes !", "sixteen bytes !!", "\u{E9}", "\u{3B1}", "x\u{3B1}",
      "\u{3B2}\u{1F600}",
    ],
    ["\u{3B1}": "\u{3B2}", "a": "\u{3B3}", "abcdefghijklmnopqrst": "\u{3B4}"],
    ["a": 1, "a": 2], ["b": 1, "a": 2, "b": 3], ["1": 1, "a": 2], ["01": 1], ["": 1],
    ["-": 1, "$": 2],
    ["a name that has some more bytes": 1, "a name that has some more bytez": 2],
    [
      "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11,
      "l": 12,
    ],
    [
      "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11,
      "l": 12, "m": 13, "a": 14,
    ],
    [[[[[[[[1]]]]]]]], [[[[[[[[[1]]]]]]]]], [[[[[[[[[["a": 1]]]]]]]]]],
    [.bigint(CloneBigInt(7)), ["a": .bigint(CloneBigInt(-1))]],
    [.date(CloneDate(millisecondsSince1970: 0)), ["a": .map(CloneMap([(1, 2)]))], 1],
    [
      CloneValue(String(repeating: "x", count: 900)),
      CloneValue(String(repeating: "y", count: 200)), 1,
    ],
    [CloneValue(String(repeating: "x", count: 100_000)), ["a": "b"], 1],
    [
      ClonePropertyKey(String(repeating: "n", count: 900)): 1, "a": 2,
      ClonePropertyKey(String(repeating: "\u{3B1}", count: 60_000)): "b", "c": [:],
    ],
    [.array(CloneArray(holey: [1, nil, 2])), [1]],
  ]

  @Test(arguments: values)
  func `a literal is the value that its parts make`(value: CloneValue) throws {
    for profile in CloneProfile.engines {
      // Before and after it was looked into.
      let written = try value.encoded(profile: profile)
      #expect(try value.encodedSize(profile: profile) == written.count)
      let rebuilt = Self.rebuilt(value)
      #expect(try rebuilt.encoded(profile: profile) == written)
      #expect(try value.encoded(profile: profile) == written)
    }
    #expect(Self.rebuilt(value) == value)
    #expect(!value.hasSharedReferences)
  }

  @Test(arguments: values.indices)
  func `a literal within others is written as the value that its parts make`(index: Int) throws {
    // Made anew: nobody has looked into them.
    let value = CloneValue.array(CloneArray([1, Self.values[index], "\u{3B1}"]))
    let rebuilt = Self.rebuilt(value)
    #expect(try value.encoded() == rebuilt.encoded())
    var serializer = ValueSerializer()
    serializer.writeHeader()
    try serializer.writeValue(value)
    try serializer.writeValue(value)
    var other = ValueSerializer()
    other.writeHeader()
    try other.writeValue(rebuilt)
    try other.writeValue(rebuilt)
    #expect(serializer.release() == other.release())
  }

  @Test func `the bytes of a literal`() throws {
    let message: CloneValue = [
      "id": 42, "channel": "workspace:save-document",
      "args": [["a", "\u{3B1}"], -3, true, nil, 0.5],
    ]
    #expect(
      hex(try message.encoded(profile: .node20))
        == """
        ff0f6f220269644954 2207 6368616e6e656c 2217 776f726b73706163653a736176652d646f63756d656e74
        2204 61726773 4105 4102 220161 6302b103 240002 4905 54 30 4e000000000000e03f 240005 7b03
        """.filter { !$0.isWhitespace })
  }

  private static func outcome(of value: CloneValue, _ limits: CloneLimits) -> String {
    do throws(DataCloneError) {
      return hex(try value.encoded(limits: limits))
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: 0...10)
  func `limits of depth count the levels of a literal`(depth: Int) {
    var limits = CloneLimits.default
    limits.depth = depth
    let value: CloneValue = [[["a": [1]]], [2]]
    for value in [value, CloneValue([value])] {
      #expect(Self.outcome(of: value, limits) == Self.outcome(of: Self.rebuilt(value), limits))
    }
  }

  @Test func `what two literals mention is one object`() throws {
    let shared: CloneValue = ["a": 1]
    let twice: CloneValue = [shared, shared]
    #expect(twice.hasSharedReferences)
    #expect(hex(try twice.encoded(profile: .node20)) == "ff0f41026f2201614902" + "7b015e01240002")
    let first: CloneValue = [shared]
    let both: CloneValue = ["first": first, "second": [shared]]
    #expect(both["first"][0] === both["second"][0])
    #expect(both["first"] === first)
    let decoded = try CloneValue(decoding: both.encoded())
    #expect(decoded["first"][0] === decoded["second"][0])
  }

  @Test func `a change is seen, and only where it was made`() throws {
    let original: CloneValue = [
      "list": [1, ["deep": "yes"]], "name": "a name of more than fifteen",
    ]
    var changed = original
    changed.object?["list"].array?[1].object?["deep"] = 2
    changed.object?["more"] = "text"
    changed.object?.removeValue(forKey: "name")
    #expect(changed == ["list": [1, ["deep": 2]], "more": "text"])
    #expect(original == ["list": [1, ["deep": "yes"]], "name": "a name of more than fifteen"])
    #expect(try changed.encoded() == Self.rebuilt(changed).encoded())
    #expect(try original.encoded() == Self.rebuilt(original).encoded())

    var list: CloneValue = []
    for number in 0..<1000 { list.array?.append(.number(Double(number))) }
    #expect(list.array?.count == 1000 && list[999] == 999)
    var object: CloneValue = [:]
    object.object?["a"] = 1
    #expect(try object.encoded(profile: .node20) == bytes("ff0f 6f 220161 4902 7b01"))
  }

  @Test func `what a literal holds is changed in place`() {
    var value: CloneValue = ["list": [0]]
    value.object?["list"].array?.append(1)
    // A hundred thousand elements would take minutes if each copied those before.
    for number in 2..<100_000 { value.object?["list"].array?.append(.number(Double(number))) }
    #expect(value["list"].array?.count == 100_000)
  }

  @Test func `literals in literals without end are released and refused without recursion`() {
    var value: CloneValue = 1
    for _ in 0..<200_000 { value = [value] }
    #expect(throws: DataCloneError.self) { try value.encoded() }
    var object: CloneValue = 1
    for _ in 0..<200_000 { object = ["a": object, "b": []] }
    #expect(throws: DataCloneError.self) { try object.encoded() }
  }

  @Test func `names are the same whatever they are stored in`() throws {
    let long = "a name of more than fifteen"
    let stored: [ClonePropertyKey] = [
      ClonePropertyKey(long), ClonePropertyKey(CloneString(twoByte: long.utf16)),
      ClonePropertyKey(CloneString(latin1: Array(long.utf8))),
    ]
    for key in stored {
      let object: CloneObject = [key: 1, "b": 2, "a name of more than fifteen": 3]
      #expect(object.count == 2)
      #expect(object[key] == 3 && object["a name of more than fifteen"] == 3)
    }
    let short: CloneObject = [ClonePropertyKey(CloneString(twoByte: "ab".utf16)): 1, "ab": 2]
    #expect(short.count == 1 && short["ab"] == 2)
  }

  @Test func `a mention is given up while the literal is looked into`() async {
    for _ in 0..<500 {
      let inner: CloneObject = ["s": "more than fifteen bytes", "x": ["y": [1]]]
      let outer = CloneValue.array(CloneArray([.object(inner), 1]))
      await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          var mention: CloneValue? = consume outer
          mention = nil
          return mention == nil
        }
        group.addTask { inner["x"].object?["y"][0] == 1 }
        group.addTask { inner["s"].string == "more than fifteen bytes" }
        for await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test func `tasks look into a literal and write it at once`() async throws {
    for _ in 0..<200 {
      let value: CloneValue = ["a": [1, "text", ["b": "more than fifteen bytes"]], "c": nil]
      let expected = try Self.rebuilt([
        "a": [1, "text", ["b": "more than fifteen bytes"]], "c": nil,
      ]).encoded()
      await withTaskGroup(of: Bool.self) { group in
        for task in 0..<4 {
          group.addTask {
            if task % 2 == 0 { return (try? value.encoded()) == expected }
            return value["a"][2]["b"].string == "more than fifteen bytes"
          }
        }
        for await isSame in group { #expect(isSame) }
      }
    }
  }

  @Test(arguments: [
    "", "a", "fifteen bytes !", "sixteen bytes !!", "more than that, and some \u{7F}",
  ])
  func `text of a literal is the text that is made`(text: String) {
    let literals: [CloneString] = [
      "", "a", "fifteen bytes !", "sixteen bytes !!", "more than that, and some \u{7F}",
    ]
    let made = CloneString(text)
    for literal in literals {
      let isSame = String(literal) == text
      #expect((literal == made) == isSame)
      #expect((literal < made) == (String(literal) < text))
      #expect((Set([literal]).contains(made)) == isSame)
      guard isSame else { continue }
      #expect(literal.utf16.elementsEqual(text.utf16))
      #expect(literal.debugDescription == made.debugDescription)
      #expect(CloneValue.string(literal).detached() == .string(made))
      #expect(ClonePropertyKey(literal) == ClonePropertyKey(text))
    }
  }

  @Test func `keys of literals are indices where their text is one`() {
    let keys: [ClonePropertyKey] = [
      "0", "7", "4294967294", "4294967295", "01", "-1", "1.5", "a", "\u{3B1}", "", " 1",
    ]
    #expect(keys.map(\.index) == [0, 7, 4_294_967_294] + [UInt32?](repeating: nil, count: 8))
    for key in keys { #expect(ClonePropertyKey(String(key.name)) == key) }
  }
}
