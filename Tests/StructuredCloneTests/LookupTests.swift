import CloneGeneration
import StructuredClone
import Testing

/// Properties that are asked for by text, which is compared with the names where they lie.
struct LookupTests {
  private static func check(_ object: CloneObject) {
    for key in object.keys {
      guard let text = String(exactly: key.name) else { continue }
      #expect(object[text] == object[key], "\(text)")
      #expect(CloneValue.object(object)[text] == object[key], "\(text)")
      // Parts of other strings are the same text.
      #expect(object[("x" + text + "y").dropFirst().dropLast()] == object[key], "\(text)")
    }
    for text in ["", "missing", "nam", "names", "1", "é"]
    where !object.contains(ClonePropertyKey(text)) {
      #expect(object[text].isUndefined, "\(text)")
    }
  }

  @Test func `every form of a name`() throws {
    let long = String(repeating: "n", count: 127)
    let names: [ClonePropertyKey] = [
      "a", "name", "café", "€", "0", "7", "4294967295", "01", "",
      ClonePropertyKey(CloneString(twoByte: "wide".utf16)), ClonePropertyKey(CloneString(long)),
      ClonePropertyKey(CloneString(long + "n")), "sixteen letters!",
    ]
    for count in [1, 5, names.count] {
      let object = CloneObject(
        names.prefix(count).enumerated().map { ($1, CloneValue(Double($0))) })
      Self.check(object)
      let decoded = try CloneValue(decoding: try CloneValue.object(object).encoded())
      Self.check(try #require(decoded.object))
    }
  }

  @Test func `a name whose length takes more bytes than it needs`() throws {
    let value = try CloneValue(decoding: [
      0xFF, 0x0F, 0x6F, 0x22, 0x81, 0x00, 0x61, 0x49, 0x02, 0x7B, 0x01,
    ])
    #expect(value["a"] == 1)
    Self.check(try #require(value.object))
  }

  @Test func `objects of any size, changed or not`() throws {
    for count in [0, 8, 9, 63, 64, 65, 200] {
      var object = CloneObject(
        (0..<count).map { (ClonePropertyKey("key \($0)"), CloneValue(Double($0))) })
      Self.check(object)
      Self.check(try #require(CloneValue(decoding: CloneValue.object(object).encoded()).object))
      object.removeValue(forKey: "key 3")
      object["new"] = true
      #expect(object["key 3"].isUndefined)
      #expect(object["new"] == true)
      Self.check(object)
    }
  }

  @Test func `random values`() {
    for index in 0..<300 {
      var pending = [ValueGenerator.value(seed: 12, index: index)]
      var seen: Set<CloneIdentity> = []
      while let value = pending.popLast() {
        guard let identity = value.identity, seen.insert(identity).inserted else { continue }
        if let object = value.object {
          Self.check(object)
          pending += object.values
        }
        if let array = value.array { pending += array.presentIndices.map { array[$0] } }
      }
    }
  }
}
