import NodeClone
import StructuredClone

/// What Node puts around the format: `v8.serialize`, channels between processes, the stream of its test runner.
struct NodeTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    checkPayload(input.payload)
    let pieces = [input.payload.count, 1 + Int(input.options.first ?? 0) % 32]
    let channels = pieces.map { channel(input.payload, pieces: $0) }
    calls.require(channels[0] == channels[1], "a channel does not depend on how bytes arrive")
    let reporters = pieces.map { reporter(input.payload, pieces: $0) }
    calls.require(reporters[0] == reporters[1], "events do not depend on how bytes arrive")
  }

  /// Reads a payload; what is written of it is written again after reading.
  private func checkPayload(_ bytes: [UInt8]) {
    let read = calls.attempt("NodeV8.deserialize") { () throws(CloneDecodingError) in
      try NodeV8.deserialize(bytes)
    }
    let readByDelegate = calls.attempt("CloneValue.init") { () throws(CloneDecodingError) in
      try CloneValue(decoding: bytes, delegate: NodeHostObjects())
    }
    calls.require(
      outcome(of: read) == outcome(of: readByDelegate), "views are read in two ways that agree")
    switch read {
    case .failure(let error): calls.check(error, in: bytes)
    case .success(let value):
      calls.checkPrinting(value)
      let written = calls.attempt("NodeV8.serialize") { () throws(DataCloneError) in
        try NodeV8.serialize(value)
      }
      switch written {
      case .failure(let error): calls.check(error)
      case .success(let written):
        let again = try? NodeV8.serialize(NodeV8.deserialize(written))
        calls.require(again == written, "what is written is read: \(value.debugDescription)")
      }
    }
  }

  private func outcome(of read: Result<CloneValue, CloneDecodingError>) -> String {
    switch read {
    case .success(let value): value.debugDescription
    case .failure(let error): error.description
    }
  }

  /// Messages and errors of a channel, as text.
  private func channel(_ bytes: [UInt8], pieces size: Int) -> [String] {
    var decoder = NodeChannelDecoder(limits: CloneLimits(inputSize: 1 << 16))
    var found: [String] = []
    let encoder = NodeChannelEncoder()
    for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
      decoder.append(bytes[start..<min(start + size, bytes.count)])
      while true {
        do throws(NodeStreamError) {
          guard let message = try decoder.next() else { break }
          found.append(message.debugDescription)
          if let frame = try? encoder.encode(message) {
            var other = NodeChannelDecoder()
            other.append(frame)
            let again = (try? other.next()).flatMap { $0 }
            calls.require(
              again.flatMap { try? encoder.encode($0) } == frame, "what is sent is received")
          }
        } catch {
          found.append(error.description)
          if case .frameTooLong = error.reason { return found }
        }
      }
    }
    do throws(NodeStreamError) {
      try decoder.finish()
    } catch {
      found.append(error.description)
    }
    return found
  }

  /// Events, errors and text of a test process; adjacent text is one.
  private func reporter(_ bytes: [UInt8], pieces size: Int) -> [String] {
    var decoder = NodeTestReporterDecoder(limits: CloneLimits(inputSize: 1 << 16))
    var found: [String] = []
    var text: [UInt8] = []
    func add(_ item: NodeTestReporterDecoder.Item) {
      switch item {
      case .text(let more): text += more
      case .event(let event):
        found.append("\(text)")
        text = []
        found.append(event.debugDescription)
      }
    }
    for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
      decoder.append(bytes[start..<min(start + size, bytes.count)])
      while true {
        do throws(NodeStreamError) {
          guard let item = try decoder.next() else { break }
          add(item)
        } catch {
          found.append("\(text)\(error)")
          text = []
        }
      }
    }
    do throws(NodeStreamError) {
      if let item = try decoder.finish() { add(item) }
    } catch {
      found.append(error.description)
    }
    return found + ["\(text)"]
  }
}
