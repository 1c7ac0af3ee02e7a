import CloneGeneration
import StructuredClone
import Testing
import _CloneFixtures

/// Sizes without bytes, buffers of the caller's, and the ways in which the writer finds room.
struct EncodingTests {
  @Test(arguments: Fixtures.values)
  func `every golden has its size and goes into any buffer`(_ value: Fixtures.ValueCase) throws {
    guard value.prefix == nil, value.several == nil, value.transfer == nil else { return }
    for golden in value.goldens where golden.unreadable == nil {
      guard let written = golden.written else { continue }
      try check(try CloneValue(decoding: Fixtures.bytes(written)))
    }
  }

  /// All ways to write a value give the same bytes.
  @discardableResult
  private func check(_ value: CloneValue) throws -> [UInt8] {
    let bytes = try value.encoded()
    #expect(try value.encodedSize() == bytes.count)
    for profile in [CloneProfile.default, .node24, .chromium122] {
      guard let written = try? value.encoded(profile: profile) else { continue }
      #expect(try value.encodedSize(profile: profile) == written.count)
    }
    for count in [0, 1, 7] {
      var buffer = [UInt8](repeating: 0xEE, count: count)
      try value.encode(into: &buffer)
      #expect(buffer == [UInt8](repeating: 0xEE, count: count) + bytes)
    }
    for free in [0, 1, 47, 5000] {
      let lent = [UInt8](capacity: bytes.count + free) { span in
        #expect(throws: Never.self) { try value.encode(into: &span) }
      }
      #expect(lent == bytes)
    }
    var raw = [UInt8](repeating: 0xEE, count: bytes.count + 1)
    unsafe raw.withUnsafeMutableBytes { memory in
      var span = unsafe OutputRawSpan(buffer: memory, initializedCount: 1)
      #expect(throws: Never.self) { try value.encode(into: &span) }
      #expect(span.byteCount == memory.count)
      _ = unsafe span.finalize(for: memory)
    }
    #expect(raw == [0xEE] + bytes)
    for missing in [1, 2, bytes.count] {
      let lent = [UInt8](capacity: 3 + bytes.count - missing) { span in
        span.append(repeating: 0xEE, count: 3)
        let error = #expect(throws: DataCloneError.self) { try value.encode(into: &span) }
        #expect(error?.reason == .insufficientRoom(bytes.count))
      }
      #expect(lent == [0xEE, 0xEE, 0xEE])
    }
    var serializer = ValueSerializer(
      format: value.identity == nil ? nil : try ClonePayload(decoding: bytes).format)
    serializer.writeHeader()
    try serializer.writeValue(value)
    #expect(serializer.release() == bytes)
    return bytes
  }

  @Test func `a refusal has no size and leaves a buffer as it was`() throws {
    let value: CloneValue = [
      "long": .string(CloneString(String(repeating: "x", count: 10_000))),
      "f": [.uncloneable(CloneUncloneable(.function, description: "f(){}"))],
    ]
    var buffer: [UInt8] = [1, 2, 3]
    let error = try #require(throws: DataCloneError.self) { try value.encode(into: &buffer) }
    #expect(error.path.description == "$.f[0]")
    #expect(buffer == [1, 2, 3])
    let sizeError = try #require(throws: DataCloneError.self) { try value.encodedSize() }
    #expect(sizeError.description == error.description)
    let lent = [UInt8](capacity: 20_000) { span in
      let error = #expect(throws: DataCloneError.self) { try value.encode(into: &span) }
      #expect(error?.description == sizeError.description)
    }
    #expect(lent.isEmpty)
  }

  @Test func `a buffer that is used again keeps its room`() throws {
    var buffer: [UInt8] = []
    buffer.reserveCapacity(4096)
    let capacity = buffer.capacity
    for number in 0..<100 {
      buffer.removeAll(keepingCapacity: true)
      let value: CloneValue = ["number": .number(Double(number)), "text": "日本"]
      try value.encode(into: &buffer)
      #expect(buffer == (try value.encoded()))
    }
    #expect(buffer.capacity == capacity)
  }

  @Test(arguments: [0, 1, 2, 3, 29, 30, 31, 32, 126, 127, 128, 129, 4095, 4096, 5000, 70_000])
  func `strings of any length, wherever a block ends`(_ count: Int) throws {
    let ascii = CloneValue.string(CloneString(String(repeating: "a", count: count)))
    let wide = CloneValue.string(CloneString(twoByte: repeatElement(0x65E5, count: count)))
    for before in 0..<40 {
      let value: CloneValue = [
        "padding": .string(CloneString(String(repeating: "p", count: 6 * before))),
        "strings": [wide, ascii, 1, wide, .null, ascii], "end": wide,
      ]
      // As it was built, and as it was read.
      let bytes = try check(value)
      let again = try CloneValue(decoding: bytes)
      #expect(again == value)
      #expect(try check(again) == bytes)
    }
  }

  @Test func `numbers of any form, wherever a block ends`() throws {
    for count in [1, 2, 50, 51, 52, 53, 54, 55, 1000] {
      let integers = (0..<count).map { (number: Int) -> CloneValue in
        let cube = number * number * number
        return .number(Double(cube % 0x7FFF_FFFF))
      }
      let negatives = (0..<count).map { (number: Int) -> CloneValue in
        .number(-Double(1 << (number % 32)))
      }
      let doubles = (0..<count).map { (number: Int) -> CloneValue in .number(Double(number) + 0.5) }
      var mixed: [CloneValue] = []
      for index in 0..<count { mixed += [integers[index], doubles[index], true, .undefined] }
      let value: CloneValue = [
        .array(CloneArray(integers)), .array(CloneArray(negatives)), .array(CloneArray(doubles)),
        .array(CloneArray(mixed)), .array(CloneArray(holey: mixed + [nil])),
      ]
      let bytes = try check(value)
      let again = try CloneValue(decoding: bytes)
      #expect(again == value)
      #expect(try check(again) == bytes)
    }
  }

  @Test func `integers take as few bytes as they need`() throws {
    for shift in 0..<31 {
      for number in [1 << shift, (1 << shift) - 1, -(1 << shift), -(1 << shift) - 1] {
        let value = CloneValue([.number(Double(number))])
        let zigZag = UInt32(truncatingIfNeeded: number << 1 ^ number >> 63)
        var expected = "49"
        var rest = zigZag
        while rest >= 0x80 {
          expected += hex([UInt8(truncatingIfNeeded: rest) | 0x80])
          rest >>= 7
        }
        expected += hex([UInt8(rest)])
        #expect(hex(try value.encoded()) == "ff0f4101" + expected + "240001")
      }
    }
  }

  @Test func `what was written is known again, from a part to the whole`() throws {
    // Objects whose first one is mentioned by all, read as one graph.
    let first: CloneValue = ["name": "first"]
    let built = CloneValue((0..<2000).map { Self.object($0, ["first": first]) })
    let value = try CloneValue(decoding: built.encoded())
    let elements = try #require(value.array).elements

    // One by one from the end, so that each lies before those that were written.
    var serializer = ValueSerializer()
    for element in elements.reversed() { try serializer.writeValue(element) }
    _ = serializer.release()
    // The last one took 0, and the object that all mention 1.
    for (index, element) in elements.reversed().enumerated() {
      try serializer.writeValue(element)
      let id = index == 0 ? 0 : index + 1
      #expect(serializer.release() == [0x5E] + varint(id))
    }
    try serializer.writeValue(value)
    let whole = serializer.release()
    #expect(whole.prefix(6) == [0x41, 0xD0, 0x0F, 0x5E] + varint(2000).prefix(2))
    try serializer.writeValue(value)
    #expect(serializer.release() == [0x5E] + varint(2001))
  }

  @Test func `built objects are known again`() throws {
    let objects = (0..<1000).map { Self.object($0) }
    var serializer = ValueSerializer()
    try serializer.writeValue(CloneValue(objects))
    _ = serializer.release()
    for (index, object) in objects.enumerated().reversed() {
      try serializer.writeValue(object)
      #expect(serializer.release() == [0x5E] + varint(index + 1))
    }
    // Objects that are no more do not lend their places.
    for number in 0..<1000 {
      try serializer.writeValue(["fresh": .number(Double(number))])
      #expect(serializer.release().first == 0x6F)
    }
  }

  @Test func `a small part of a large payload is not written into large storage`() throws {
    let value = CloneValue((0..<10_000).map { Self.object($0) })
    let read = try CloneValue(decoding: value.encoded())
    #expect(try read[5].encoded().capacity < 2000)
    let part: CloneValue = ["part": read[5]]
    #expect(try part.encoded().capacity < 2000)
  }

  /// An object of a number and perhaps more.
  private static func object(_ number: Int, _ others: CloneObject = [:]) -> CloneValue {
    var object: CloneObject = ["number": .number(Double(number))]
    for (key, value) in others { object[key] = value }
    return .object(object)
  }

  private func varint(_ value: Int) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}

/// What errors hold is written where they begin.
struct ErrorEncodingTests {
  /// Around what a writer that counts has room for at once, and what is long.
  @Test(arguments: [0, 14, 15, 470, 508, 509, 511, 512, 513, 1500, 4093, 4095, 4096, 4097, 70_000])
  func `text of any length`(_ length: Int) throws {
    let narrow = String(repeating: "m", count: length)
    let wide = String(repeating: "€", count: length / 2)
    let cause: CloneValue = .error(CloneErrorObject(.rangeError, message: CloneString(wide)))
    let value: CloneValue = [
      .error(
        CloneErrorObject(
          .typeError, message: CloneString(narrow), stack: CloneString(wide), cause: cause)),
      .error(CloneErrorObject(message: CloneString(wide), stack: CloneString(narrow))),
    ]
    for value in [value, try CloneValue(decoding: value.encoded())] {
      let bytes = try value.encoded()
      #expect(try CloneValue(decoding: bytes) == value)
      #expect(try value.encodedSize() == bytes.count)
      for profile in CloneProfile.engines {
        let written = try value.encoded(profile: profile)
        #expect(try value.encodedSize(profile: profile) == written.count)
        let exact = try [UInt8](capacity: written.count) {
          try value.encode(into: &$0, profile: profile)
        }
        #expect(exact == written)
      }
    }
  }
}

/// Between Swift text and JavaScript strings.
struct TranscodingTests {
  /// Pieces of text of each width, and some that look alike in their bytes.
  private static let pieces = [
    "", "a", "hello world, ", "ä", "ÿ", "\u{80}", "\u{7FF}", "Ж", "привет", "\u{800}", "日本語",
    "\u{D7FF}",
    "\u{E000}", "\u{FFFF}", "😀", "\u{10000}", "\u{10FFFF}", "äöüß", "e\u{301}",
  ]

  @Test func `text of all widths, at all places`() {
    for first in Self.pieces {
      for second in Self.pieces {
        for count in 0..<20 {
          let text =
            String(repeating: "x", count: count) + first + String(repeating: second, count: count)
            + first
          check(text)
          check(String(repeating: first, count: count) + second)
        }
      }
    }
  }

  @Test func `long text`() {
    for piece in Self.pieces {
      check(String(repeating: piece, count: 3000))
      check(String(repeating: "sparse text " + piece, count: 1000))
      check(String(repeating: piece + "日", count: 1000))
    }
  }

  @Test(arguments: ["aéßÿ\u{80}", "aéЖ日\u{800}😀\u{10FFFF}"])
  func `mixtures, from much ASCII to none`(_ characters: String) {
    let scalars = Array(characters.unicodeScalars)
    var random = SplitMix64(seed: 7)
    for round in 0..<2000 {
      var text = ""
      for _ in 0..<(round % 100) {
        text.unicodeScalars.append(
          random.below(8) < round % 8 ? scalars[random.below(scalars.count)] : "x")
      }
      check(text)
    }
  }

  private func check(_ text: String) {
    let string = CloneString(text)
    let units = Array(text.utf16)
    #expect(Array(string.utf16) == units)
    #expect(string.isTwoByte == units.contains { $0 > 0xFF })
    #expect(String(string) == text)
    #expect(Array(String(string).utf8) == Array(text.utf8))
    #expect(String(exactly: string) == text)
    #expect(CloneString(text.dropFirst()) == CloneString(utf16: text.dropFirst().utf16))
    #expect(String(CloneString(twoByte: units)) == text)
  }

  @Test func `lone surrogates become replacement characters`() {
    for surrogate: UInt16 in [0xD800, 0xDBFF, 0xDC00, 0xDFFF] {
      for count in 0..<12 {
        for unit: UInt16 in [0x61, 0xE9, 0x65E5] {
          let units =
            Array(repeating: unit, count: count) + [surrogate]
            + Array(repeating: unit, count: 11 - count)
          let string = CloneString(utf16: units)
          #expect(Array(string.utf16) == units)
          #expect(String(string) == String(decoding: units, as: UTF16.self))
          #expect(String(exactly: string) == nil)
        }
      }
    }
    let swapped: [UInt16] = [0xDE00, 0xD83D, 0xD83D, 0xDE00, 0xD83D]
    #expect(String(CloneString(utf16: swapped)) == "\u{FFFD}\u{FFFD}😀\u{FFFD}")
  }
}
