import StructuredClone
import Testing
import _CloneFixtures

/// Every golden of every engine: what it read, what it wrote back, how far it read.
struct GoldenTests {
  static let engines = CloneProfile.engines.map(\.name)

  /// A reader for a case, behind its prefix, with its buffers registered.
  static func deserializer(
    _ bytes: [UInt8], for value: Fixtures.ValueCase, profile: CloneProfile,
    representation: ValueDeserializer.Representation = .faithful
  ) throws -> (ValueDeserializer, [CloneArrayBuffer]) {
    var deserializer = ValueDeserializer(bytes, profile: profile, representation: representation)
    let buffers = (value.transfer ?? []).map { CloneArrayBuffer([UInt8](repeating: 0, count: $0)) }
    for (id, buffer) in buffers.enumerated() {
      deserializer.transferArrayBuffer(UInt32(id), buffer)
    }
    _ = try deserializer.readRawBytes(Fixtures.bytes(value.prefix ?? "").count)
    try deserializer.readHeader()
    return (deserializer, buffers)
  }

  static func write(
    _ values: [CloneValue], for value: Fixtures.ValueCase, buffers: [CloneArrayBuffer],
    with serializer: ValueSerializer
  ) throws -> String {
    var serializer = serializer
    for (id, buffer) in buffers.enumerated() { serializer.transferArrayBuffer(UInt32(id), buffer) }
    serializer.writeRawBytes(Fixtures.bytes(value.prefix ?? ""))
    serializer.writeHeader()
    for value in values { try serializer.writeValue(value) }
    return hex(serializer.release())
  }

  @Test(arguments: Fixtures.values)
  func `a value that an engine wrote`(_ value: Fixtures.ValueCase) throws {
    for golden in value.goldens {
      guard let written = golden.written else { continue }
      let bytes = Fixtures.bytes(written)
      for engine in golden.engines {
        let profile = try #require(CloneProfile(named: engine))
        guard golden.unreadable == nil else {
          #expect(throws: CloneDecodingError.self, "\(engine)") {
            var (deserializer, _) = try Self.deserializer(bytes, for: value, profile: profile)
            _ = try deserializer.readValue()
          }
          continue
        }

        // As the engine reads it and writes it back.
        var (deserializer, buffers) = try Self.deserializer(
          bytes, for: value, profile: profile, representation: .engine)
        let count = value.several == true ? golden.read?.split(separator: "; ").count ?? 1 : 1
        var values: [CloneValue] = []
        for _ in 0..<count { values.append(try deserializer.readValue()) }
        #expect(
          values.map(\.debugDescription).joined(separator: "; ") == golden.read, "\(engine)")
        if let position = golden.position {
          #expect(deserializer.position == position, "\(engine)")
        }
        if let rewritten = golden.rewritten {
          let again = try Self.write(
            values, for: value, buffers: buffers, with: ValueSerializer(profile: profile))
          #expect(again == rewritten, "\(engine) writes back")
        }

        // As it was written.
        (deserializer, buffers) = try Self.deserializer(bytes, for: value, profile: profile)
        values = []
        for _ in 0..<count { values.append(try deserializer.readValue()) }
        if value.prefix == nil, value.several == nil, value.transfer == nil {
          let payload = try ClonePayload(decoding: bytes)
          #expect(hex(try payload.encoded()) == written, "\(engine) byte for byte")
          #expect(payload.byteCount == bytes.count)
        } else {
          let format = CloneFormat(
            version: deserializer.wireFormatVersion,
            stackBeforeCause: profile.format.stackBeforeCause,
            viewFlags: profile.format.viewFlags)
          let again = try Self.write(
            values, for: value, buffers: buffers, with: ValueSerializer(format: format))
          #expect(again == written, "\(engine) byte for byte")
        }
      }
    }
  }

  @Test(arguments: Fixtures.reads)
  func `bytes made by hand`(_ read: Fixtures.ReadCase) throws {
    let bytes = Fixtures.bytes(read.bytes)
    for verdict in read.verdicts where verdict.died != true {
      for engine in verdict.engines {
        var profile = try #require(CloneProfile(named: engine))
        profile.supportsLegacyWireFormat = read.legacy == true
        do {
          let payload = try ClonePayload(
            decoding: bytes, profile: profile, representation: .engine)
          guard verdict.accepted == true else {
            Issue.record(
              "\(engine) refuses: \(verdict.error ?? "") but we read \(payload.value.debugDescription)"
            )
            continue
          }
          // V8 15.0 keeps immutability, but shows it to no script: only what it writes back tells.
          let read = payload.value.debugDescription.replacing("Immutable", with: "")
          #expect(read == verdict.read?.replacing("Immutable", with: ""), "\(engine)")
          if let position = verdict.position { #expect(payload.byteCount == position, "\(engine)") }
          if let rewritten = verdict.rewritten {
            #expect(
              hex(try payload.value.encoded(profile: profile)) == rewritten,
              "\(engine) writes back")
          } else if verdict.rewriteRefused != nil {
            #expect(throws: DataCloneError.self) { try payload.value.encoded(profile: profile) }
          }
        } catch let error as CloneDecodingError {
          if verdict.accepted == true { Issue.record("\(engine) accepts; we say: \(error)") }
          if let text = verdict.error {
            #expect(error.message == text.drop { $0 != " " }.dropFirst(), "\(engine)")
          }
        }
      }
    }
  }
}
