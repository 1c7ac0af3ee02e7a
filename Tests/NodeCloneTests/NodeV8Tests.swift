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

  /// What the reader's own loop makes of views is what the delegate makes of them, also of bytes that are cut or changed.
  @Test(arguments: Fixtures.nodeSerialize)
  func `views are read in two ways that agree`(_ item: Fixtures.NodeCase) throws {
    for written in Set(item.goldens.compactMap(\.written)) {
      let bytes = Fixtures.bytes(written)
      var variants = [bytes] + (0..<bytes.count).map { Array(bytes[..<$0]) }
      for position in bytes.indices {
        var changed = bytes
        changed[position] ^= position % 2 == 0 ? 0x01 : 0x0F
        variants.append(changed)
      }
      for variant in variants { expectAgreement(on: variant, .default) }
      for nodes in 0...5 { expectAgreement(on: bytes, CloneLimits(nodes: nodes)) }
    }
  }

  private func expectAgreement(on bytes: [UInt8], _ limits: CloneLimits) {
    let found = outcome { () throws(CloneDecodingError) in
      try NodeV8.deserialize(bytes, limits: limits)
    }
    let expected = outcome { () throws(CloneDecodingError) in
      try CloneValue(decoding: bytes, limits: limits, delegate: NodeHostObjects())
    }
    #expect(found == expected, "\(hex(bytes))")
  }

  /// What the writer itself makes of views is what the delegate makes of them, and so are the refusals.
  @Test(arguments: Fixtures.nodeSerialize)
  func `views are written in two ways that agree`(_ item: Fixtures.NodeCase) throws {
    for written in Set(item.goldens.compactMap(\.written)) {
      let value = try NodeV8.deserialize(Fixtures.bytes(written))
      for profile in [CloneProfile.node14, .node20, .node24] {
        var serializer = ValueSerializer(profile: profile, delegate: NodeHostObjects(profile))
        serializer.treatsArrayBufferViewsAsHostObjects = true
        serializer.writeHeader()
        do throws(DataCloneError) {
          try serializer.writeValue(value)
          #expect(try NodeV8.serialize(value, profile: profile) == serializer.release())
        } catch {
          let other = #expect(throws: DataCloneError.self) {
            try NodeV8.serialize(value, profile: profile)
          }
          #expect(other?.description == error.description)
        }
      }
    }
  }

  /// The bytes of what is read, or why nothing is.
  private func outcome(_ read: () throws(CloneDecodingError) -> CloneValue) -> String {
    do throws(CloneDecodingError) {
      let value = try read()
      return
        "\((try? NodeV8.serialize(value)).map { hex($0) } ?? "not written") \(value.hasSharedReferences)"
    } catch {
      return error.description
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
