import Foundation
import NodeClone
import StructuredClone

/// What `generate.mjs` says about a payload.
package struct Payload: Decodable {
  package let name: String
  package let byteCount: Int
  /// Whether it counts in the geometric mean: not if it is only a long string or a buffer.
  package let structured: Bool
  /// Whether JSON can hold it.
  package let json: Bool
  /// Whether an object in it can be reached in more than one way.
  package let shared: Bool
  /// Whether an object in it can be reached from itself.
  package let cyclic: Bool
  /// Whether it is a frame of a child process's channel.
  package let channel: Bool
  /// Three ways to values in it; none if they are not known.
  package let paths: [[PathStep]]

  /// The bytes that V8 wrote.
  package func bytes(in folder: URL) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: name + ".bin")))
  }

  /// The message of a frame.
  package static func message(of frame: [UInt8]) throws -> CloneValue {
    var decoder = NodeChannelDecoder()
    decoder.append(frame)
    guard let message = try decoder.next() else { throw Failure("a frame is not whole") }
    return message
  }

  /// The same value as JSON.
  package func jsonText(in folder: URL) throws -> Data {
    try Data(contentsOf: folder.appending(path: name + ".json"))
  }
}

/// The list of payloads that `generate.mjs` wrote.
package struct Manifest: Decodable {
  /// The engine that wrote them.
  package let engine: String
  package let payloads: [Payload]

  /// The payload of a name.
  package func payload(_ name: String) throws -> Payload {
    guard let payload = payloads.first(where: { $0.name == name }) else {
      throw Failure(
        "There is no payload \(name), only \(payloads.map(\.name).joined(separator: ", ")).")
    }
    return payload
  }
}
