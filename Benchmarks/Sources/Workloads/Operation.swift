/// What is measured. Each is also an operation of `engine.mjs`, or compared with one.
package enum Operation: String, CaseIterable, Codable, Sendable {
  /// Reading a payload whose bytes the value keeps.
  case decode
  /// The same from borrowed bytes, which are copied first.
  case decodeCopied
  /// The same with a deserializer that was never used before and nothing kept between calls.
  case decodeCold
  /// The same with a deserializer that is used again and again.
  case decodeWarm
  /// Reading, then looking at every key and value.
  case decodeVisit
  /// Reading, then looking at three values.
  case decodeReadThree
  /// Reading, changing one value, writing.
  case decodeChangeEncode
  /// Writing a value that was read before.
  case encode
  /// Writing a value that Swift built.
  case encodeBuilt
  /// Writing a value that was read before into memory that is used again and again.
  case encodeInto
  /// Finding out how many bytes a value that was read before takes.
  case encodedSize
  /// Building a small message from literals and writing it.
  case literalEncode
  /// Reading a message from the frame in which it arrived on a child process's channel.
  case frameDecode
  /// Making the frame of a message that Swift built.
  case frameEncode

  /// What the engine does for comparison.
  package var engineOperation: String {
    switch self {
    case .decode, .decodeCopied, .decodeCold, .decodeWarm: "decode"
    case .encode, .encodeBuilt, .encodeInto, .encodedSize: "encode"
    default: rawValue
    }
  }

  /// The operation as a heading.
  package var title: String {
    switch self {
    case .decode: "Decode, input retained"
    case .decodeCopied: "Decode from a borrowed span"
    case .decodeCold: "Decode, new deserializer each time"
    case .decodeWarm: "Decode, deserializer used again"
    case .decodeVisit: "Decode and visit every key and value"
    case .decodeReadThree: "Decode and read three values"
    case .decodeChangeEncode: "Decode, change one value, encode"
    case .encode: "Encode a decoded value"
    case .encodeBuilt: "Encode a value built in Swift"
    case .encodeInto: "Encode a decoded value into memory of the caller's"
    case .encodedSize: "Size of a decoded value, without encoding"
    case .literalEncode: "Build from literals and encode"
    case .frameDecode: "Decode a frame of a child's channel"
    case .frameEncode: "Encode a frame of a child's channel"
    }
  }

  /// Whether the operation is one on a payload.
  package var needsPayload: Bool { self != .literalEncode }

  /// Whether the operation can be done with a payload.
  package func applies(to payload: Payload) -> Bool {
    let isOfFrames = self == .frameDecode || self == .frameEncode
    guard payload.channel == isOfFrames else { return false }
    return switch self {
    case .decodeReadThree: !payload.paths.isEmpty
    // Changing one of two mentions of an object is not the same in Swift, whose values are not shared.
    case .decodeChangeEncode: !payload.paths.isEmpty && !payload.shared
    // Only the editor builds cycles, and what it makes is written as if it had been read.
    case .encodeBuilt: !payload.cyclic
    default: true
    }
  }
}
