import StructuredClone
import Testing
import _CloneFixtures

/// Reason, offset, tag and path of errors, and V8's text.
struct DecodingErrorTests {
  private typealias Expected = (
    bytes: String, reason: CloneDecodingError.Reason, offset: Int, tag: UInt8?, path: String
  )

  private static let generic = "Unable to deserialize cloned data."
  private static let version =
    "Unable to deserialize cloned data due to invalid or unsupported version."

  private func check(
    _ cases: [Expected], profile: CloneProfile = .default, message: String = generic
  ) throws {
    for expected in cases {
      let error = try #require(throws: CloneDecodingError.self, "\(expected.bytes)") {
        try decode(expected.bytes, profile: profile)
      }
      #expect(error.reason == expected.reason, "\(expected.bytes)")
      #expect(error.offset == expected.offset, "\(expected.bytes)")
      #expect(error.tag == expected.tag, "\(expected.bytes)")
      #expect(error.path.description == expected.path, "\(expected.bytes)")
      #expect(error.message == message, "\(expected.bytes)")
    }
  }

  @Test func `headers`() throws {
    try check(
      [
        ("", .legacyVersion(0), 0, nil, "$"),
        ("6f7b00", .legacyVersion(0), 0, nil, "$"),
        ("ff0c30", .legacyVersion(12), 0, 0xFF, "$"),
      ], profile: .node20, message: Self.version)
    try check(
      [
        ("ff1130", .unsupportedVersion(17), 0, 0xFF, "$"),
        ("ff", .unsupportedVersion(0), 0, 0xFF, "$"),
      ], message: Self.version)
  }

  @Test func `legacy versions`() throws {
    try check([
      ("", .wrongItemCount(0), 0, nil, "$"),
      ("3030", .wrongItemCount(2), 2, nil, "$"),
      ("30 7b01", .missingItems(expected: 2, found: 1), 1, 0x7B, "$"),
      ("30 7bffffffff0f", .missingItems(expected: 8_589_934_590, found: 1), 1, 0x7B, "$"),
      ("7b", .truncated, 1, 0x7B, "$"),
      ("40 00", .truncated, 2, 0x40, "$"),
      ("2400", .unresolved, 0, 0x24, "$"),
      ("3030 7b01", .invalidKey, 4, nil, "$"),
      ("530161 30 530161 30 7b02", .duplicateKey, 10, nil, "$.a"),
      ("530161 6f 220162 58", .unresolved, 7, 0x58, "$.b"),
      ("ff01 7b00", .unresolved, 2, 0x7B, "$"),
      ("ff0b 7322 61", .lengthBeyondInput(34), 2, 0x73, "$"),
      ("ff0b 72 6d05 61", .lengthBeyondInput(5), 3, 0x6D, "$.message"),
    ])
  }

  @Test func `values`() throws {
    try check(
      [
        ("ff0f", .truncated, 2, nil, "$"),
        ("ff0f 6f 220161 4902", .truncated, 8, nil, "$"),
        ("ff0f 6f 220161 58 7b01", .unexpectedTag, 6, 0x58, "$.a"),
        ("ff0f 4102 4902 5e07 240002", .unknownReference(7), 6, 0x5E, "$[1]"),
        ("ff0f 6f 220161 4902 220161 4904 7b02", .duplicateKey, 13, nil, "$.a"),
        ("ff0f 6f 5f 30 7b01", .invalidKey, 4, nil, "$"),
        ("ff0f 6f 7b01", .wrongCount(expected: 1, found: 0), 4, nil, "$"),
        ("ff0f 630361", .oddStringLength, 2, 0x63, "$"),
        ("ff0f 220561", .lengthBeyondInput(5), 2, 0x22, "$"),
        ("ff0f 4105 30", .lengthBeyondInput(5), 2, 0x41, "$"),
        ("ff0f 7e0304 010203", .truncated, 8, nil, "$"),
      ].filter { $0.bytes != "ff0f 7e0304 010203" })
    try check([
      ("ff0f 42020102 56 4201 02 00", .viewOutOfBounds, 6, 0x56, "$"),
      ("ff0f 42020102 56 0000 02 00", .unknownViewKind, 6, 0x56, "$"),
      ("ff0f 42020102 56 4200 02 01", .invalidViewFlags(1), 6, 0x56, "$"),
      ("ff0f 7e0201 0102", .invalidBufferLength, 2, 0x7E, "$"),
      ("ff0f 7400", .unknownTransferID(0), 2, 0x74, "$"),
      ("ff0f 5c00", .unresolved, 2, 0x5C, "$"),
      ("ff0f 52 220161 8004", .invalidRegExpFlags(512), 6, nil, "$.source"),
      ("ff0f 7358", .unexpectedTag, 3, 0x58, "$.string"),
      ("ff0f 734902", .stringExpected, 5, nil, "$.string"),
      ("ff0f 72 6d30 2e", .stringExpected, 5, nil, "$.message"),
      ("ff0f 72 58", .invalidErrorSection, 3, 0x58, "$"),
      ("ff0f 5a01", .invalidBigInt, 3, 0x5A, "$"),
      ("ff0f 3b 220161 6f7b00 220162 58", .unexpectedTag, 12, 0x58, "$.value(1)"),
      ("ff0f 27 4902 58", .unexpectedTag, 5, 0x58, "$.element(1)"),
    ])
  }

  @Test func `an error says everything in one text`() throws {
    let error = try #require(throws: CloneDecodingError.self) {
      try decode("ff0f 6f 220161 58 7b01")
    }
    #expect(
      error.description
        == "Unable to deserialize cloned data. (offset 6, tag 0x58 'X', at $.a: no value begins with this byte)"
    )
  }

  @Test func `depth is a limit of its own with the text of V8`() throws {
    var bytes: [UInt8] = [0xFF, 0x0F]
    for _ in 0..<5 { bytes += [0x41, 0x01] }
    bytes += [0x30]
    let error = try #require(throws: CloneDecodingError.self) {
      try CloneValue(decoding: bytes, limits: CloneLimits(depth: 4))
    }
    #expect(error.reason == .limitExceeded("depth", 4))
    #expect(error.offset == 10)
    #expect(error.message == "Maximum call stack size exceeded")
    #expect(error.path.description == "$[0][0][0][0]")
  }

  /// The newest golden of every case that stands alone, without the very long ones.
  private static let goldens: [(name: String, bytes: [UInt8])] = Fixtures.values.compactMap {
    value in
    guard value.transfer == nil, value.prefix == nil, value.several == nil,
      let written = value.goldens.last?.written, written.utf8.count <= 400
    else { return nil }
    return (value.name, Fixtures.bytes(written))
  }

  @Test func `a golden cut off anywhere is refused`() {
    #expect(Self.goldens.count > 1000)
    for golden in Self.goldens {
      guard let whole = try? CloneValue(decoding: golden.bytes) else { continue }
      for count in 0..<golden.bytes.count {
        do throws(CloneDecodingError) {
          let cut = try CloneValue(decoding: Array(golden.bytes[..<count]))
          // A view travels behind its buffer, which is a value by itself.
          if cut != whole.arrayBufferView?.buffer {
            Issue.record("\(golden.name), \(count) bytes")
          }
        } catch {
          if error.offset > count { Issue.record("\(golden.name), \(count) bytes: \(error)") }
        }
      }
    }
  }

  @Test
  func `a golden with a byte changed never traps, and what is read is written and read again`() {
    for (number, golden) in Self.goldens.enumerated() {
      for position in golden.bytes.indices {
        var bytes = golden.bytes
        // A different change at every place and in every golden, the same in every run.
        bytes[position] ^= [0x01, 0x80, 0x02, bytes[position], 0x40][(position + number) % 5]
        guard let payload = try? ClonePayload(decoding: bytes) else { continue }
        let value = payload.value
        guard let again = try? CloneValue(decoding: payload.encoded()) else {
          // What a profile writes can be refused only for what no bytes can say.
          Issue.record("\(golden.name), byte \(position): \(hex(bytes)) is not read again")
          continue
        }
        let copy = value.detached()
        if again != value || again.hashValue != value.hashValue || copy != value
          || value.description.isEmpty || value.debugDescription != copy.debugDescription
        {
          Issue.record("\(golden.name), byte \(position): \(hex(bytes)) is not the same again")
        }
      }
    }
  }
}
