import StructuredClone
import Testing
import _CloneFixtures

struct EqualityTests {
  @Test func `equality looks at content and at sharing`() throws {
    let a: CloneValue = [1]
    #expect(([a, a] as CloneValue) != [[1], [1]])
    #expect(([a, a] as CloneValue).isContentEqual(to: [[1], [1]]))
    #expect(([a, a] as CloneValue) == (try decode("ff0f 4102 41014902240001 5e01 240002")))
    #expect(([] as CloneValue) == ([] as CloneValue))
    #expect(([] as CloneValue) !== ([] as CloneValue))
  }

  @Test func `numbers are compared as Object.is does`() {
    #expect(CloneValue(Double.nan) == CloneValue(-Double.nan))
    #expect(CloneValue(0.0) != CloneValue(-0.0))
    #expect(CloneValue(1) == CloneValue(1.0))
  }

  @Test func `properties are compared in any order, entries in order`() {
    #expect((["a": 1, "b": 2] as CloneValue) == ["b": 2, "a": 1])
    #expect(
      (["a": 1, "b": 2] as CloneValue).hashValue == (["b": 2, "a": 1] as CloneValue).hashValue)
    #expect(CloneValue.map([1: 2, 3: 4]) != .map([3: 4, 1: 2]))
    #expect(CloneValue.set([1, 2]) != .set([2, 1]))
  }

  @Test func `hidden facts do not count, holes do`() throws {
    #expect(
      try decode("ff0f 4102 4902 4904 240002") == decode("ff0f 6102 49004902 49024904 400202"))
    #expect(try decode("ff0f 4e000000000000f03f") == decode("ff0f 4902"))
    #expect(try decode("ff0f 63026100") == decode("ff0f 220161"))
    #expect(CloneValue.array(CloneArray(holey: [nil])) != [.undefined])
  }

  @Test func `cycles are compared by their shape`() throws {
    let one = try decode("ff0f 4101 5e00 240001")
    let two = try decode("ff0f 4101 4101 5e00 240001 240001")
    #expect(one == (try decode("ff0e 4101 5e00 240001")))
    #expect(one != two)
    #expect(one.isContentEqual(to: two))
    #expect(one.hashValue == (try decode("ff0e 4101 5e00 240001")).hashValue)
  }

  @Test func `lookup is SameValueZero, receivers by identity`() {
    let key: CloneValue = [:]
    let map = [key: 1, .number(.nan): 2, 0: 3] as CloneMap
    #expect(map[key] == 1)
    #expect(map[[:]] == .undefined)
    #expect(map[.number(.nan)] == 2)
    #expect(map[-0.0] == 3)
    #expect(map.contains(0))
  }

  @Test func `an error without a cause has none, and a null cause is one`() throws {
    let without = try decode("ff0f 722e")
    let with = try decode("ff0f 7263302e")
    if case .some = without.error?.cause { Issue.record("a cause") }
    #expect(with.error?.cause?.isNull == true)
    #expect(without != with)
    let editor = CloneGraphEditor()
    if case .some = editor.add(without).node?.cause { Issue.record("a cause") }
    #expect(hex(try editor.finish(editor.add(with)).encoded()) == "ff0f7263302e")
  }

  @Test func `identities are keys for objects`() {
    let a: CloneValue = []
    let table = [a.identity: "a", ([] as CloneValue).identity: "b"]
    #expect(table.count == 2)
    #expect(table[a.identity] == "a")
    #expect((1 as CloneValue).identity == nil)
  }

  @Test func `twenty doublings are compared and printed in linear size`() {
    var value: CloneValue = [:]
    for _ in 0..<20 { value = [value, value] }
    #expect(value.description.utf8.count < 1000)
    #expect(value.debugDescription.utf8.count < 1000)
    #expect(value == value.detached())
    #expect(value !== value.detached())
  }
}
