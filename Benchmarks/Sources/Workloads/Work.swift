import Foundation
import NodeClone
import StructuredClone

/// An operation that is ready to run: what it needs is read, decoded or built.
package struct Work {
  /// How many bytes are read or written.
  package let byteCount: Int
  /// Runs the operation once. What it makes is released before it returns.
  package let run: () throws -> Void
  /// What visiting adds up to, to be compared with the engine's.
  package var sum: Double?

  package init(byteCount: Int, sum: Double? = nil, run: @escaping () throws -> Void) {
    self.byteCount = byteCount
    self.sum = sum
    self.run = run
  }

  /// Prepares an operation on a payload; `nil` is the payload of those that need none.
  package init(_ operation: Operation, _ payload: Payload?, in folder: URL) throws {
    guard let payload else {
      self.init(byteCount: try literalMessage().encoded(profile: .node20).count) {
        blackHole(try literalMessage().encoded(profile: .node20))
      }
      return
    }
    guard operation.applies(to: payload) else {
      throw Failure("\(operation) cannot be done with \(payload.name)")
    }
    let bytes = try payload.bytes(in: folder)
    switch operation {
    case .decode:
      self.init(byteCount: bytes.count) { blackHole(try CloneValue(decoding: bytes)) }
    case .decodeCopied:
      self.init(byteCount: bytes.count) {
        blackHole(try CloneValue(copying: bytes.span.bytes))
      }
    case .decodeCold:
      self.init(byteCount: bytes.count) {
        var deserializer = ValueDeserializer(bytes)
        try deserializer.readHeader()
        blackHole(try deserializer.readValue())
      }
    case .decodeWarm:
      let deserializer = Local(ValueDeserializer([]))
      self.init(byteCount: bytes.count) {
        blackHole(try unsafe deserializer.value.readPayload(bytes))
      }
    case .decodeVisit:
      self.init(byteCount: bytes.count, sum: Visitor.sum(of: try CloneValue(decoding: bytes))) {
        blackHole(Visitor.sum(of: try CloneValue(decoding: bytes)))
      }
    case .decodeReadThree:
      let paths = payload.paths
      self.init(byteCount: bytes.count) {
        let value = try CloneValue(decoding: bytes)
        for path in paths { blackHole(value.value(at: path)) }
      }
    case .decodeChangeEncode:
      let path = payload.paths[1][...]
      self.init(byteCount: bytes.count) {
        var value = try CloneValue(decoding: bytes)
        value.replaceValue(at: path, with: 42)
        blackHole(try value.encoded())
      }
    case .encode:
      let value = try CloneValue(decoding: bytes)
      self.init(byteCount: bytes.count) { blackHole(try value.encoded()) }
    case .encodeBuilt:
      let value = try Rebuilder.rebuild(CloneValue(decoding: bytes))
      self.init(byteCount: bytes.count) { blackHole(try value.encoded(profile: .node20)) }
    case .encodeInto:
      let value = try CloneValue(decoding: bytes)
      var buffer = [UInt8](repeating: 0, count: bytes.count)
      self.init(byteCount: bytes.count) {
        buffer.removeAll(keepingCapacity: true)
        try value.encode(into: &buffer)
        blackHole(buffer)
      }
    case .encodedSize:
      let value = try CloneValue(decoding: bytes)
      self.init(byteCount: bytes.count) { blackHole(try value.encodedSize()) }
    case .frameDecode:
      let decoder = Local(NodeChannelDecoder())
      self.init(byteCount: bytes.count) {
        unsafe decoder.value.append(bytes)
        blackHole(try unsafe decoder.value.next())
      }
    case .frameEncode:
      let message = try Rebuilder.rebuild(Payload.message(of: bytes))
      let encoder = NodeChannelEncoder(profile: .node20)
      self.init(byteCount: bytes.count) { blackHole(try encoder.encode(message)) }
    case .literalEncode:
      try self.init(operation, nil, in: folder)
    }
  }
}

/// Holds a decoder as a local variable of a program would: not with a check for exclusive access at each use, as variables
/// that closures capture have.
private final class Local<Value> {
  @exclusivity(unchecked) var value: Value

  init(_ value: Value) { unsafe self.value = value }
}

/// The message of `literalEncode`, the same as in `engine.mjs`.
func literalMessage() -> CloneValue {
  [
    "id": 42,
    "channel": "workspace:save-document",
    "args": [["notes", "structured-clone.md"], 3, true, nil],
  ]
}
