import Foundation
import NodeClone
import StructuredClone
import Workloads

/// Checks, before anything is timed, that what will be timed is right.
enum Verification {
  /// Reading and writing gives the bytes of the engine again; so does a built value, or at least bytes of the same value.
  static func verify(_ operation: Operation, _ payload: Payload, in folder: URL) throws {
    let bytes = try payload.bytes(in: folder)
    if payload.channel { return try verifyFrame(payload.name, bytes) }
    let value = try CloneValue(decoding: bytes)
    let written = try value.encoded()
    guard written == bytes else { throw Failure(difference(payload.name, bytes, written)) }
    guard operation == .encodeBuilt else { return }
    let built = try Rebuilder.rebuild(value).encoded(profile: .node20)
    guard built != bytes else { return }
    // V8 may keep a whole number as a double, which no built value says.
    guard try CloneValue(decoding: built) == value else {
      throw Failure(difference("\(payload.name), built", bytes, built))
    }
    complain("built " + difference(payload.name, bytes, built) + ", but is the same value")
  }

  /// The frame of the message that was read, and of the same one built, is the engine's.
  private static func verifyFrame(_ name: String, _ bytes: [UInt8]) throws {
    let message = try Payload.message(of: bytes)
    let written = try NodeChannelEncoder(profile: .node20).encode(Rebuilder.rebuild(message))
    guard written == bytes else { throw Failure(difference(name, bytes, written)) }
  }

  private static func difference(_ name: String, _ expected: [UInt8], _ found: [UInt8]) -> String {
    let offset = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    return
      "\(name): wrote \(found.count) bytes instead of \(expected.count), which differ from offset \(offset ?? min(expected.count, found.count))"
  }
}
