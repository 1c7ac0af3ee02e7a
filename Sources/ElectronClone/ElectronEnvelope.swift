import StructuredClone

/// What Electron puts before V8's format: the look of Blink's envelope.
///
/// ```
/// FF 13                              what Electron writes: version 19
/// FF version FE offset size          what it also reads, from version 21 on: Blink's messages
/// ```
public struct ElectronEnvelope: Hashable, Sendable {
  /// The version that Electron writes.
  public static let writtenVersion: UInt32 = 19

  /// The first version in which a trailer can follow the value.
  private static let trailerSince: UInt32 = 21
  private static let versionTag: UInt8 = 0xFF
  private static let trailerOffsetTag: UInt8 = 0xFE
  private static let trailerFieldsLength = 12

  /// The version; Electron does not care which.
  public var version: UInt32
  /// The place and size of a trailer, as they were read; none below version 21.
  public var trailerFields: [UInt8]

  /// Makes the envelope that Electron writes.
  public init() {
    version = ElectronEnvelope.writtenVersion
    trailerFields = []
  }

  /// Reads the envelope, which must be there.
  init(from reader: inout ValueDeserializer) throws(ElectronDecodingError) {
    let first = try ElectronEnvelope.readByte(from: &reader)
    guard first == ElectronEnvelope.versionTag else {
      throw ElectronDecodingError(.missingEnvelope, offset: 0)
    }
    do {
      version = try reader.readUInt32()
    } catch {
      throw ElectronDecodingError(.truncatedEnvelope, offset: error.offset)
    }
    trailerFields = []
    guard version >= ElectronEnvelope.trailerSince else { return }
    let offset = reader.position
    guard try ElectronEnvelope.readByte(from: &reader) == ElectronEnvelope.trailerOffsetTag else {
      throw ElectronDecodingError(.missingTrailerFields, offset: offset)
    }
    for _ in 0..<ElectronEnvelope.trailerFieldsLength {
      trailerFields.append(try ElectronEnvelope.readByte(from: &reader))
    }
  }

  private static func readByte(
    from reader: inout ValueDeserializer
  ) throws(ElectronDecodingError) -> UInt8 {
    let offset = reader.position
    guard let byte = try? reader.readRawBytes(1).first else {
      throw ElectronDecodingError(.truncatedEnvelope, offset: offset)
    }
    return byte
  }

  /// How many bytes an envelope without trailer takes, if its version does not have more than seven bits.
  static let shortLength = 2

  /// Whether bytes begin with such an envelope, as all do that Electron writes.
  static func isShort(in bytes: [UInt8]) -> Bool {
    bytes.count >= shortLength && bytes[0] == versionTag && UInt32(bytes[1]) < trailerSince
  }

  /// Puts what Electron writes at an offset of bytes that have room for it there.
  static func store(in bytes: inout [UInt8], at offset: Int = 0) {
    bytes[offset] = versionTag
    bytes[offset + 1] = UInt8(writtenVersion)
  }

  /// Writes the envelope.
  func write(to writer: inout ValueSerializer) {
    writer.writeRawBytes([ElectronEnvelope.versionTag])
    writer.writeUInt32(version)
    guard version >= ElectronEnvelope.trailerSince else { return }
    writer.writeRawBytes([ElectronEnvelope.trailerOffsetTag])
    writer.writeRawBytes(trailerFields)
  }
}
