import StructuredClone
import Testing

/// What the walks over graphs do at their edges: graphs of any size, many graphs, long text.
struct WalkTests {
  /// An array of as many objects as make its graph large, each mentioned twice.
  private static let large: CloneValue = {
    let objects = (0..<2000).map { ["n": .number(Double($0))] as CloneValue }
    return CloneValue(objects + objects)
  }()

  @Test func `long text is the same as short text, labels and numbers included`() throws {
    let value = Self.large.detached()
    let text = value.description
    #expect(text.hasPrefix("[&1 {n: 0}, &2 {n: 1}, "))
    #expect(text.hasSuffix(", *1999, *2000]"))
    let exact = value.debugDescription
    #expect(exact.hasPrefix("#0=Array(4000){\"0\":#1={\"n\":0},\"1\":#2="))
    #expect(exact.hasSuffix(",\"3999\":#2000}"))
    #expect(exact == Self.large.debugDescription)
  }

  @Test func `text is not cut within a character, however long`() {
    for count in 1000..<1040 {
      let text = String(repeating: "é", count: count) + String(repeating: "🙂", count: 9000)
      #expect(CloneValue(text).description == "\"" + text + "\"")
    }
  }

  @Test func `parts of a large graph are compared, copied and printed`() {
    let value = Self.large.detached()
    for index in stride(from: 0, to: 4000, by: 37) {
      #expect(value[index] == ["n": .number(Double(index % 2000))])
      #expect(value[index].isContentEqual(to: value[(index + 2000) % 4000]))
      #expect(value[index].detached() == value[index])
      #expect(value[index].description == "{n: \(index % 2000)}")
    }
  }

  @Test func `objects with the same properties in other orders are equal, few or many`() {
    for count in [2, 8, 9, 50] {
      let properties = (0..<count).map {
        (ClonePropertyKey("k\($0)"), CloneValue.number(Double($0)))
      }
      let one = CloneValue.object(CloneObject(properties))
      #expect(one == .object(CloneObject(properties.reversed())))
      #expect(one == .object(CloneObject(properties.dropFirst() + properties.prefix(1))))
      #expect(one != .object(CloneObject(properties.dropFirst() + [("other", 0)])))
    }
  }

  @Test func `what is shared on one side only is not equal but has the same content`() {
    let a: CloneValue = [1]
    let shared: CloneValue = [a, a, [a]]
    let tree: CloneValue = [[1], [1], [[1]]]
    #expect(shared != tree)
    #expect(tree != shared)
    #expect(shared.isContentEqual(to: tree))
    #expect(tree.isContentEqual(to: shared))
    #expect(!shared.isContentEqual(to: [[1], [1], [[2]]]))
  }

  @Test func `a buffer alone moves, and its original is detached`() throws {
    for count in [0, 3, 64, 65, 1000] {
      let buffer = CloneValue.arrayBuffer(CloneArrayBuffer([UInt8](repeating: 9, count: count)))
      var value = buffer
      let clone = try structuredClone(&value, transfer: [buffer])
      #expect(clone.arrayBuffer?.byteLength == count)
      #expect(value.arrayBuffer?.isDetached == true)
      #expect(buffer.arrayBuffer?.isDetached == false)
      #expect(clone !== value)
    }
  }

  @Test func `short and long buffers move, those that are not listed stay`() throws {
    let buffers = [1, 64, 65, 500].map {
      CloneValue.arrayBuffer(CloneArrayBuffer([UInt8](repeating: 5, count: $0)))
    }
    for listed in buffers.indices {
      var value = CloneValue(buffers + buffers)
      let clone = try structuredClone(&value, transfer: [buffers[listed]])
      #expect(clone == CloneValue(buffers + buffers))
      for index in 0..<8 {
        #expect(value[index].arrayBuffer?.isDetached == (index % 4 == listed))
        #expect(value[index] !== clone[index])
      }
      #expect(value[listed] === value[listed + 4])
    }
  }

  @Test func `an editor makes an object when it is asked for, and keeps identity`() throws {
    let leaf: CloneValue = ["x": 1]
    let value: CloneValue = ["a": leaf, "b": [leaf, leaf], "c": ["deep": ["deeper": leaf]]]
    let editor = CloneGraphEditor()
    let root = try #require(editor.add(value).node)
    #expect(editor.finish(root) == value)
    // Nodes that were reached in different ways are the same, also of a part that is added later.
    let node = try #require(root["a"].node)
    #expect(root["b"].node?[1].node == node)
    #expect(editor.add(leaf).node == node)
    node["x"] = 2
    let changed = editor.finish(root)
    #expect(changed["c"]["deep"]["deeper"]["x"] == 2)
    #expect(changed["b"][1] === changed["a"])
    #expect(value["a"]["x"] == 1)
    // The value that was added can be changed without the editor noticing.
    var other = value
    other.object?["a"].object?["x"] = 3
    #expect(editor.finish(root)["a"]["x"] == 2)
  }

  @Test func `an error names the place in every kind of container`() throws {
    let bad = CloneValue.uncloneable(CloneUncloneable(.function))
    var array = CloneArray([0, 0])
    array.properties["name"] = bad
    let places: [(CloneValue, String)] = [
      ([0, [1, bad]], "$[1][1]"), (["b": 0, "2": 0, "1": bad], "$[1]"),
      (["b": bad, "2": 0, "1": 0], "$.b"), (.map([bad: 0]), "$.key(0)"),
      (.map([1: 1, 2: bad]), "$.value(1)"), (.set([1, bad]), "$.element(1)"),
      (.array(array), "$.name"), (.array(CloneArray(holey: [nil, nil, bad])), "$[2]"),
      (.error(CloneErrorObject(cause: bad)), "$.cause"),
    ]
    for (place, path) in places {
      var value = place
      let error = try #require(throws: DataCloneError.self) { try structuredClone(&value) }
      #expect(error.path.description == path)
      let written = try #require(throws: DataCloneError.self) { try place.encoded() }
      #expect(written.path.description == path)
    }
  }
}
