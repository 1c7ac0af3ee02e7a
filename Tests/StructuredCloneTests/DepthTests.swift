import Foundation
import StructuredClone
import Testing

/// Nesting is limited by a number and never by the stack: anything that recursed would overflow here.
struct DepthTests {
  private static let depth = TestScale.depth
  /// Just not enough, and enough.
  private static let lowLimits = CloneLimits(depth: min(CloneLimits.default.depth, depth - 1))
  private static let limits = CloneLimits(depth: depth + 1)

  /// Runs `body` on a thread with a stack of 512 KiB.
  private func onSmallStack<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws
    -> R
  {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result(catching: body)) }
      thread.stackSize = 512 * 1024
      thread.start()
    }
  }

  /// A payload of containers in each other: each opens with some bytes and closes with others.
  private static func nested(_ opening: String, _ closing: String, around core: String) -> [UInt8] {
    var payload = bytes("ff0f")
    for _ in 0..<depth { payload += bytes(opening) }
    payload += bytes(core)
    for _ in 0..<depth { payload += bytes(closing) }
    return payload
  }

  @Test(arguments: [
    ("4101", "240001", "4100240000"), ("6f220161", "7b01", "30"), ("3b30", "3a02", "3b3a00"),
    ("27", "2c01", "30"), ("7263", "2e", "30"),
  ])
  func `everything that walks a value works on a small stack`(
    _ opening: String, _ closing: String, _ core: String
  ) async throws {
    try await onSmallStack {
      let payload = Self.nested(opening, closing, around: core)
      #expect(throws: CloneDecodingError.self) {
        try CloneValue(decoding: payload, limits: Self.lowLimits)
      }
      let value = try CloneValue(decoding: payload, limits: Self.limits)
      let copy = value.detached()
      let isSame = value == copy && value.isContentEqual(to: copy)
      #expect(isSame)
      #expect(value.hashValue == copy.hashValue)
      #expect(value.description.utf8.count > Self.depth)
      #expect(value.debugDescription.utf8.count > Self.depth)
      var cloned = value
      let clone = try structuredClone(&cloned)
      let written = try clone.encoded(profile: .node20, limits: Self.limits)
      #expect(written.count == payload.count)
      let error = try #require(throws: DataCloneError.self) {
        try value.encoded(limits: Self.lowLimits)
      }
      #expect(error.message == "Maximum call stack size exceeded")
    }
  }

  @Test func `a value built by nesting is walked and released on a small stack`() async throws {
    try await onSmallStack {
      var value: CloneValue = []
      for _ in 0..<Self.depth { value = [value] }
      let isSame = value == value.detached()
      #expect(isSame)
      let written = try value.encoded(limits: Self.limits)
      #expect(written == Self.nested("4101", "240001", around: "4100240000"))
      let editor = CloneGraphEditor()
      let added = editor.add(value)
      let again = try editor.finish(added).encoded(limits: Self.limits)
      #expect(again == written)
      value = .null
    }
  }

  @Test func `a chain of counts to verify takes no stack`() async throws {
    try await onSmallStack {
      var payload = bytes("ff0f")
      for _ in 0..<Self.depth { payload += [0x3F, 0x00] }
      payload += [0x30]
      let value = try CloneValue(decoding: payload)
      #expect(value == .null)
    }
  }
}
