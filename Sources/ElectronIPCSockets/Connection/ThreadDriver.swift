import Dispatch
package import ElectronIPC
import Foundation
import Synchronization

/// Moves the bytes of a connection over a connected socket, with a thread of its own.
///
/// The thread reads, and runs the listeners for what it has read; a listener that blocks in `sendSync` goes on reading there. What
/// they send goes out with one call of the system's behind them, or a millisecond later if they take long. Any other thread
/// that sends writes by itself.
package final class ThreadDriver: StreamDriver {
  /// How long an ended connection waits until the other side has read what was sent and has closed, too.
  private static let lingering = DispatchTimeInterval.seconds(5)
  /// How long something to send is held back at most while listeners run.
  private static let patience = DispatchTimeInterval.milliseconds(1)
  /// How often a wait for a reply looks whether it is over without one.
  private static let pollInterval: Int32 = 5
  private static let readSize = 256 << 10

  private struct State {
    /// Whether a thread is writing, or a queue is until the other side has read.
    var isWriting = false
    /// Whether there was something to send meanwhile.
    var mustWriteAgain = false
    /// Whether the stream ends behind what is to be sent.
    var isClosing = false
    /// Whether the reading thread is done with the descriptor.
    var isReleased = false

    /// What whoever writes is to do next. Only for the first it goes on being the one who writes: the others are decided with
    /// that, so that nobody writes meanwhile.
    enum Turn {
      case write
      case shutOutput
      case close
      case rest
    }

    mutating func takeTurn() -> Turn {
      if mustWriteAgain, !isReleased {
        mustWriteAgain = false
        return .write
      }
      isWriting = false
      return isReleased ? .close : isClosing ? .shutOutput : .rest
    }
  }

  private let socket: StreamSocket
  private let endpoint: any StreamEndpoint
  private let state = Mutex(State())
  private let writing = DispatchQueue(label: "ElectronIPC.writing")
  private let mayRead = DispatchSemaphore(value: 0)
  private let reader = Mutex<ObjectIdentifier?>(nil)
  /// Whether listeners run on the reading thread.
  private let isDispatching = Atomic(false)
  private let isFlushPlanned = Atomic(false)
  private let isEnded = Atomic(false)
  private let readBuffer = Mutex<[UInt8]>([])

  private init(_ descriptor: Int32, for endpoint: any StreamEndpoint) {
    socket = StreamSocket(descriptor)
    self.endpoint = endpoint
  }

  /// Carries a connection over a connected stream socket, which is the driver's from now on.
  package static func start(_ descriptor: Int32, for endpoint: any StreamEndpoint) {
    let driver = ThreadDriver(descriptor, for: endpoint)
    let thread = Thread { driver.read() }
    thread.name = "ElectronIPC"
    endpoint.attach(driver)
    thread.start()
  }

  // MARK: - Reading

  private func read() {
    reader.withLock { $0 = ObjectIdentifier(Thread.current) }
    while !isEnded.load(ordering: .relaxed) { readOnce() }
    release()
  }

  package func readHere(until isDone: () -> Bool) -> Bool {
    guard isReader else { return false }
    flush()
    while !isDone() {
      if isEnded.load(ordering: .relaxed) { return false }
      if !endpoint.isReading || socket.isReadable(within: ThreadDriver.pollInterval) { readOnce() }
    }
    return true
  }

  private var isReader: Bool {
    let thread = ObjectIdentifier(Thread.current)
    return reader.withLock { $0 == thread }
  }

  private func readOnce() {
    guard endpoint.isReading else {
      mayRead.wait()
      return
    }
    // A wait within a listener reads, too, while the buffer is in use: it gets a new one.
    var buffer = readBuffer.withLock { buffer in
      defer { buffer = [] }
      return buffer
    }
    if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: ThreadDriver.readSize) }
    switch socket.receive(into: &buffer) {
    case .bytes(let count):
      dispatch(buffer[..<count])
      readBuffer.withLock { $0 = buffer }
    case .interrupted: readBuffer.withLock { $0 = buffer }
    case .end: end(nil)
    case .failed(let text): end(StreamError(.connectionLost(text)))
    }
  }

  private func dispatch(_ bytes: ArraySlice<UInt8>) {
    let isOuter = !isDispatching.exchange(true, ordering: .relaxed)
    endpoint.receive(bytes)
    guard isOuter else { return }
    isDispatching.store(false, ordering: .relaxed)
    flush()
  }

  private func end(_ error: StreamError?) {
    isEnded.store(true, ordering: .relaxed)
    endpoint.receiveEnd(error)
  }

  package func readingMayChange() { mayRead.signal() }

  // MARK: - Writing

  package func outputIsReady() {
    guard isDispatching.load(ordering: .relaxed), isReader,
      !endpoint.hasBatch
    else { return flush() }
    guard !isFlushPlanned.exchange(true, ordering: .relaxed) else { return }
    writing.asyncAfter(deadline: .now() + ThreadDriver.patience) { [self] in
      isFlushPlanned.store(false, ordering: .relaxed)
      flush()
    }
  }

  /// Writes what there is; what the other side leaves no room for is written by a queue.
  private func flush(closing: Bool = false) {
    let isWriter = state.withLock { state in
      state.mustWriteAgain = true
      if closing { state.isClosing = true }
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if isWriter { writeAll(mayWait: false) }
  }

  private func writeAll(mayWait: Bool) {
    while true {
      switch state.withLock({ $0.takeTurn() }) {
      case .write: break
      case .shutOutput: return socket.shutOutput()
      case .close: return socket.close()
      case .rest: return
      }
      var pieces = endpoint.takeOutput()[...]
      guard !pieces.isEmpty else { continue }
      let written = write(&pieces, from: 0, mayWait: mayWait)
      guard !pieces.isEmpty else {
        state.withLock { $0.mustWriteAgain = true }
        continue
      }
      writing.async { [self, pieces] in
        var pieces = pieces
        // What could not be written goes nowhere: the reading thread sees the end, too.
        _ = write(&pieces, from: written, mayWait: true)
        state.withLock { $0.mustWriteAgain = true }
        writeAll(mayWait: true)
      }
      return
    }
  }

  /// Writes pieces, and takes away those that were written whole.
  ///
  /// - Parameter start: how much of the first one was written before.
  /// - Returns: how much was written of the first one that is left.
  private func write(
    _ pieces: inout ArraySlice<StreamPiece>, from start: Int, mayWait: Bool
  ) -> Int {
    var position = start
    while !pieces.isEmpty {
      switch socket.send(pieces, from: position, mayWait: mayWait) {
      case .bytes(let count): position += count
      case .full: return position
      // What is not sent goes nowhere, and nothing waits for it.
      case .lost: position = .max
      }
      while let count = pieces.first?.count, position >= count {
        // The slice would keep it.
        var piece = StreamPiece.own([])
        swap(&piece, &pieces[pieces.startIndex])
        pieces.removeFirst()
        position -= count
        // Those that a queue writes are kept by its work, and would be copied.
        if !mayWait { endpoint.reuse(piece) }
        endpoint.didWrite(count)
      }
    }
    return 0
  }

  // MARK: - End

  package func close(afterOutput: Bool) {
    mayRead.signal()
    guard afterOutput else { return socket.shut() }
    flush(closing: true)
    DispatchQueue.global().asyncAfter(deadline: .now() + ThreadDriver.lingering) { [weak self] in
      self?.socket.shut()
    }
  }

  /// Closes the descriptor, unless somebody writes, who does it then.
  private func release() {
    let mustClose = state.withLock { state in
      state.isReleased = true
      return !state.isWriting
    }
    if mustClose { socket.close() }
  }
}
