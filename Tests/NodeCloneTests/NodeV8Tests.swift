import NodeClone
import StructuredClone
import Testing
import _CloneFixtures

/// `v8.serialize` and `v8.deserialize`, by what Node 14 to 24 wrote and read.
struct NodeV8Tests {
  @Test(arguments: Fixtures.nodeSerialize)
  func `what Node wrote is read, and written again`(_ item: Fixtures.NodeCase) throws {
    for golden in item.goldens {
      guard let written = golden.written else { continue }
      for name in golden.engines {
        let profile = try #require(CloneProfile(named: name))
        for reader in [profile, .default] {
          let value = try NodeV8.deserialize(Fixtures.bytes(written), profile: reader)
          #expect(Views.of(value) == golden.views, "\(name)")
          #expect(hex(try NodeV8.serialize(value, profile: profile)) == written, "\(name)")
        }
        #expect(try rewritten(written, profile) == golden.rewritten, "\(name)")
      }
    }
  }

  @Test(arguments: Fixtures.nodeDeserialize)
  func `what Node says of bytes`(_ item: Fixtures.NodeCase) throws {
    let payload = Fixtures.bytes(try #require(item.bytes))
    for golden in item.goldens {
      for name in golden.engines {
        let profile = try #require(CloneProfile(named: name))
        do {
          let value = try NodeV8.deserialize(payload, profile: profile)
          #expect(golden.error == nil, "\(name)")
          #expect(Views.of(value) == golden.views, "\(name)")
          #expect(try rewritten(item.bytes ?? "", profile) == golden.rewritten, "\(name)")
        } catch let error as CloneDecodingError {
          #expect(golden.error?.hasSuffix(": \(error.message)") == true, "\(name): \(error)")
        }
      }
    }
  }

  /// What an engine writes after reading.
  private func rewritten(_ written: String, _ profile: CloneProfile) throws -> String {
    var reader = ValueDeserializer(
      Fixtures.bytes(written), profile: profile, representation: .engine,
      delegate: NodeHostObjects(profile))
    try reader.readHeader()
    return hex(try NodeV8.serialize(try reader.readValue(), profile: profile))
  }

  @Test func `what a release does not know is refused with its text`() throws {
    let view = try #require(
      CloneArrayBufferView(
        .bigInt64,
        on: CloneArrayBuffer([1, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 0xFF, count: 8))))
    let refusal = try #require(
      Fixtures.nodeSerialize.first { $0.name == "BigInt64" }?.goldens.compactMap(\.refused).first)
    let error = try #require(throws: DataCloneError.self) {
      try NodeV8.serialize(["v": .arrayBufferView(view)], profile: .node18)
    }
    #expect("Error: \(error.message)" == refusal)
    #expect("\(error.path)" == "$.v")
  }

  @Test func `a detached view is refused with Node's text`() throws {
    let view = try #require(CloneArrayBufferView(.uint8, on: CloneArrayBuffer([1, 2])))
    var value: CloneValue = .arrayBufferView(view)
    _ = try structuredClone(&value, transfer: [view.buffer])
    let error = try #require(throws: DataCloneError.self) { try NodeV8.serialize(value) }
    let refusal = Fixtures.nodeSerialize.first { $0.name == "view-detached" }?.goldens
    #expect(refusal?.compactMap(\.refused).first == "TypeError: \(error.message)")
  }

  @Test func `a buffer is made and found`() throws {
    let buffer = NodeBuffer([1, 2, 3])
    let bytes = try NodeV8.serialize(["b": buffer.value, "again": buffer.value])
    let read = try NodeV8.deserialize(bytes)
    #expect(NodeBuffer(read["b"]).map { Array($0.bytes) } == [1, 2, 3])
    #expect(read["b"] === read["again"])
    #expect(NodeBuffer("text") == nil)
  }
}
