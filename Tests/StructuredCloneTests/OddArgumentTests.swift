import StructuredClone
import Synchronization
import Testing

/// Nothing that a public function accepts may end the program: odd numbers, objects of another kind than expected,
/// calls in another order.
struct OddArgumentTests {
  // MARK: - Reading

  @Test(arguments: ["55 ffffffff0f", "00 55 ffffffff0f", "00 00 55 8080808008"])
  func `a large integer is no double although it is held as one`(_ text: String) throws {
    let payload = try ClonePayload(decoding: bytes(text))
    let number = try #require(payload.value.number)
    #expect(number >= 2_147_483_648)
    #expect(try CloneValue(decoding: payload.encoded()) == payload.value)
  }

  @Test func `limits below zero refuse`() {
    let limits: [(name: String, path: WritableKeyPath<CloneLimits, Int>)] = [
      ("depth", \.depth), ("inputSize", \.inputSize), ("nodes", \.nodes),
      ("arrayLength", \.arrayLength), ("sparseArrayLength", \.sparseArrayLength),
      ("bigIntSize", \.bigIntSize), ("stringLength", \.stringLength),
      ("regExpLength", \.regExpLength), ("hostObjectDepth", \.hostObjectDepth),
      ("memory", \.memory),
    ]
    let payloads = [
      "ff0f 30", "ff0f 4101 30 240001", "ff0f 6105 400005", "ff0f 5a10 2a00000000000000",
      "ff0f 220161", "ff0f 52 220161 00", "ff0f 6f 220161 6f7b00 7b01", "400005", "", "ff",
    ].map { bytes($0) }
    for limit in limits {
      for value in [0, -1, .min] {
        var refusing = CloneLimits.default
        refusing[keyPath: limit.path] = value
        for payload in payloads {
          do throws(CloneDecodingError) {
            _ = try CloneValue(decoding: payload, limits: refusing)
          } catch {
            #expect((0...payload.count).contains(error.offset), "\(limit.name) \(value): \(error)")
          }
        }
        let nested: CloneValue = [["a": [1]]]
        _ = try? nested.encoded(limits: refusing)
      }
    }
  }

  @Test func `an input beyond 4 GiB is refused, whatever the limit and the first call`() throws {
    let size = 1 << 32 + 8
    // None of it is touched but the last bytes, so it takes no memory. Nobody reads what was not written.
    let huge = unsafe [UInt8](unsafeUninitializedCapacity: size) { storage, count in
      for (offset, byte) in zip(0..., [0x22, 0x01, 0x61, 0x30] as [UInt8]) {
        unsafe storage[size - 8 + offset] = byte
      }
      count = size
    }
    var limits = CloneLimits.unlimited
    limits.inputSize = .max
    #expect(limits.inputSize == Int(UInt32.max))
    var deserializer = ValueDeserializer(huge, limits: limits)
    #expect(throws: CloneDecodingError.self) { try deserializer.readHeader() }
    _ = try deserializer.readRawBytes(size - 8)
    let error = try #require(throws: CloneDecodingError.self) { try deserializer.readValue() }
    #expect(error.reason == .limitExceeded("inputSize", Int(UInt32.max)))
  }

  /// Hands in a reader of other bytes.
  private struct Swapping: ValueDeserializerDelegate {
    let other: HostObjectReader
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      reader = other
      return .receiver([])
    }
  }

  /// Keeps the reader it is given, at the end of the input.
  private final class Keeping: ValueDeserializerDelegate {
    let kept = Mutex<HostObjectReader?>(nil)
    func readHostObject(
      from reader: inout HostObjectReader
    ) throws(CloneDecodingError) -> HostObjectContent {
      _ = try reader.readRawBytes(100)
      let end = reader
      kept.withLock { $0 = end }
      return .receiver([])
    }
  }

  @Test func `a delegate that hands back the reader of another payload moves to the end at most`()
    throws
  {
    let keeping = Keeping()
    _ = try CloneValue(
      decoding: bytes("ff0f 5c") + [UInt8](repeating: 0, count: 100), delegate: keeping)
    let other = try #require(keeping.kept.withLock { $0 })
    var deserializer = ValueDeserializer(bytes("ff0f 5c 30"), delegate: Swapping(other: other))
    try deserializer.readHeader()
    _ = try? deserializer.readValue()
    #expect(deserializer.position <= 4)
    #expect(throws: CloneDecodingError.self) { try deserializer.readRawBytes(1) }
    #expect(throws: CloneDecodingError.self) { try deserializer.readDouble() }
    #expect(throws: CloneDecodingError.self) { try deserializer.readValue() }
  }

  // MARK: - Values

  /// A sequence that promises more than it has.
  private struct Boasting: Sequence {
    func makeIterator() -> some IteratorProtocol<CloneValue> { [CloneValue.null].makeIterator() }
    var underestimatedCount: Int { .max }
  }

  @Test func `a sequence is taken for what it has, not for what it promises`() {
    #expect(CloneArray(Boasting()).count == 1)
  }

  @Test func `a length that no array can have changes nothing`() {
    var array: CloneArray = [1, 2]
    for length in [-1, .min, 1 << 32, .max] { array.count = length }
    #expect(CloneValue.array(array) == [1, 2])
    array.properties = ["length": -1, "name": 1]
    #expect(array.count == 2 && array.properties.count == 1)
    for index in [-1, .min, Int(UInt32.max), .max] {
      #expect(array.isHole(at: index) && array[index].isUndefined)
      array.removeElement(at: index)
    }
    array[Int(UInt32.max) - 1] = 3
    #expect(array.count == Int(UInt32.max))
    let isAdded = array.append(4)
    #expect(!isAdded)
    let last = array.popLast()
    #expect(last?.number == 3)
    array.count = 0
    let none = array.popLast()
    #expect(none?.isUndefined == nil)
  }

  @Test func `what does not fit a buffer is not written`() {
    var immutable = CloneArrayBuffer([1, 2], isImmutable: true)
    immutable[0] = 7
    immutable.replaceBytes(at: 0, with: [7, 7])
    immutable.resize(to: 1)
    #expect(Array(immutable.bytes) == [1, 2])
    var buffer = CloneArrayBuffer([1, 2], maxByteLength: 4)
    for offset in [-1, 2, 3, .max, .min] {
      buffer[offset] = 7
      buffer.replaceBytes(at: offset, with: [7])
    }
    buffer.replaceBytes(at: 2, with: [])
    for length in [-1, 5, .max, .min] { buffer.resize(to: length) }
    #expect(Array(buffer.bytes) == [1, 2])
    var huge = CloneArrayBuffer([], maxByteLength: 1 << 52)
    huge.resize(to: 1 << 32)
    #expect(huge.byteLength == 0)
  }

  @Test func `a view on a shared buffer keeps it`() throws {
    let shared = CloneSharedArrayBuffer(cloneID: 1, byteLength: 8)
    var view = try #require(CloneArrayBufferView(.uint8, on: shared))
    view.modifyBuffer { $0 = CloneArrayBuffer([]) }
    view[0] = 1
    #expect(view.buffer.sharedArrayBuffer?.cloneID == 1)
  }

  @Test func `a view whose buffer was exchanged is out of bounds`() throws {
    for kind in CloneArrayBufferView.Kind.allCases {
      for tracks in [false, true] {
        var view = try #require(
          CloneArrayBufferView(
            kind, on: CloneArrayBuffer([UInt8](repeating: 1, count: 16), maxByteLength: 16),
            byteOffset: 8, byteLength: tracks ? nil : 8))
        view.modifyBuffer { $0 = CloneArrayBuffer([1, 2, 3]) }
        #expect(view.isOutOfBounds && view.byteLength == 0 && view.bytes.isEmpty)
        #expect(view.elements.isEmpty && view[0].isUndefined && view[-1].isUndefined)
        view[0] = 1
        #expect("\(CloneValue.arrayBufferView(view))".isEmpty == false)
        let editor = CloneGraphEditor()
        let node = try #require(editor.add(.arrayBufferView(view)).node)
        for index in [-1, 0, 1, .max, .min] { node[element: index] = 1 }
      }
    }
    #expect(CloneArrayBufferView(.int8, on: CloneArrayBuffer([1]), byteOffset: .min) == nil)
    #expect(CloneArrayBufferView(.int8, on: CloneArrayBuffer([1]), byteOffset: .max) == nil)
    #expect(CloneArrayBufferView(.int8, on: CloneArrayBuffer([1]), byteLength: .min) == nil)
    #expect(CloneArrayBufferView(.float64, on: CloneArrayBuffer([1]), byteLength: .max) == nil)
  }

  @Test func `every double is a date, an element and a key`() throws {
    let doubles: [Double] = [
      .nan, .infinity, -.infinity, -0.0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .leastNonzeroMagnitude, 8.64e15, -8.64e15, 8.64e15.nextUp, 0x1p63, -0x1p63, 0x1p64, 0x1p32,
      65519.999, 65520, 0x1p-24, 0x1p-25,
    ]
    let buffer = CloneArrayBuffer([UInt8](repeating: 0, count: 8))
    for double in doubles {
      _ = CloneValue.date(CloneDate(millisecondsSince1970: double)).description
      let map: CloneMap = [.number(double): .number(double)]
      #expect(map[.number(double)] == .number(double))
      _ = CloneValue.number(double).description
      for kind in CloneArrayBufferView.Kind.allCases {
        var view = try #require(CloneArrayBufferView(kind, on: buffer))
        view[0] = .number(double)
        view[0] = .bigint(
          CloneBigInt(isNegative: true, magnitude: [UInt8](repeating: 255, count: 9)))
        _ = view.elements
      }
    }
  }

  @Test func `big integers of every form`() {
    let magnitudes: [[UInt8]] = [
      [], [0], [0, 0, 0], [255], [0, 128], [UInt8](repeating: 255, count: 8),
      [UInt8](repeating: 0, count: 8) + [1], [UInt8](repeating: 255, count: 1025),
    ]
    for magnitude in magnitudes {
      for isNegative in [false, true] {
        let integer = CloneBigInt(isNegative: isNegative, magnitude: magnitude)
        _ = integer.description
        let values = [
          Int8(exactly: integer).map(Int.init), UInt8(exactly: integer).map(Int.init),
          Int16(exactly: integer).map(Int.init), Int64(exactly: integer).map(Int.init),
        ]
        _ = UInt64(exactly: integer)
        #expect(values.allSatisfy { $0 == nil || CloneBigInt($0 ?? 0) == integer })
      }
    }
    #expect(Int64(exactly: CloneBigInt(Int64.min)) == .min)
    #expect(Int64(exactly: CloneBigInt(UInt64.max)) == nil)
  }

  // MARK: - Editing

  /// One of every kind that a payload can hold.
  private static let kinds: [CloneValue] = {
    var kinds: [CloneValue] = [
      [:], [], .map([1: 2]), .set([1]), .date(.invalid), .regExp(CloneRegExp("a")),
      .error(CloneErrorObject()), .arrayBuffer(CloneArrayBuffer([1])),
      .arrayBuffer(CloneArrayBuffer([1], isImmutable: true)),
      .sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 1)),
      .hostObject(CloneHostObject(interface: "a", payload: 1)),
      .wasmModule(CloneWasmModule(transferID: 0)), .sharedObject(CloneSharedObject(index: 0)),
      .wasmMemory(
        CloneWasmMemory(on: CloneSharedArrayBuffer(cloneID: 0, byteLength: 0), maximumPages: -1)),
      .uncloneable(CloneUncloneable(.function)),
    ]
    if let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer([1])) {
      kinds.append(.arrayBufferView(view))
    }
    if let box = CloneBoxedPrimitive(1) { kinds.append(.boxedPrimitive(box)) }
    return kinds
  }()

  @Test(arguments: kinds.indices)
  func `an editor does nothing to an object of another kind`(_ number: Int) throws {
    let original = Self.kinds[number]
    func edited(_ change: (CloneGraphEditor.Node) -> Void) throws -> CloneValue {
      let editor = CloneGraphEditor()
      let node = try #require(editor.add(original).node)
      change(node)
      return editor.finish(node)
    }
    let isKeyed = original.object != nil || original.array != nil
    let changes: [(isFor: Bool, change: (CloneGraphEditor.Node) -> Void)] = [
      (isKeyed, { $0["a"] = 1 }), (isKeyed, { $0[5] = 1 }),
      (original.array != nil, { $0.append(1) }),
      (original.map != nil, { $0[mapKey: "k"] = 1 }), (original.set != nil, { $0.insert("k") }),
      (original.error != nil, { $0.cause = 1 }), (original.error != nil, { $0.cause = nil }),
      (original.arrayBuffer?.isImmutable == false, { $0.bytes = [7] }),
      (false, { $0.bytes = [7, 7] }), (false, { $0.removeProperty("x") }),
      (false, { $0.removeEntry("x") }), (false, { $0["length"] = -1 }),
      (false, { $0[element: 7] = 1 }),
    ]
    for (isFor, change) in changes where !isFor {
      let value = try edited(change)
      if original.object == nil { #expect(value == original) }
    }
    _ = try edited { node in
      _ = node[mapKey: 1]
      _ = node["a"]
      _ = node[element: 0]
      _ = (node.count, node.bytes, node.buffer, node.cause, node.entryKeys, node.propertyKeys)
    }
  }

  @Test func `an object of another editor is added as it is`() throws {
    let other = CloneGraphEditor()
    let stranger = other.object()
    stranger["self"] = .node(stranger)
    let buffer = try #require(other.add(.arrayBuffer(CloneArrayBuffer([1]))).node)
    let editor = CloneGraphEditor()
    let object = editor.object()
    object["a"] = .node(stranger)
    let array = editor.array(.node(stranger), .node(object))
    array.append(.node(stranger))
    let map = editor.map()
    map[mapKey: .node(stranger)] = .node(stranger)
    let set = editor.set()
    set.insert(.node(stranger))
    let error = try #require(editor.add(.error(CloneErrorObject())).node)
    error.cause = .node(stranger)
    for node in [object, array, map, set, error] { array.append(.node(node)) }
    let value = editor.finish(array)
    #expect(value[0]["self"] === value[0])
    #expect(value[1]["a"]["self"] === value[1]["a"])
    #expect(editor.finish(stranger) == other.finish(stranger))
    #expect(editor.view(.uint8, on: buffer) == nil)
  }

  // MARK: - Writing

  @Test func `every layout can be asked for`() throws {
    for version in [0, 1, 12, 13, 16, 17, .max] as [UInt32] {
      var serializer = ValueSerializer(
        format: CloneFormat(version: version, stackBeforeCause: false, viewFlags: false))
      for value in Self.kinds { try? serializer.writeValue(value) }
      serializer.writeHeader()
      serializer.transferArrayBuffer(.max, CloneArrayBuffer([]))
      _ = serializer.release()
      _ = serializer.release()
      try serializer.writeValue([1])
    }
  }

  @Test func `a path may be as odd as it likes`() {
    let steps: [ClonePath.Step] = [
      .element(.min), .element(.max), .mapKey(-1), .mapValue(.max), .setElement(.min),
      .property(ClonePropertyKey(Int.min)), .property(""), .section(""), .content(""),
    ]
    let path = ClonePath([[ClonePath.Step]](repeating: steps, count: 1000).flatMap { $0 })
    #expect(path.omittedSteps == 9000 - 200 && path.description.count > 200)
    #expect(ClonePath().description == "$")
  }
}
