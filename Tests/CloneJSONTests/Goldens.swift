import BlinkClone
import CloneDetection
import ElectronClone
import NodeClone
import StructuredClone
import _CloneFixtures

/// What the goldens of all programs hold, with their bytes where those are one payload.
enum Goldens {
  /// A value, and the payload that it came in.
  struct Golden: Sendable {
    let name: String
    let value: CloneValue
    /// The payload, with what writes it; `nil` where something outside of it belongs to it.
    let payload: ClonePayload?
    let writesViewsAsHostObjects: Bool
    let delegate: (any ValueSerializerDelegate)?

    /// The bytes of a payload.
    func encoded(_ payload: ClonePayload) throws -> [UInt8] {
      try payload.encoded(
        limits: .default, delegate: delegate,
        treatsArrayBufferViewsAsHostObjects: writesViewsAsHostObjects)
    }
  }

  /// What lives outside of payloads.
  private struct Outside: ValueDeserializerDelegate {
    func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? {
      CloneSharedArrayBuffer(
        cloneID: cloneID, byteLength: 8, maxByteLength: cloneID % 2 == 0 ? nil : 16,
        isWasmMemory: cloneID % 3 == 2)
    }
    func wasmModule(transferID: UInt32) -> CloneWasmModule? {
      CloneWasmModule(transferID: transferID)
    }
    func sharedObject(index: UInt32) -> CloneSharedObject? { CloneSharedObject(index: index) }
  }

  static let v8: [Golden] = Fixtures.values.flatMap { item in
    item.goldens.compactMap(\.written).flatMap { written -> [Golden] in
      values(of: item, Fixtures.bytes(written)).map { value, payload in
        Golden(
          name: item.name, value: value, payload: payload, writesViewsAsHostObjects: false,
          delegate: nil)
      }
    }
  }

  private static func values(
    of item: Fixtures.ValueCase, _ bytes: [UInt8]
  ) -> [(CloneValue, ClonePayload?)] {
    if item.prefix == nil, item.several == nil, item.transfer == nil,
      let payload = try? ClonePayload(decoding: bytes)
    {
      return [(payload.value, payload)]
    }
    var reader = ValueDeserializer(bytes, delegate: Outside())
    for (id, count) in (item.transfer ?? []).enumerated() {
      reader.transferArrayBuffer(
        UInt32(id), CloneArrayBuffer([UInt8](repeating: 0, count: count)))
    }
    _ = try? reader.readRawBytes(Fixtures.bytes(item.prefix ?? "").count)
    var values: [(CloneValue, ClonePayload?)] = []
    guard (try? reader.readHeader()) != nil else { return [] }
    repeat {
      guard let value = try? reader.readValue() else { break }
      values.append((value, nil))
    } while item.several == true
    return values
  }

  static let madeByHand: [Golden] = Fixtures.reads.compactMap { item in
    var profile = CloneProfile.default
    profile.supportsLegacyWireFormat = true
    guard
      let payload = try? ClonePayload(
        decoding: Fixtures.bytes(item.bytes), profile: profile, delegate: Outside())
    else { return nil }
    return Golden(
      name: item.name, value: payload.value, payload: payload, writesViewsAsHostObjects: false,
      delegate: nil)
  }

  static let node: [Golden] =
    goldens(Fixtures.nodeSerialize + Fixtures.nodeDeserialize, dialect: .v8, prefix: 0)
    + goldens(Fixtures.nodeChannel, dialect: .channel, prefix: 4)

  private static func goldens(
    _ cases: [Fixtures.NodeCase], dialect: NodeHostObjects.Dialect, prefix: Int
  ) -> [Golden] {
    cases.flatMap { item in
      item.goldens.compactMap { golden -> Golden? in
        guard let hex = golden.written ?? item.bytes, let engine = golden.engines.first,
          let profile = CloneProfile(named: engine)
        else { return nil }
        let delegate = NodeHostObjects(profile, dialect: dialect)
        guard
          let payload = try? ClonePayload(
            decoding: Array(Fixtures.bytes(hex).dropFirst(prefix)), delegate: delegate)
        else { return nil }
        return Golden(
          name: item.description, value: payload.value, payload: payload,
          writesViewsAsHostObjects: true, delegate: delegate)
      }
    }
  }

  /// Chromium's, Deno KV's and those of Node's test reporter.
  static let detected: [Golden] = {
    let blink = Fixtures.blinkValues.compactMap { item in
      item.storedBytes.map { (item.name, $0) }
    }
    let verdicts = Fixtures.blinkVerdicts.map { ($0.name, Fixtures.bytes($0.bytes)) }
    let deno = Fixtures.denoKV.map { ($0.name, Fixtures.bytes($0.stored)) }
    let reporter = ["node20", "node22", "node24"].map { ($0, Fixtures.nodeReporter(of: $0)) }
    return (blink + verdicts + deno + reporter).flatMap { name, bytes in
      ((try? CloneDetection.detect(bytes)?.values.get()) ?? []).map { value in
        Golden(
          name: name, value: value, payload: nil, writesViewsAsHostObjects: false, delegate: nil)
      }
    }
  }()

  static let all = v8 + madeByHand + node + detected
}
