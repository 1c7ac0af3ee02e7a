import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing

/// Payloads that nobody means well with.
struct LimitTests {
  final class Chain: Codable {
    var next: Chain?
    init(next: Chain?) { self.next = next }
  }

  struct Tree: Codable, Equatable { var children: [Tree] = [] }

  private func chain(_ depth: Int) -> [UInt8] {
    var bytes: [UInt8] = [0xFF, 15]
    for _ in 1..<depth { bytes += [0x6F, 0x22, 4] + Array("next".utf8) }
    bytes += [0x6F, 0x7B, 0]
    for _ in 1..<depth { bytes += [0x7B, 1] }
    return bytes
  }

  /// Runs a function on a thread with a stack of 512 KiB, the least that threads have.
  private func onSmallStack(_ body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      body()
      done.signal()
    }
    thread.stackSize = 512 << 10
    thread.start()
    done.wait()
  }

  @Test func `deep nesting is an error and no overflow of the stack`() throws {
    onSmallStack {
      let bytes = chain(100)
      #expect(throws: Never.self) {
        var decoder = CloneDecoder()
        decoder.maximumDepth = 100
        _ = try decoder.decode(Chain.self, from: bytes)
      }
    }
    let error = #expect(throws: DecodingError.self) {
      try CloneDecoder().decode(Chain.self, from: chain(100_000))
    }
    #expect(error?.context?.codingPath.count == 513)
    #expect(
      (error?.context?.underlyingError as? CloneDecodingError)?.reason
        == .limitExceeded("maximumDepth", 512))
    // What no type reads may be as deep as the payload's limit allows.
    struct Nothing: Decodable {}
    _ = try CloneDecoder().decode(Nothing.self, from: chain(100_000))
  }

  @Test func `types that read themselves from their own value`() throws {
    struct Endless: Codable {
      init() {}
      init(from decoder: any Decoder) throws {
        self = try decoder.singleValueContainer().decode(Endless.self)
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self)
      }
    }
    #expect(throws: DecodingError.self) { try decode(Endless.self, 1) }
    #expect(throws: EncodingError.self) { try CloneEncoder().encode(Endless()) }
  }

  @Test func `deep values are an error when they are written`() throws {
    var chain = Chain(next: nil)
    for _ in 0..<1000 { chain = Chain(next: chain) }
    let error = #expect(throws: EncodingError.self) { try CloneEncoder().encode(chain) }
    #expect(
      (error?.context?.underlyingError as? DataCloneError)?.reason
        == .limitExceeded("maximumDepth", 512))
    var encoder = CloneEncoder()
    encoder.maximumDepth = 2000
    _ = try encoder.encode(chain)
  }

  @Test func `references that multiply what is read are an error`() throws {
    var value: CloneValue = ["children": []]
    for _ in 0..<40 { value = ["children": [value, value]] }
    let error = #expect(throws: DecodingError.self) { try decode(Tree.self, value) }
    guard
      case .limitExceeded("expansion", _)? =
        (error?.context?.underlyingError as? CloneDecodingError)?.reason
    else {
      Issue.record("\(String(describing: error))")
      return
    }
    // Without so many of them they are read.
    let leaf: CloneValue = ["children": []]
    let few: CloneValue = ["children": [leaf, leaf]]
    #expect(try decode(Tree.self, few) == Tree(children: [Tree(), Tree()]))
  }

  @Test func `an array that is very long and nearly empty`() throws {
    // a 4294967295 @ 0 4294967295
    let length: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
    let bytes = [0xFF, 15, 0x61] + length + [0x40, 0] + length
    #expect(throws: DecodingError.self) { try CloneDecoder().decode([Int?].self, from: bytes) }
  }

  @Test func `the payload's limits apply`() throws {
    let bytes = try CloneEncoder().encode(["name": "a longer text"])
    let decoder = CloneDecoder(limits: CloneLimits(inputSize: 10))
    expectError(
      [String: String].self, bytes, decoder, at: "", offset: 10, .limitExceeded("inputSize", 10))
    let shallow = CloneDecoder(limits: CloneLimits(depth: 2))
    #expect(throws: DecodingError.self) {
      try shallow.decode([[[Int]]].self, from: CloneEncoder().encode([[[1]]]))
    }
  }

  @Test func `cut and changed bytes give errors and no traps`() throws {
    let bytes = try CloneEncoder().encode([
      "a": KeyedTests.Everything(), "b": KeyedTests.Everything(),
    ])
    let decoder = CloneDecoder()
    for length in 0..<bytes.count {
      #expect(throws: DecodingError.self) {
        try decoder.decode([String: KeyedTests.Everything].self, from: Array(bytes[..<length]))
      }
    }
    for position in bytes.indices {
      for change: UInt8 in [1, 8, 0x40, 0x80, 0xFF] {
        var changed = bytes
        changed[position] ^= change
        do {
          _ = try decoder.decode([String: KeyedTests.Everything].self, from: changed)
        } catch {
          #expect(error is DecodingError)
        }
      }
    }
  }
}
