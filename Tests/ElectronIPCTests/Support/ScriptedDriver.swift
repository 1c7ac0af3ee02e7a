import ElectronIPC
import StructuredClone
import Synchronization

/// A socket that is none: keeps what a connection sends, and writes it when it is told to.
final class ScriptedDriver: StreamDriver {
  private struct State {
    var isClosed = false
    var isClosedAfterOutput = false
    var readings: [Bool] = []
    var frames: [StreamFrame] = []
  }

  private let endpoint: any StreamEndpoint
  private let state = Mutex(State())

  init(_ endpoint: any StreamEndpoint) {
    self.endpoint = endpoint
    endpoint.attach(self)
  }

  func outputIsReady() {}
  func readingMayChange() {}
  func readHere(until isDone: () -> Bool) -> Bool { false }

  func close(afterOutput: Bool) {
    state.withLock { state in
      state.isClosed = true
      state.isClosedAfterOutput = afterOutput
    }
  }

  /// Whether the stream was ended, and whether behind what was to be sent.
  var closing: (isClosed: Bool, afterOutput: Bool) {
    state.withLock { ($0.isClosed, $0.isClosedAfterOutput) }
  }

  /// Takes what is to be sent, as frames.
  ///
  /// - Parameter writes: whether it is written, too; otherwise the other side does not read.
  func takeFrames(writes: Bool = true) throws -> [StreamFrame] {
    let bytes = Array(endpoint.takeOutput().map(\.bytes).joined())
    if writes { endpoint.didWrite(bytes.count) }
    var codec = StreamFrameCodec(frameLength: .max)
    codec.append(bytes[...])
    var frames: [StreamFrame] = []
    while let frame = try codec.next() { frames.append(frame) }
    return frames
  }

  /// Lets frames arrive.
  func receive(_ frames: StreamFrame...) {
    var bytes: [UInt8] = []
    for frame in frames { StreamFrameCodec(frameLength: .max).encode(frame, into: &bytes) }
    endpoint.receive(bytes[...])
  }
}

extension StreamFrame {
  /// A frame that is no hello.
  static func frame(
    _ kind: Kind, id: UInt64 = 0, port: UInt32 = 0, channel: CloneString = "",
    value: [UInt8] = [], ports: [UInt32] = []
  ) -> StreamFrame {
    .message(
      Message(
        kind, id: id, port: port, channel: channel, value: .bytes(value), ports: ports))
  }
}
