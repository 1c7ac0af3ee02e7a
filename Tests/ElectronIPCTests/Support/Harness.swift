import ElectronIPC
import Testing

/// A way to connect a frame with the main process: what the tests are run over.
protocol Harness: Sendable {
  /// Makes both sides of a new connection.
  func connect() -> (main: any MainTransport, frame: any FrameTransport)
}

/// The connection within a process.
struct InProcessHarness: Harness, CustomTestStringConvertible {
  var testDescription: String { "in process" }

  func connect() -> (main: any MainTransport, frame: any FrameTransport) {
    InProcessConnection.make()
  }
}

/// Every harness there is.
let harnesses: [any Harness] = [InProcessHarness()]
