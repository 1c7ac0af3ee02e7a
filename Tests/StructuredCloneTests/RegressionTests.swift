@testable import StructuredClone
import Testing
import _CloneFixtures

/// Faults that were found by attacks on the package, each with the shortest way to it.
struct RegressionTests {
  @Test func `removing below the size of an index leaves no stale index behind`() throws {
    var object = CloneObject()
    var set = CloneSet()
    var map = CloneMap()
    for i in 0..<10 {
      object[ClonePropertyKey("k\(i)")] = 1
      set.insert(CloneValue(Double(i)))
      map[CloneValue(Double(i))] = 1
    }
    for i in [9, 8] {
      object.removeValue(forKey: ClonePropertyKey("k\(i)"))
      set.remove(CloneValue(Double(i)))
      map.removeValue(forKey: CloneValue(Double(i)))
    }
    for _ in 0..<2 {
      object["x"] = 2
      set.insert(100)
      map[100] = 2
    }
    #expect(object.count == 9 && object["x"] == 2)
    #expect(set.count == 9 && set.contains(100))
    #expect(map.count == 9 && map[100] == 2)
    let value: CloneValue = [.object(object), .set(set), .map(map)]
    #expect(try CloneValue(decoding: value.encoded()) == value)
  }

  @Test func `a deleted element of a sparse array is not written`() throws {
    var array = CloneArray(count: 5000)
    array[3000] = 1
    array.removeElement(at: 3000)
    #expect(hex(try CloneValue.array(array).encoded()) == "ff0f61882740008827")
    let editor = CloneGraphEditor()
    let node = try #require(editor.add(.array(CloneArray(count: 5000))).node)
    node[3000] = 1
    node.removeProperty(3000)
    #expect(hex(try editor.finish(node).encoded()) == "ff0f61882740008827")
  }

  @Test func `a length in more bytes than it needs does not shift the content`() throws {
    #expect(
      try decode("ff0d 63 828080808000 fbff", profile: .node16)
        == .string(CloneString(utf16: [0xFFFB])))
    #expect(try decode("ff0d 22 8180808080808010 61", profile: .node14) == "a")
    #expect(
      try decode("ff0d 5a 90808080808000 2a00000000000000", profile: .node14) == .bigint(42))
  }

  @Test func `an array of the greatest length takes no more`() throws {
    var array = try #require(try decode("ff0f 61 ffffffff0f 40 00 ffffffff0f").array)
    let isAppended = array.append(1)
    #expect(!isAppended)
    #expect(array.count == 4_294_967_295)
    array[4_294_967_295] = 1
    #expect(array.properties["4294967295"] == 1)
  }

  @Test func `few assignments far apart take little room`() {
    var array = CloneArray()
    for _ in 0..<22 { array[max(2 * array.count, 1024)] = 1 }
    #expect(array.presentIndices.count == 22)
  }

  @Test func `references that a second attempt gave are written so that they are read`() throws {
    let value = try decode("ff0d 4103 4200 56420000e846 6f7b00 5e03 240003")
    #expect(value[2] === value)
    let again = try CloneValue(decoding: value.encoded())
    #expect(again[2] === again)
    #expect(again == value)
  }

  @Test func `named properties belong to one array`() throws {
    var first: CloneArray = [1]
    first.properties["p"] = 1
    var second = first
    second.append(2)
    var value: CloneValue = [.array(first), .array(second)]
    #expect(try CloneValue(decoding: value.encoded()) == value)
    value.array?[0].array?.properties["p"] = 2
    #expect(value[1]["p"] == 1)
    second.properties = first.properties
    second.properties["p"] = 3
    #expect(first.properties["p"] == 1)
  }

  @Test func `what is no named property goes where JavaScript puts it`() throws {
    var array: CloneArray = [1]
    array.properties["0"] = 9
    array.properties["length"] = 3
    array.properties["name"] = "n"
    #expect(array[0] == 9 && array.count == 3 && array.properties.count == 1)
    #expect(CloneValue.array(array)["length"] == 3)
    let editor = CloneGraphEditor()
    let node = editor.array(1, 2, 3)
    node["length"] = 1
    #expect(hex(try editor.finish(node).encoded()) == "ff0f41014902240001")
  }

  @Test func `both kinds of Unicode flags are written only for engines that read them`() throws {
    let value = CloneValue.regExp(CloneRegExp("a", flags: [.unicode, .unicodeSets]))
    #expect(hex(try value.encoded(profile: .node20)) == "ff0f522201619002")
    #expect(throws: DataCloneError.self) { try value.encoded(profile: .node22) }
    #expect(throws: DataCloneError.self) { try value.encoded() }
    #expect(hex(try decode("ff0f 52 220161 9002").encoded()) == "ff0f522201619002")
  }

  @Test func `a long string is copied once however often it is mentioned`() {
    let text = CloneValue.string(CloneString(latin1: [UInt8](repeating: 0x61, count: 1 << 20)))
    let value = CloneValue([CloneValue](repeating: text, count: 5000))
    // Copied each time, this would be 5 GB, beyond what the offsets can say.
    #expect(value.detached()[4999] == text)
  }

  @Test func `sharing is told for what comes from outside, and not for a change in place`() throws {
    var deserializer = ValueDeserializer(bytes("ff0f 4102 7405 7405 240002"))
    deserializer.transferArrayBuffer(5, CloneArrayBuffer([1]))
    try deserializer.readHeader()
    let value = try deserializer.readValue()
    #expect(value[0] === value[1] && value.hasSharedReferences)
    var nested: CloneValue = [[1]]
    for number in 0..<3 { nested.array?[0].array?[0] = CloneValue(Double(number)) }
    #expect(!nested.hasSharedReferences)
    let shared: CloneValue = [1]
    nested.array?[0].array?.append(shared)
    nested.array?[0].array?.append(shared)
    #expect(nested.hasSharedReferences)
  }

  @Test func `a node of another editor is no key`() {
    let editor = CloneGraphEditor()
    let map = editor.map()
    map[mapKey: .node(map)] = 1
    let other = CloneGraphEditor().object()
    map.removeEntry(.node(other))
    #expect(map.count == 1)
  }

  @Test func `a changed key replaces an entry that has it already`() throws {
    var map: CloneMap = ["a": 1, "b": 2, "c": 3]
    map.updateKey("c") { $0 = "a" }
    #expect(CloneValue.map(map) == .map(["b": 2, "a": 3]))
    for i in 0..<20 { map[CloneValue(Double(i))] = 0 }
    map.updateKey("b") { $0 = "z" }
    #expect(map["z"] == 2 && map["b"].isUndefined && map.count == 22)
  }

  @Test func `a quote with a combining mark is still a quote`() {
    #expect(
      "\(CloneValue("\"\u{301}"))".unicodeScalars.elementsEqual("\"\\\"\u{301}\"".unicodeScalars))
  }

  @Test func `names that are no plain bytes take room in proportion`() throws {
    // Each name is kept in a form the input does not have.
    var payload = bytes("ff0f 6f")
    for number in 0..<20_000 {
      let name = Array("key\(number)".utf8)
      payload += [0x53, UInt8(name.count)] + name + [0x30]
    }
    payload += bytes("7b a09c01")
    #expect(try CloneValue(decoding: payload).object?.count == 20_000)
  }

  @Test func `many values behind one header take time in proportion`() throws {
    var deserializer = ValueDeserializer(
      bytes("ff0f") + Array(repeatElement(bytes("6f7b00"), count: 50_000).joined()))
    try deserializer.readHeader()
    for _ in 0..<50_000 { _ = try deserializer.readValue() }
    #expect(throws: CloneDecodingError.self) { try deserializer.readValue() }
  }

  /// Each took room for a value as long as the rest of the input, and kept it: up to 80 KiB for an empty object.
  @Test func `values behind others keep room for themselves`() throws {
    var deserializer = ValueDeserializer(
      bytes("ff0f")
        + Array(repeatElement(bytes("6f 220161 4101 4902 240001 7b01"), count: 20_000).joined()))
    try deserializer.readHeader()
    _ = try deserializer.readValue()
    for _ in 1..<20_000 {
      let graph = try #require(deserializer.readValue().receiver?.graph)
      guard graph.cells.capacity < 32 else {
        Issue.record("room for \(graph.cells.capacity) cells")
        return
      }
    }
  }

  @Test func `elements of a view are changed in place`() throws {
    let buffer = CloneArrayBuffer([UInt8](repeating: 0, count: 8 << 20))
    var view = try #require(CloneArrayBufferView(.uint8, on: buffer))
    for index in 0..<10_000 { view[index] = 7 }
    #expect(view[9_999] == 7 && buffer[0] == 0)
  }

  @Test func `each element of a large array by itself takes time in proportion`() throws {
    let many = CloneArray((0..<20_000).map { ["id": CloneValue(Double($0))] })
    let value = try CloneValue(decoding: CloneValue.array(many).encoded())
    let elements = try #require(value.array).elements
    for (index, element) in elements.enumerated() where index % 5 == 0 {
      let again = try CloneValue(decoding: element.encoded())
      if again != many[index] { Issue.record("element \(index)") }
    }
  }

  @Test func `old engines hold a narrow string of one unit as wide as the name`() throws {
    func rewritten(_ text: String, _ profile: CloneProfile) throws -> String {
      let read = try ClonePayload(decoding: bytes(text), profile: profile, representation: .engine)
      return hex(try read.value.encoded(profile: profile))
    }
    let payload = "ff0d 6f 6302e900 30 4900 2201e9 7b02"
    #expect(
      try rewritten(payload, .node18) == "ff0f" + "6f" + "4900006302e900" + "6302e90030" + "7b02")
    #expect(try rewritten(payload, .node20) == "ff0f" + "6f" + "49002201e9" + "2201e930" + "7b02")
  }

  @Test(arguments: [(1535, "4e000000000000f03f"), (1536, "4902")])
  func `the field of a name that is beyond 1536 others of its shape is of one object alone`(
    others: Int, last: String
  ) throws {
    func object(_ name: String, _ value: String) -> String {
      let length = String(name.utf8.count, radix: 16)
      return "6f 22016b 4900 220\(length)" + hex(Array(name.utf8)) + value + "7b02"
    }
    var objects = (0..<others).map { object("n\($0)", "30") }
    objects += [object("z", "4902"), object("z", "4e000000000000f83f"), object("z", "4902")]
    let length = [UInt8(objects.count & 0x7F | 0x80), UInt8(objects.count >> 7)]
    let payload = bytes("ff0f41" + hex(length) + objects.joined() + "2400" + hex(length))
    let read = try ClonePayload(
      decoding: payload, profile: .node20, representation: .engine)
    let written = hex(try read.value.encoded(profile: .node20))
    #expect(written.hasSuffix("6f22016b490022017a" + last + "7b02" + written.suffix(10)))
  }

  /// A view that was changed is one of its own, but its buffer is still the one that was read.
  @Test func `a buffer is written once for a view that was built and one that was read`() throws {
    let read = try decode("ff0f 41 02 42 01 07 56 42 00 01 00 5e 02 24 00 02")
    guard let view = read[0].arrayBufferView, case .arrayBuffer(let buffer) = view.buffer else {
      Issue.record("the payload holds a view")
      return
    }
    let other = try #require(CloneArrayBufferView(.int8, on: buffer))
    let value: CloneValue = [.arrayBufferView(other), read]
    let again = try CloneValue(decoding: value.encoded())
    #expect(again == value)
    #expect(again[0].arrayBufferView?.buffer === again[1][0].arrayBufferView?.buffer)
  }

  /// Each of them copied all cells that were there before it, which takes minutes in release. Debug builds are too slow for
  /// as many.
  @Test(.timeLimit(.minutes(1)), arguments: ["61 05 2200", "6f 2200 5f 4902"])
  func `containers whose names stand between indices are read in linear time`(
    _ beginning: String
  ) throws {
    #if DEBUG
      let count = 20_000
    #else
      let count = 300_000
    #endif
    let isArray = beginning.hasPrefix("61")
    var payload = bytes("ff0f")
    for _ in 0..<count { payload += bytes(beginning) }
    payload.append(0x30)
    for _ in 0..<count { payload += isArray ? [0x40, 1, 5] : [0x7B, 2] }
    let limits = CloneLimits(depth: count)
    let value = try CloneValue(decoding: payload, limits: limits)
    #expect(isArray ? value.array?.count == 5 : value.object?.count == 2)
  }

  /// `hasSharedReferences` was false for them: what is put back where something was taken out was held for a changed copy of
  /// it.
  @Test func `what replaces an element in place may be shared`() throws {
    func replace(_ value: inout CloneValue, by other: CloneValue) { value = other }
    let read = try CloneValue(decoding: CloneValue([["x"], [1], 2]).encoded())
    let elements = try #require(read.array)
    for other in [read, elements[0]] {
      var array = elements
      replace(&array[1], by: other)
      #expect(CloneValue.array(array).hasSharedReferences)
    }
    // Neither the element itself nor a changed copy of it is another mention.
    var array = elements
    replace(&array[1], by: elements[1])
    array[0].array?.append("y")
    #expect(!CloneValue.array(array).hasSharedReferences)
  }

  /// What was read of small payloads is taken over with 40 open containers, and chunks of them doubled beyond their size.
  @Test(arguments: [39, 40, 41, 80, 81, 127, 128, 129, 160, 161, 300])
  func `a small payload that goes deep`(_ depth: Int) throws {
    let nested = Array(repeatElement(bytes("6f 22 01 61"), count: depth).joined())
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: bytes("ff0f") + nested + bytes("21"))
    }
    var general = ValueDeserializer(bytes("ff0f") + nested + bytes("21"))
    general.usesFastPath = false
    try general.readHeader()
    let expected = try #require(throws: CloneDecodingError.self) { try general.readValue() }
    #expect(error == expected)
    let end = Array(repeatElement(bytes("7b 01"), count: depth).joined())
    let whole = bytes("ff0f") + nested + bytes("30") + end
    #expect(hex(try CloneValue(decoding: whole).encoded()) == hex(whole))
  }

  /// The bits of its time are where others have the number of their contents.
  @Test func `a date within a value takes no more than it needs`() throws {
    let value = try CloneValue(
      decoding: bytes("ff0f 6f 22036b6579 44 00b007e876487742 2201 62 44 ffffffffffff3742 7b02"))
    for key in ["key", "b"] as [CloneValue] {
      guard case .string(let name) = key else { continue }
      let date = value[ClonePropertyKey(name)]
      #expect(try date.encoded().capacity < 1000)
      #expect(try date.encoded().count == 11)
    }
    let dates = (0..<100).map { CloneValue.date(CloneDate(millisecondsSince1970: Double($0))) }
    #expect(Set(dates.map(\.hashValue)).count > 90)
    #expect(CloneValue.date(CloneDate(millisecondsSince1970: 5)).hashValue == dates[5].hashValue)
  }
}
