import Foundation
import StructuredClone
import Testing

/// What the README shows, and prints.
struct ReadmeTests {
  @Test func `a value from literals`() {
    let author: CloneValue = ["name": "Ada"]
    let post: CloneValue = [
      "author": author,
      "editor": author,
      "sent": .date(CloneDate(millisecondsSince1970: 0)),
      "scores": .map([author: 1.5, "total": 3]),
    ]
    #expect(
      "\(post)"
        == "{author: &1 {name: \"Ada\"}, editor: *1, sent: 1970-01-01T00:00:00.000Z, scores: Map{*1 => 1.5, \"total\" => 3}}"
    )
  }

  @Test func `a visitor`() {
    struct Names: CloneVisitor {
      var longest = 0
      mutating func visitKey(_ name: CloneString) { longest = max(longest, name.utf16Count) }
    }
    let author: CloneValue = ["name": "Ada"]
    let post: CloneValue = ["author": author, "editor": author, "scores": .map([author: 1.5])]
    var names = Names()
    post.visit(with: &names)
    #expect(names.longest == 6)
  }

  @Test func `a cycle`() {
    let editor = CloneGraphEditor()
    let parent = editor.object(), child = editor.object()
    parent["child"] = .node(child)
    child["parent"] = .node(parent)
    #expect("\(editor.finish(parent))" == "&1 {child: {parent: *1}}")
  }

  @Test func `errors`() throws {
    let decoding = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: [0xFF, 0x0F, 0x41, 0x01, 0x5E, 0x07])
    }
    #expect(
      "\(decoding)"
        == "Unable to deserialize cloned data. (offset 4, tag 0x5e '^', at $[0]: no object has the id 7 at this point)"
    )
    let writing = try #require(throws: DataCloneError.self) {
      try (["users": [["save": .uncloneable(CloneUncloneable(.function))]]] as CloneValue).encoded()
    }
    #expect("\(writing)" == "()=>{} could not be cloned. (at $.users[0].save)")
  }

  @Test func `a change in place`() throws {
    var message: CloneValue = ["from": ["name": "Ada Löwe"], "tags": .set(["draft"])]
    #expect("\(message["from"]["name"])" == "\"Ada Löwe\"")
    message.object?["tags"].set?.insert("answered")
    #expect(message["tags"] == .set(["draft", "answered"]))
  }

  @Test func `bytes that others own`() throws {
    let value: CloneValue = ["from": "Ada", "text": "日本語"]
    let messages = [try value.encoded(), try CloneValue([1, 2]).encoded()]

    let data = Data(messages[0])
    #expect(try CloneValue(copying: data.bytes) == value)

    var buffer: [UInt8] = [1, 2, 3]
    try value.encode(into: &buffer)
    #expect(buffer == [1, 2, 3] + messages[0])
    let exact = try [UInt8](capacity: value.encodedSize()) { try value.encode(into: &$0) }
    #expect(exact == messages[0])

    var reader = ValueDeserializer([])
    var values: [CloneValue] = []
    for message in messages {
      reader.reset(message)
      try reader.readHeader()
      values.append(try reader.readValue())
    }
    #expect(values == [value, CloneValue([1, 2])])
  }
}
