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
    _ codec: any StreamCodec, main process: MainProcess, limits: StreamLimits = .default,
    runsLoop: Bool = false
  ) {
    main = StreamConnection(
      codec, limits: limits, processID: 1, loop: process.loop, runsLoop: runsLoop
    ) { [mainEnd] in mainEnd.record($0) }
    frame = StreamConnection(codec, limits: limits) { [frameEnd] in frameEnd.record($0) }
  }

  /// Connects the sides by a pair of sockets.
  func open(mainThreads: MultiThreadedEventLoopGroup = SocketThread.shared) {
    do {
      let (first, second) = try UnixSocket.pair()
      StreamChannel.adopt(first, for: main, on: mainThreads)
      StreamChannel.adopt(second, for: frame)
    } catch {
      fatalError("\(error)")
    }
  }
}
