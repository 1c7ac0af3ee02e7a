import CloneGeneration
import CloneInspection
import StructuredClone
import Testing
import _CloneFixtures

/// Payloads that end too early, through every public function that takes bytes: none traps, and every error says
/// where it is.
struct TruncationTests {
  private static let seed: UInt64 = 11
  private static let corpus = Fixtures.reads.map { Fixtures.bytes($0.bytes) } + goldens
  private static let goldens = Fixtures.values.flatMap { value in
    value.goldens.compactMap { golden in golden.written.map { Fixtures.bytes($0) } }
  }

  /// Every engine and the default, with and without versions below 13.
  private static let profiles = (CloneProfile.engines + [.default]).flatMap { profile in
    [false, true].map { legacy in
      var profile = profile
      profile.supportsLegacyWireFormat = legacy
      return profile
    }
  }

  @Test func `payloads cut off at random`() async {
    let chunk = 1000
    await withTaskGroup(of: Void.self) { group in
      for start in stride(from: 0, to: TestScale.truncations, by: chunk) {
        group.addTask {
          for number in start..<min(start + chunk, TestScale.truncations) { Self.cut(number) }
        }
      }
    }
  }

  @Test func `small goldens cut off anywhere`() {
    for (number, golden) in Self.goldens.enumerated() where golden.count <= 40 {
      for count in 0..<golden.count {
        let attempt = Attempt(
          bytes: Array(golden[..<count]),
          profile: Self.profiles[(number + count) % Self.profiles.count],
          delegate: count % 2 == 0 ? nil : ResolvingDelegate())
        attempt.decode(count % 3 == 0 ? .engine : .faithful)
      }
    }
  }

  private static func cut(_ number: Int) {
    var random = SplitMix64(seed: seed, index: number)
    let payload = random.pick(corpus)
    // Cuts near the start of a long payload leave a short one, cuts near its end a nearly complete one.
    let most = min(payload.count, random.chance(50) ? 64 : 4096)
    let attempt = Attempt(
      bytes: Array(payload[..<random.below(most + 1)]), profile: random.pick(profiles),
      delegate: random.chance(50) ? ResolvingDelegate() : nil)
    attempt.decode(.faithful)
    attempt.decode(.engine)
    attempt.decodeValue(retainingInput: random.chance(50))
    attempt.readInSteps(using: &random)
    if number % 4 == 0 { attempt.inspect() }
  }
}

/// Bytes, and how they are read.
private struct Attempt {
  let bytes: [UInt8]
  let profile: CloneProfile
  let delegate: ResolvingDelegate?

  func decode(_ representation: ValueDeserializer.Representation) {
    do throws(CloneDecodingError) {
      let payload = try ClonePayload(
        decoding: bytes, profile: profile, representation: representation, delegate: delegate)
      if payload.byteCount > bytes.count { record("\(payload.byteCount) bytes were read") }
      _ = try? payload.encoded()
    } catch {
      check(error)
    }
  }

  func decodeValue(retainingInput: Bool) {
    do throws(CloneDecodingError) {
      let value = try CloneValue(
        decoding: bytes, profile: profile, retainingInput: retainingInput, delegate: delegate)
      _ = value.description
    } catch {
      check(error)
    }
  }

  func inspect() {
    let inspector = CloneInspector(profile: profile)
    do throws(CloneDecodingError) {
      if try inspector.report(on: bytes).isEmpty { record("an empty report") }
    } catch {
      check(error)
      if inspector.report(on: error, in: bytes).isEmpty { record("an empty report of an error") }
      _ = inspector.report(on: error, in: [])
    }
  }

  /// Calls a reader's functions in any order, also after errors.
  func readInSteps(using random: inout SplitMix64) {
    let representation: ValueDeserializer.Representation = random.chance(50) ? .faithful : .engine
    var deserializer =
      random.chance(50)
      ? ValueDeserializer(
        bytes, profile: profile, representation: representation, delegate: delegate)
      : ValueDeserializer(
        copying: RawSpan(_elements: bytes.span), profile: profile, representation: representation,
        delegate: delegate)
    if random.chance(80) {
      check(&deserializer) { reader throws(CloneDecodingError) in try reader.readHeader() }
    }
    for _ in 0..<(1 + random.below(8)) {
      let choice = random.below(9)
      let count = random.pick([-1, 0, 1, 2, 8, 1000, .max, .min])
      let id = random.pick([0, 1, UInt32.max])
      check(&deserializer) { reader throws(CloneDecodingError) in
        switch choice {
        case 0: try reader.readHeader()
        case 1: _ = try reader.readUInt32()
        case 2: _ = try reader.readUInt64()
        case 3: _ = try reader.readDouble()
        case 4: _ = try reader.readRawBytes(count)
        case 5: reader.transferArrayBuffer(id, CloneArrayBuffer([1, 2, 3]))
        case 6:
          reader.transferArrayBuffer(id, CloneSharedArrayBuffer(cloneID: id, byteLength: 8))
        default: _ = try reader.readValue()
        }
      }
    }
  }

  private func check(
    _ deserializer: inout ValueDeserializer,
    _ step: (inout ValueDeserializer) throws(CloneDecodingError) -> Void
  ) {
    do throws(CloneDecodingError) {
      try step(&deserializer)
    } catch {
      check(error)
    }
    if !(0...bytes.count).contains(deserializer.position) {
      record("at \(deserializer.position) of \(bytes.count)")
    }
  }

  private func check(_ error: CloneDecodingError) {
    if !(0...bytes.count).contains(error.offset) {
      record("\(error.offset) is no offset: \(error)")
    }
    if error.message.isEmpty || error.diagnosis.isEmpty || error.description.isEmpty {
      record("an error without text: \(error.reason)")
    }
  }

  private func record(_ text: String) {
    Issue.record("\(text), \(profile), legacy \(profile.supportsLegacyWireFormat): \(hex(bytes))")
  }
}
