import StructuredClone

/// Reads payloads and writes them again.
struct Driver {
  private enum Status {
    static let rejected: UInt8 = 0
    static let accepted: UInt8 = 1
    static let refused: UInt8 = 3
  }

  let codec: Codec

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
    do {
      let decoded = try codec.decode(request)
      switch decoded.encoded {
      case .success(let bytes): return (Status.accepted, decoded.position, bytes)
      case .failure(let error):
        let text = "\(error.message)\n\(error.diagnosis)"
        return (Status.refused, decoded.position, Array(text.utf8))
      }
    } catch {
      return (Status.rejected, error.offset, Array(error.text.utf8))
    }
  }
}
