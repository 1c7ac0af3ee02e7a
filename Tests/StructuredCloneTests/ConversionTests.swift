import StructuredClone
import Testing

/// Swift types and JavaScript values.
@Suite
struct ConversionTests {
  private func refusal<Value: CloneValueConvertible>(
    of value: CloneValue, as type: Value.Type
  ) -> String? {
    do {
      _ = try Value(cloneValue: value)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func refusal(_ value: some CloneValueConvertible) -> String? {
    do {
      _ = try value.cloneValue()
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func checkRoundTrip<Value: CloneValueConvertible & Equatable>(
    _ value: Value, _ expected: CloneValue, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let converted = try value.cloneValue()
    #expect(converted.isContentEqual(to: expected), sourceLocation: location)
    #expect(try Value(cloneValue: converted) == value, sourceLocation: location)
  }

  @Test
  func `simple values are what they are called`() throws {
    try checkRoundTrip(true, true)
    try checkRoundTrip(1.5, 1.5)
    try checkRoundTrip(Float(0.25), 0.25)
    try checkRoundTrip("ä", "ä")
    try checkRoundTrip(CloneString(utf16: [0xD800]), .string(CloneString(utf16: [0xD800])))
    try checkRoundTrip(CloneBigInt(12), .bigint(12))
    try checkRoundTrip(CloneValue.null, .null)
    try checkRoundTrip(CloneUndefined(), .undefined)
    #expect(try CloneUndefined(cloneValue: 7) == CloneUndefined())
  }

  @Test
  func `integers are numbers and bigints in range`() throws {
    try checkRoundTrip(Int8.min, -128)
    try checkRoundTrip(UInt8.max, 255)
    try checkRoundTrip(Int16.min, -32768)
    try checkRoundTrip(UInt16.max, 65535)
    try checkRoundTrip(Int32.min, -2_147_483_648)
    try checkRoundTrip(UInt32.max, 4_294_967_295)
    try checkRoundTrip(Int(1) << 53, .number(9_007_199_254_740_992))
    #expect(try UInt64(cloneValue: .bigint(CloneBigInt(UInt64.max))) == .max)
    #expect(try Int64(cloneValue: .bigint(CloneBigInt(Int64.min))) == .min)
    #expect(try Int(cloneValue: -0.0) == 0)
    #expect(
      refusal(of: 256, as: UInt8.self) == "the number is no integer from 0 to 255")
    #expect(
      refusal(of: .bigint(-129), as: Int8.self) == "the number is no integer from -128 to 127")
    #expect(refusal(of: 0.5, as: Int8.self) == "the number is no integer from -128 to 127")
    #expect(
      refusal(of: .number(.nan), as: UInt16.self) == "the number is no integer from 0 to 65535")
    #expect(
      refusal(of: .number(.infinity), as: UInt16.self)
        == "the number is no integer from 0 to 65535")
    #expect(refusal(of: "1", as: Int.self) == "expected an integer, found string")
    #expect(
      refusal(Int.max) == "no number is 9223372036854775807; use a CloneBigInt")
  }

  @Test
  func `nothing is guessed`() {
    #expect(refusal(of: 1, as: Bool.self) == "expected a boolean, found number")
    #expect(refusal(of: true, as: Double.self) == "expected a number, found boolean")
    #expect(refusal(of: .null, as: String.self) == "expected a string, found null")
    #expect(refusal(of: 1, as: CloneBigInt.self) == "expected a bigint, found number")
    #expect(refusal(of: .undefined, as: CloneString.self) == "expected a string, found undefined")
    #expect(
      refusal(of: .string(CloneString(utf16: [0xDC00])), as: String.self)
        == "the string has a lone surrogate; only a CloneString can hold it")
  }

  @Test
  func `optional is undefined or null`() throws {
    try checkRoundTrip(Int?.none, .undefined)
    try checkRoundTrip(Int?.some(3), 3)
    #expect(try Int?(cloneValue: .null) == nil)
    #expect(refusal(of: "x", as: Int?.self) == "expected an integer, found string")
  }

  @Test
  func `arrays say which element does not fit`() throws {
    try checkRoundTrip([[1, 2], []], [[1, 2], []])
    try checkRoundTrip(["a", nil], ["a", .undefined])
    #expect(
      refusal(of: [[1], [2, "x"]], as: [[Int]].self)
        == "at $[1][1]: expected an integer, found string")
    #expect(refusal(of: ["0": 1], as: [Int].self) == "expected an Array, found Object")
    #expect(
      refusal([0, Int.min + 1]) == "at $[1]: no number is -9223372036854775807; use a CloneBigInt")
  }

  @Test
  func `an array of holes is refused without being made`() throws {
    let holes = CloneValue.array(CloneArray(count: 4_000_000_000))
    #expect(refusal(of: holes, as: [Int?].self) == "expected an Array without holes")
    let one = CloneValue.array(CloneArray(holey: [1, nil, 3]))
    #expect(refusal(of: one, as: [Int].self) == "expected an Array without holes")
    #expect(try [Int](cloneValue: .array(CloneArray(holey: [1, 2]))) == [1, 2])
  }

  @Test
  func `bytes are a Uint8Array`() throws {
    let view = try [1, 2, 3].map { UInt8($0) }.cloneValue()
    #expect(view.arrayBufferView?.kind == .uint8)
    #expect(try [UInt8](cloneValue: view) == [1, 2, 3])
    let buffer = CloneArrayBuffer([1, 2, 3, 4])
    #expect(try [UInt8](cloneValue: .arrayBuffer(buffer)) == [1, 2, 3, 4])
    let part = try #require(
      CloneArrayBufferView(.dataView, on: buffer, byteOffset: 1, byteLength: 2))
    #expect(try [UInt8](cloneValue: .arrayBufferView(part)) == [2, 3])
    let wide = try #require(CloneArrayBufferView(.uint16, on: buffer))
    #expect(
      refusal(of: .arrayBufferView(wide), as: [UInt8].self)
        == "expected a Uint8Array or an ArrayBuffer, found Uint16Array")
    #expect(
      refusal(of: [1], as: [UInt8].self)
        == "expected a Uint8Array or an ArrayBuffer, found Array")
    try checkRoundTrip([[UInt8]](), [])
  }

  @Test
  func `dictionaries are objects with sorted names`() throws {
    try checkRoundTrip(["b": 1, "a": 2], ["a": 2, "b": 1])
    let value = try ["b": 1, "a": 2, "10": 3].cloneValue()
    #expect(value.object?.keys.map(\.description) == ["10", "a", "b"])
    #expect(
      refusal(of: ["a": ["b": "x"]], as: [String: [String: Int]].self)
        == "at $.a.b: expected an integer, found string")
    #expect(refusal(of: [1], as: [String: Int].self) == "expected an Object, found Array")
    #expect(
      refusal(["x": Int.max]) == "at $.x: no number is 9223372036854775807; use a CloneBigInt")
  }

  @Test
  func `names that Swift cannot tell apart are refused`() {
    let composed = ClonePropertyKey("\u{E9}")
    let decomposed = ClonePropertyKey("e\u{301}")
    #expect(
      refusal(of: .object([composed: 1, decomposed: 2]), as: [String: Int].self)
        == #"at $["e\u0301"]: another name is the same text to Swift"#)
    let lone = ClonePropertyKey(CloneString(utf16: [0xD800]))
    #expect(
      refusal(of: .object([lone: 1]), as: [String: Int].self)?.hasSuffix(
        "the name has a lone surrogate") == true)
  }

  struct Point: CloneValueConvertible, Equatable {
    var x: Double
    var label: String?

    init(x: Double, label: String?) {
      self.x = x
      self.label = label
    }

    init(cloneValue: CloneValue) throws(CloneConversionError) {
      x = try cloneValue.converted(at: "x")
      label = try cloneValue.converted(at: "label")
    }

    func cloneValue() throws(CloneConversionError) -> CloneValue {
      ["x": try x.cloneValue(), "label": try label.cloneValue()]
    }
  }

  @Test
  func `a type of one's own is a few lines`() throws {
    try checkRoundTrip([Point(x: 1, label: "a")], [["x": 1, "label": "a"]])
    #expect(try Point(cloneValue: ["x": 2]) == Point(x: 2, label: nil))
    #expect(
      refusal(of: [["x": 1], ["y": 1]], as: [Point].self)
        == "at $[1].x: expected a number, found undefined")
    #expect(refusal(of: 5, as: Point.self) == "at $.x: expected a number, found undefined")
    #expect(try CloneValue.string("t").converted(to: String.self) == "t")
  }
}
