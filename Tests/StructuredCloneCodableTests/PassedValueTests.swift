import Foundation
import NodeClone
import StructuredClone
import StructuredCloneCodable
import Testing

/// Values of this package within Swift types.
struct PassedValueTests {
  struct Everything: Codable, Equatable {
    var value: CloneValue
    var string: CloneString
    var integer: CloneBigInt
    var list: [CloneValue]
    var optional: CloneValue?
  }

  @Test func `values travel as they are`() throws {
    let value: CloneValue = [
      "map": .map(CloneMap([([1] as CloneValue, "x" as CloneValue)])),
      "set": .set(CloneSet([1, .number(.nan)])),
      "error": .error(CloneErrorObject(.rangeError, message: "m")),
      "undefined": .undefined, "big": .bigint(CloneBigInt(1 << 62)),
    ]
    let everything = Everything(
      value: value, string: CloneString(utf16: [0xD800, 0x61]), integer: 7,
      list: [.undefined, nil, true, 1, "あ"])
    try expectRoundTrip(
      everything,
      [
        "value": value, "string": .string(CloneString(utf16: [0xD800, 0x61])),
        "integer": .bigint(7),
        "list": [.undefined, nil, true, 1, "あ"],
      ])
  }

  @Test func `objects that are shared within values stay shared`() throws {
    let object: CloneValue = ["a": 1]
    let bytes = try CloneEncoder().encode([object, [object], "日本"])
    let value = try CloneValue(decoding: bytes)
    #expect(value[0] === value[1][0])
    #expect(bytes == (try value.encoded()))
    let read = try CloneDecoder().decode([CloneValue].self, from: bytes)
    #expect(read[0] === read[1][0])
  }

  @Test func `each kind is read as itself only`() throws {
    #expect(try decode(CloneString.self, "x") == "x")
    #expect(
      try decode(CloneDate.self, .date(.init(millisecondsSince1970: 5))).millisecondsSince1970 == 5)
    #expect(try decode(CloneObject.self, ["a": 1])["a"] == 1)
    #expect(try decode(CloneArray.self, [1])[0] == 1)
    #expect(
      try decode([String: CloneArrayBuffer].self, ["b": .arrayBuffer(CloneArrayBuffer([1]))])["b"]?
        .byteLength == 1)
    #expect(throws: DecodingError.self) { try decode(CloneString.self, 1) }
    #expect(throws: DecodingError.self) { try decode(CloneBigInt.self, 1) }
    #expect(throws: DecodingError.self) { try decode(CloneMap.self, ["a": 1]) }
    #expect(throws: DecodingError.self) { try decode(CloneSet.self, nil) }
    #expect(try decode(CloneValue.self, nil) == .null)
    #expect(try decode([CloneValue?].self, [nil, .undefined, 1]) == [nil, nil, 1])
  }

  @Test func `what structured clone refuses is an error with the path`() throws {
    let error = #expect(throws: EncodingError.self) {
      try CloneEncoder().encode([
        "a": [CloneValue.uncloneable(CloneUncloneable(.symbol, description: "Symbol(x)"))]
      ])
    }
    #expect(names(error?.context?.codingPath ?? []) == "a.0")
    #expect((error?.context?.underlyingError as? DataCloneError)?.reason == .uncloneable)
  }

  @Test func `other coders refuse them`() throws {
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([CloneString("x")]) }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CloneValue].self, from: Data("[1]".utf8))
    }
  }

  @Test func `Node's Buffers and views`() throws {
    struct Message: Codable { var body: CloneHostObject, view: CloneArrayBufferView }
    let view = try #require(CloneArrayBufferView(.uint16, on: CloneArrayBuffer([1, 0, 2, 0])))
    let bytes = try NodeV8.serialize([
      "body": NodeBuffer([7]).value, "view": .arrayBufferView(view),
    ])
    let message = try CloneDecoder().decode(Message.self, from: bytes)
    #expect(NodeBuffer(.hostObject(message.body))?.bytes == [7])
    #expect(message.view.elements == [1, 2])
    let again = try CloneDecoder().decode(Message.self, from: CloneEncoder().encode(message))
    #expect(NodeBuffer(.hostObject(again.body))?.bytes == [7])
    #expect(again.view.elements == [1, 2])
  }
}
