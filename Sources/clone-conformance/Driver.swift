import NodeClone
import StructuredClone

/// Reads payloads and writes them again.
struct Driver {
  enum Rewrite {
    /// What the profile's engine would write after reading.
    case engine(CloneProfile)
    /// The bytes as they were read.
    case faithful
  }

  private enum Status {
    static let rejected: UInt8 = 0
    static let accepted: UInt8 = 1
    static let refused: UInt8 = 3
  }

  let profile: CloneProfile
  let dialect: Dialect
  let rewrite: Rewrite
  let limits: CloneLimits

  /// Answers every request until the input ends, also those before a broken frame.
  func run() throws(StreamError) {
    var stream = FrameStream()
    do {
      while let request = try stream.next() {
        let answer = self.answer(request)
        // The answer's length must fit its frame.
        if answer.rest.count > Int(UInt32.max) - 5 {
          let text = "the value is longer than a frame can be\nat $: \(answer.rest.count) bytes"
          try stream.answer(
            status: Status.refused, position: answer.position, Array(text.utf8))
        } else {
          try stream.answer(status: answer.status, position: answer.position, answer.rest)
        }
      }
    } catch {
      try stream.flush()
      throw error
    }
    try stream.flush()
  }

  private func answer(_ request: [UInt8]) -> (status: UInt8, position: Int, rest: [UInt8]) {
    let payload: ClonePayload
    do {
      payload = try ClonePayload(
        decoding: request, profile: profile, representation: representation, limits: limits,
        delegate: hostObjects)
    } catch {
      return (Status.rejected, error.offset, Array("\(error.message)\n\(error.diagnosis)".utf8))
    }
    do {
      return (Status.accepted, payload.byteCount, try rewritten(payload))
    } catch {
      return (
        Status.refused, payload.byteCount, Array("\(error.message)\n\(error.diagnosis)".utf8)
      )
    }
  }

  private func rewritten(_ payload: ClonePayload) throws(DataCloneError) -> [UInt8] {
    switch rewrite {
    case .faithful:
      return try payload.encoded(
        limits: limits, delegate: hostObjects,
        treatsArrayBufferViewsAsHostObjects: dialect.viewsAreHostObjects)
    case .engine(let profile):
      var serializer = ValueSerializer(profile: profile, limits: limits, delegate: hostObjects)
      serializer.treatsArrayBufferViewsAsHostObjects = dialect.viewsAreHostObjects
      serializer.writeHeader()
      try serializer.writeValue(payload.value)
      return serializer.release()
    }
  }

  private var hostObjects: NodeHostObjects? { dialect.hostObjects(of: profile) }

  private var representation: ValueDeserializer.Representation {
    switch rewrite {
    case .engine: .engine
    case .faithful: .faithful
    }
  }
}
