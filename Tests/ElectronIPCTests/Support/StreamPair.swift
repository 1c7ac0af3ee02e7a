import ElectronIPC
import ElectronIPCSockets
import NIOCore
import NIOPosix

/// Both sides of a connection over a stream, in one program.
struct StreamPair {
  let main: StreamConnection<MainBoundMessage, FrameBoundMessage>
  let frame: StreamConnection<FrameBoundMessage, MainBoundMessage>
  /// Why each side ended.
  let mainEnd = Recorder<StreamError?>()
  let frameEnd = Recorder<StreamError?>()

  init(
    _ codec: any StreamCodec, main process: MainProcess, limits: StreamLimits = .default
  ) {
    main = StreamConnection(codec, limits: limits, processID: 1, loop: process.loop) {
      [mainEnd] in mainEnd.record($0)
    }
    frame = StreamConnection(codec, limits: limits) { [frameEnd] in frameEnd.record($0) }
  }

  /// Connects the sides by a pair of sockets.
  ///
  /// - Parameter mainThreads: moves the bytes of the main process as a server does.
  func open(mainThreads: MultiThreadedEventLoopGroup? = nil) {
    do {
      let (first, second) = try UnixSocket.pair()
      if let mainThreads {
        ServerDriver.adopt(first, for: main, on: mainThreads)
      } else {
        ThreadDriver.start(first, for: main)
      }
      ThreadDriver.start(second, for: frame)
    } catch {
      fatalError("\(error)")
    }
  }
}
