import StructuredClone
import Testing
import _CloneFixtures

/// The fast path reads what the general way reads, and refuses what it refuses.
struct FastPathTests {
  private func read(
    _ bytes: [UInt8], fast: Bool, _ limits: CloneLimits = .default
  ) -> ReadingOutcome {
    var deserializer = ValueDeserializer(bytes, limits: limits)
    deserializer.usesFastPath = fast
    return ReadingOutcome(of: &deserializer)
  }

  private func expectSame(_ bytes: [UInt8], _ limits: CloneLimits = .default) {
    let fast = read(bytes, fast: true, limits)
    let general = read(bytes, fast: false, limits)
    #expect(fast == general, "\(hex(bytes)) with \(limits)")
    #expect(fast.rewritten == general.rewritten, "\(hex(bytes))")
  }

  @Test func `what engines wrote`() {
    for golden in Fixtures.values.flatMap(\.goldens) {
      if let written = golden.written { expectSame(Fixtures.bytes(written)) }
    }
  }

  @Test func `what was made by hand`() {
    for read in Fixtures.reads { expectSame(Fixtures.bytes(read.bytes)) }
  }

  @Test func `payloads that were cut`() {
    for (number, golden) in Fixtures.values.flatMap(\.goldens).enumerated()
    where number.isMultiple(of: 29) {
      guard let written = golden.written else { continue }
      let bytes = Fixtures.bytes(written)
      for count in 0..<min(bytes.count, 200) { expectSame(Array(bytes.prefix(count))) }
    }
  }

  @Test func `small limits`() {
    let limits = [
      CloneLimits(depth: 1), CloneLimits(depth: 2), CloneLimits(nodes: 1), CloneLimits(nodes: 3),
      CloneLimits(arrayLength: 2), CloneLimits(stringLength: 3), CloneLimits(bigIntSize: 8),
      CloneLimits(memory: 64), CloneLimits(memory: 1000),
    ]
    for (number, golden) in Fixtures.values.flatMap(\.goldens).enumerated()
    where number.isMultiple(of: 17) {
      guard let written = golden.written else { continue }
      for limit in limits { expectSame(Fixtures.bytes(written), limit) }
    }
  }

  /// A name can be written with a length that takes more bytes than it needs, or in two-byte units.
  @Test(arguments: ["228100 61", "22 01 61", "6302 6100", "00 22 01 61"])
  func `names are compared by what they are`(name: String) {
    let other = "22 01 61"
    for payload in [
      "ff0f 6f \(name) 4902 \(other) 4904 7b02", "ff0f 6f \(other) 4902 \(name) 4904 7b02",
      "ff0f 6f 22 01 62 4902 \(name) 30 \(other) 4904 7b03",
    ] {
      let bytes = bytes(payload)
      expectSame(bytes)
      #expect(throws: CloneDecodingError.self) { try CloneValue(decoding: bytes) }
    }
    for (payload, count) in [
      ("ff0f 27 \(name) \(other) 2c02", 1), ("ff0f 27 \(name) 2201 62 \(other) 2c03", 2),
      ("ff0f 27 4902 4e000000000000f03f 2c02", 1), ("ff0f 27 4900 4e0000000000000080 2c02", 1),
      ("ff0f 27 4e000000000000f87f 4e010000000000f87f 2c02", 1),
    ] {
      let bytes = bytes(payload)
      expectSame(bytes)
      #expect((try? CloneValue(decoding: bytes))?.set?.count == count)
    }
  }

  /// Objects with the names of an earlier one are not compared name by name; others that begin like it are.
  @Test func `an object that begins like another`() {
    let first = "6f 220161 30 220162 30 220163 30 7b03"
    for (second, isRead) in [
      ("6f 220161 30 220162 30 220163 30 7b03", true), ("6f 220161 30 7b01", true),
      ("6f 220161 30 220163 30 220162 30 7b03", true),
      ("6f 220161 30 220162 30 220163 30 220164 30 7b04", true),
      ("6f 220161 30 220162 30 220163 30 220161 30 7b04", false),
      ("6f 220161 30 220162 30 220162 30 7b03", false),
      ("6f 220161 30 220161 30 7b02", false),
      ("6f 220161 30 63026300 30 220163 30 7b03", false),
      ("6f 220161 30 4902 30 220163 30 220163 30 7b04", false),
    ] {
      let bytes = bytes("ff0f4102" + first + second + "240002")
      expectSame(bytes)
      #expect(((try? CloneValue(decoding: bytes)) != nil) == isRead, "\(second)")
    }
  }

  /// Where a name ends is taken from the model's, so that names that begin alike and end elsewhere are no names of it.
  @Test func `names that begin alike`() {
    func name(_ length: Int, endsWith last: UInt8 = 0x61) -> String {
      "22" + hex([UInt8(length)] + Array(repeating: 0x61, count: length - 1) + [last])
    }
    func object(_ names: some Collection<String>) -> String {
      "6f" + names.map { $0 + "30" }.joined() + "7b" + hex([UInt8(names.count)])
    }
    let lengths = [1, 5, 6, 7, 8, 9, 14, 15, 16, 22, 30, 127]
    let names = lengths.map { name($0) }
    for position in lengths.indices {
      let length = lengths[position]
      let others = [
        name(length, endsWith: 0x62), length > 1 ? name(length - 1) : "2200",
        length < 127 ? name(length + 1) : "22 8001 \(String(repeating: "61", count: 128))",
        length > 7 ? name(2) : name(40),
        "63" + hex([UInt8(2 * min(length, 60))])
          + String(repeating: "6162", count: min(length, 60)),
      ]
      for other in others {
        var changed = names
        changed[position] = other
        let payload = bytes(
          "ff0f4105" + object(names) + object(changed) + object(names.prefix(position))
            + object(names) + object(changed) + "240005")
        expectSame(payload)
        let isRead = Set(changed).count == changed.count
        #expect(((try? CloneValue(decoding: payload)) != nil) == isRead, "\(other) at \(position)")
      }
    }
  }

  /// Elements of one kind are read in a loop of their own, which each other kind ends.
  @Test(arguments: [
    "44 0000000000805440", "44 000000000000f87f", "5a 10 0100000000000000", "5a 00",
    "5a 8001 \(String(repeating: "ab", count: 64))", "5a 9000 0100000000000000", "5e 03",
    "5e 8501", "5e 8300", "5e 850180", "5e 00", "5e 8a01", "5e ff7f", "49 02",
    "4e 000000000000f03f", "6f 7b00", "42 00", "2d", "00 5e 03", "22 00", "22 01 e9",
    "22 1e \(String(repeating: "61", count: 30))", "22 1f \(String(repeating: "61", count: 31))",
    "22 7f \(String(repeating: "61", count: 127))",
    "22 8001 \(String(repeating: "61", count: 128))",
    "22 8100 61", "00 22 01 61", "63 00", "63 02 ac20", "63 01 61", "00 63 02 ac20",
    "00 00 63 02 ac20", "00 63 1e \(String(repeating: "ac20", count: 15))", "63 8200 ac20",
    "63 8001 \(String(repeating: "ac20", count: 64))",
  ])
  func `runs of elements`(element: String) {
    let objects = String(repeating: "6f7b00", count: 137)
    // The last of 138 ids before the elements is a buffer's.
    for other in [
      "44 0000000000805440", "5a 10 0200000000000000", "5e 04", "5e 8601", "49 03", "22 02 6162",
      "00 63 04 ac20 ac20",
    ] {
      let elements = [element, element, other, element, element, element, other, other, element]
      let payload = bytes(
        "ff0f 41 9301 \(objects) 42 00" + elements.joined() + "24 00 9301")
      expectSame(payload)
      expectSame(payload, CloneLimits(nodes: 140))
      expectSame(payload, CloneLimits(bigIntSize: 8))
      let length = bytes(elements.joined()).count + 3
      for rest in stride(from: 1, through: length, by: 1 + length / 48) {
        expectSame(Array(payload.dropLast(rest)))
      }
    }
  }

  /// Long containers of primitives and leaves, which no other container interrupts.
  @Test(arguments: [
    "41 a01f CONTENT 24 00 a01f", "27 CONTENT 2c a01f", "3b CONTENT 3a a01f",
    "6f CONTENT 7b d00f", "61 a01f CONTENT 40 d00f a01f",
  ])
  func `memory is limited`(container: String) {
    for element in ["49", "44", "42", "5a", "52"] {
      let content = (0..<4000).map { number in
        let varint = hex([UInt8(number & 0x7F | 0x80), UInt8(number >> 7)])
        // Keys of objects and of arrays in the sparse form ascend.
        let isKey = number.isMultiple(of: 2)
        if isKey, container.hasPrefix("6f") || container.hasPrefix("61") {
          return "49" + hex([UInt8(number & 0x7F | 0x80), UInt8(number >> 7)])
        }
        return switch element {
        case "44": "44 0000000000805440"
        case "42": "42 00"
        case "5a": "5a 10 \(hex((0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }))"
        case "52": "52 22 01 61 00"
        default: "49" + varint
        }
      }
      let payload = bytes(
        "ff0f" + container.replacing("CONTENT", with: content.joined()))
      for memory in [1000, 20_000, 40_000, 70_000, 100_000, 140_000, 200_000] {
        expectSame(payload, CloneLimits(memory: memory))
      }
    }
  }

  /// Arrays of arrays that each announce as much as is left, which only one of them can have.
  @Test func `lengths that are only claimed`() {
    var bytes: [UInt8] = [0xFF, 0x0F]
    for _ in 0..<2000 { bytes += [0x41, 0xE7, 0x07] }
    bytes += Array(repeating: 0x30, count: 1000)
    expectSame(bytes)
    #expect(throws: CloneDecodingError.self) { try CloneValue(decoding: bytes) }
  }

  /// The second attempt reads from the beginning: what the first one read comes behind.
  @Test func `objects of a first attempt are no models for the second`() {
    let object = "6f 2201 61 30 7b01"
    for end in ["6f 2201 61", "6f 2209 6162636465666768 69 30 7b01", object] {
      let first = "ff0d 41 03" + object + "42 00 56 42 00 00 e8 47" + end + "24 00 03"
      expectSame(bytes(first))
      for padding in 0..<20 {
        let name = String(repeating: "61", count: 20)
        let before = String(repeating: "00", count: padding)
        expectSame(
          bytes(
            "ff0d 41 04 \(before) 6f 2214 \(name) 30 7b01 42 00 56 42 00 00 e8 47"
              + "6f 2214 \(name) 30 7b01" + object + "24 00 04"))
      }
    }
  }
}
