import StructuredClone
import Testing
import _CloneFixtures

/// What a change through a value reaches, and what it does not; each with the bytes it then has.
struct MutationTests {
  @Test func `changing an object in a cycle leaves the old object in the cycle`() throws {
    // {me: <itself>, n: 1}
    var value = try decode("ff0f 6f 22026d65 5e00 22016e 4902 7b02")
    value.object?["n"] = 2
    #expect(value["n"] == 2)
    #expect(value["me"]["n"] == 1)
    #expect(value["me"]["me"] === value["me"])
    #expect(
      hex(try value.encoded())
        == "ff0f6f22026d65" + "6f22026d655e0122016e49027b02" + "22016e49047b02")
  }

  @Test func `changing an object in a cycle through an editor changes it for every mention`() throws
  {
    let value = try decode("ff0f 6f 22026d65 5e00 22016e 4902 7b02")
    let editor = CloneGraphEditor()
    let node = try #require(editor.add(value).node)
    node["n"] = 2
    let changed = editor.finish(node)
    #expect(changed["me"]["n"] == 2)
    #expect(changed["me"] === changed)
    #expect(hex(try changed.encoded()) == "ff0f6f22026d655e0022016e49047b02")
    #expect(value["n"] == 1)
  }

  @Test func `a shared sibling is changed in one place by a subscript`() throws {
    let shared: CloneValue = ["n": 1]
    var value: CloneValue = [shared, shared]
    #expect(hex(try value.encoded()) == "ff0f41026f22016e49027b015e01240002")
    value.array?[0].object?["n"] = 2
    #expect(hex(try value.encoded()) == "ff0f41026f22016e49047b016f22016e49027b01240002")
    #expect(shared["n"] == 1)
  }

  @Test func `a shared sibling is changed in both places by an editor`() throws {
    let shared: CloneValue = ["n": 1]
    let editor = CloneGraphEditor()
    let root = try #require(editor.add([shared, shared]).node)
    root[0].node?["n"] = 2
    let value = editor.finish(root)
    #expect(hex(try value.encoded()) == "ff0f41026f22016e49047b015e01240002")
    #expect(value[0] === value[1])
  }

  @Test func `a parent pointer means the old parent after a subscript`() throws {
    // {child: {parent: <the root>}, n: 1}
    var value = try decode("ff0f 6f 22056368696c64 6f 2206706172656e74 5e00 7b01 22016e 4902 7b02")
    value.object?["child"].object?["x"] = true
    #expect(value["child"]["x"] == true)
    #expect(value["child"]["parent"]["child"]["x"] == .undefined)
    #expect(
      hex(try value.encoded())
        == "ff0f6f22056368696c64" + "6f2206706172656e74"
        + "6f22056368696c646f2206706172656e745e027b0122016e49027b02"
        + "220178547b02" + "22016e49027b02")
  }

  @Test func `a parent pointer means the changed parent after an editor`() throws {
    let editor = CloneGraphEditor()
    let parent = editor.object()
    let child = editor.object()
    parent["child"] = .node(child)
    child["parent"] = .node(parent)
    parent["n"] = 1
    child["x"] = true
    let value = editor.finish(parent)
    #expect(
      hex(try value.encoded())
        == "ff0f6f22056368696c646f2206706172656e745e00220178547b0222016e49027b02")
  }

  @Test func `a view that is changed by a subscript leaves the other view its buffer`() throws {
    let buffer = CloneArrayBuffer([1, 2])
    let first = try #require(CloneArrayBufferView(.uint8, on: buffer))
    let second = try #require(CloneArrayBufferView(.int8, on: buffer))
    var value: CloneValue = [.arrayBufferView(first), .arrayBufferView(second)]
    #expect(hex(try value.encoded()) == "ff0f4102420201025642000200" + "5e015662000200" + "240002")
    value.array?[0].arrayBufferView?[0] = 9
    #expect(
      hex(try value.encoded()) == "ff0f4102420209025642000200" + "420201025662000200" + "240002")
    #expect(second[0] == 1)
  }

  @Test func `a view that is changed by an editor changes its buffer for every view`() throws {
    let editor = CloneGraphEditor()
    let buffer = try #require(editor.add(.arrayBuffer(CloneArrayBuffer([1, 2]))).node)
    let first = try #require(editor.view(.uint8, on: buffer))
    let second = try #require(editor.view(.int8, on: buffer))
    let root = editor.array(.node(first), .node(second))
    first[element: 0] = 255
    let value = editor.finish(root)
    #expect(hex(try value.encoded()) == "ff0f41024202ff025642000200" + "5e015662000200" + "240002")
    #expect(value[1][0] == -1)
  }

  @Test func `a key of a map is changed in its place`() throws {
    let key: CloneValue = ["id": 1]
    var value = CloneValue.map([key: "a", "k": "b"])
    #expect(hex(try value.encoded()) == "ff0f3b6f2202696449027b012201612201" + "6b2201623a04")
    value.map?.updateKey(key) { $0.object?["id"] = 2 }
    #expect(hex(try value.encoded()) == "ff0f3b6f2202696449047b012201612201" + "6b2201623a04")
    #expect(value[mapKey: key] == .undefined)
    #expect(key["id"] == 1)

    let editor = CloneGraphEditor()
    let map = editor.map()
    let node = try #require(editor.add(key).node)
    map[mapKey: .node(node)] = "a"
    node["id"] = 2
    #expect(map[mapKey: .node(node)].node == nil)
    #expect(hex(try editor.finish(map).encoded()) == "ff0f3b6f2202696449047b012201613a02")
  }

  @Test func `nothing is changed or made where a kind on the way is another`() {
    var value: CloneValue = ["list": [1]]
    value.object?["list"].object?["x"] = 1
    value.object?["missing"].array?.append(1)
    value.array?[0] = 1
    value.map?["x"] = 1
    #expect(value == ["list": [1]])
  }

  @Test func `a copy in another variable stays as it was`() {
    let before: CloneValue = ["list": [1, 2], "set": .set([1])]
    var after = before
    after.object?["list"].array?.append(3)
    after.object?["set"].set?.insert(2)
    after.object?.removeValue(forKey: "none")
    #expect(before == ["list": [1, 2], "set": .set([1])])
    #expect(after == ["list": [1, 2, 3], "set": .set([1, 2])])
  }

  @Test func `sharing is told in constant time`() throws {
    let shared: CloneValue = [1]
    #expect(!CloneValue([["a"], ["b"], [:]]).hasSharedReferences)
    #expect(([shared, shared] as CloneValue).hasSharedReferences)
    #expect(try !decode("ff0f 41016f7b00240001").hasSharedReferences)
    #expect(try decode("ff0f 41026f7b005e01240002").hasSharedReferences)
    var value = try decode("ff0f 6f 220161 6100400000 7b01")
    value.object?["a"].array?.append(5)
    #expect(!value.hasSharedReferences)
    let list = value["a"]
    value.object?["b"] = list
    #expect(value.hasSharedReferences)
  }

  @Test func `values held by several tasks do not see changes of each other`() async throws {
    let value: CloneValue = try decode("ff0f 6f 220161 6100400000 7b01")
    let built: CloneValue = ["a": []]
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<16 {
        group.addTask {
          var mine = number % 2 == 0 ? value : built
          for element in 0..<100 { mine.object?["a"].array?.append(CloneValue(Double(element))) }
          return mine["a"].array?.count == 100
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(value["a"].array?.count == 0)
    #expect(built["a"].array?.count == 0)
  }

  @Test func `a dictionary literal keeps the last of repeated keys at the first place`() throws {
    let value: CloneValue = ["a": 1, "b": 2, "a": 3]
    #expect(hex(try value.encoded()) == "ff0f6f2201614906220162" + "49047b02")
  }

  @Test func `index keys come first whenever they were added`() throws {
    let value: CloneValue = ["b": 1, "2": 2, "a": 3, "1": 4]
    #expect(hex(try value.encoded()) == "ff0f6f49024908490449042201624902220161" + "49067b04")
    #expect(value.object?.keys.map(\.description) == ["1", "2", "b", "a"])
  }

  @Test func `deleted entries leave no trace`() throws {
    var object = CloneObject()
    for number in 0..<100 { object["k\(number)"] = CloneValue(Double(number)) }
    for number in 1..<100 { object.removeValue(forKey: ClonePropertyKey("k\(number)")) }
    object["k50"] = 7
    #expect(hex(try CloneValue.object(object).encoded()) == "ff0f6f22026b30490022036b3530490e7b02")
    #expect(object["k99"] == .undefined)
  }

  @Test func `arrays grow with holes, and stay small when they are sparse`() throws {
    var array = CloneArray([1])
    array[3] = 4
    #expect(hex(try CloneValue.array(array).encoded()) == "ff0f6104490049024906490840" + "0204")
    array[4_294_967_294] = 5
    #expect(array.count == 4_294_967_295)
    #expect(array.isHole(at: 2))
    array.count = 2
    array[-1] = "named"
    #expect(
      hex(try CloneValue.array(array).encoded()) == "ff0f610249004902" + "22022d31"
        + "22056e616d6564" + "400202")
  }
}
