import ElectronIPC
import ElectronIPCSockets
import NIOPosix
import Testing

/// A way to connect a frame with the main process: what the tests are run over.
protocol Harness: Sendable {
  /// The harness for tests that call `sendSync`, if that needs another one.
  var forSendSync: any Harness { get }

  /// Makes both sides of a new connection.
  func connect(to main: MainProcess) -> (main: any MainTransport, frame: any FrameTransport)
}

extension Harness {
  var forSendSync: any Harness { self }
}

/// The connection within a process.
struct InProcessHarness: Harness, CustomTestStringConvertible {
  var testDescription: String { "in process" }

  func connect(to main: MainProcess) -> (main: any MainTransport, frame: any FrameTransport) {
    InProcessConnection.make()
  }
}

/// A pair of Unix-domain sockets, with the threads that a server and a client have.
struct SocketHarness: Harness, CustomTestStringConvertible {
  var testDescription: String { "Unix-domain socket" }

  private static let serverThreads = MultiThreadedEventLoopGroup(numberOfThreads: 4)

  func connect(to main: MainProcess) -> (main: any MainTransport, frame: any FrameTransport) {
    let pair = StreamPair(StreamFrameCodec(frameLength: 64 << 20), main: main)
    pair.open(mainThreads: SocketHarness.serverThreads)
    return (pair.main, pair.frame)
  }
}

/// The channel between a Node process and its child.
struct NodeChannelHarness: Harness, CustomTestStringConvertible {
  var testDescription: String { "channel of a Node child" }

  func connect(to main: MainProcess) -> (main: any MainTransport, frame: any FrameTransport) {
    let pair = StreamPair(NodeChannelCodec(frameLength: 64 << 20), main: main)
    pair.open()
    return (pair.main, pair.frame)
  }
}

/// Every harness there is.
let harnesses: [any Harness] =
  [InProcessHarness(), SocketHarness(), NodeChannelHarness()]
  + [NodeRelayHarness()].compactMap(\.self)
