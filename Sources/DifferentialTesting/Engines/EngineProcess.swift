import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A process of an engine that answers payloads.
final class EngineProcess {
  private static let oracle = Bundle.module.bundleURL.appending(path: "Oracle/oracle.mjs")
  /// A process that is started while another is would inherit the other's pipes, and keep them open.
  private static let starting = Mutex(())
  private static let chunk = 1 << 16

  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var received: [UInt8] = []
  private var hasEnded = false

  /// Starts a process.
  init(_ engine: Engine, legacy: Bool) throws {
    process.executableURL = engine.executable
    process.arguments =
      engine.arguments + [EngineProcess.oracle.path] + (legacy ? ["legacy"] : [])
    process.standardInput = requests
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    process.environment = EngineProcess.environment
    let (input, output) = (
      requests.fileHandleForWriting.fileDescriptor, answers.fileHandleForReading.fileDescriptor
    )
    try EngineProcess.starting.withLock { _ in
      for descriptor in [input, output] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      try process.run()
    }
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
  }

  deinit { end() }

  /// Nothing that changes what an engine does, and no messages beside the answers.
  private static var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["NODE_OPTIONS"] = ""
    environment["NODE_NO_WARNINGS"] = "1"
    environment["DENO_NO_UPDATE_CHECK"] = "1"
    return environment
  }

  /// Ends the process, whatever it does, and lets go of its pipes, which Foundation would keep.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    // A pipe that cannot be closed is closed.
    try? requests.fileHandleForWriting.close()
    try? answers.fileHandleForReading.close()
  }

  /// Puts payloads to the engine. If it dies or is silent for too long, there are fewer answers, and the last
  /// one says so; it need not belong to the payload that was the reason.
  func answers(to payloads: some Collection<[UInt8]>, timeout: Double) -> [Answer] {
    var frames: [UInt8] = []
    for payload in payloads {
      for shift in [0, 8, 16, 24] {
        frames.append(UInt8(truncatingIfNeeded: payload.count >> shift))
      }
      frames.append(contentsOf: payload)
    }
    var answers: [Answer] = []
    answers.reserveCapacity(payloads.count)
    var sent = 0
    while answers.count < payloads.count {
      guard let ready = wait(toSend: sent < frames.count, timeout: timeout) else {
        return answers + [.timedOut]
      }
      if ready.toSend, !send(frames, from: &sent) { return answers + [.died] }
      if ready.toReceive {
        guard receive() else { return answers + [.died] }
        takeAnswers(into: &answers)
      }
    }
    return answers
  }

  private func wait(toSend: Bool, timeout: Double) -> (toSend: Bool, toReceive: Bool)? {
    var descriptors = [
      pollfd(
        fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: requests.fileHandleForWriting.fileDescriptor, events: Int16(POLLOUT), revents: 0),
    ]
    let count = nfds_t(toSend ? 2 : 1)
    // The array has as many elements as are named.
    let ready = unsafe poll(&descriptors, count, Int32(timeout * 1000))
    guard ready > 0 || errno == EINTR && ready < 0 else { return nil }
    return (toSend && descriptors[1].revents != 0, descriptors[0].revents != 0)
  }

  private func send(_ frames: [UInt8], from sent: inout Int) -> Bool {
    let count = unsafe frames.withUnsafeBytes { bytes in
      // The range lies within the bytes: it is sliced with a check.
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
      return unsafe write(
        requests.fileHandleForWriting.fileDescriptor, rest.baseAddress, rest.count)
    }
    if count >= 0 {
      sent += count
      return true
    }
    return errno == EAGAIN || errno == EINTR
  }

  private func receive() -> Bool {
    let start = received.count
    received.append(contentsOf: repeatElement(0, count: EngineProcess.chunk))
    let count = unsafe received.withUnsafeMutableBytes { bytes in
      // The range lies within the buffer: it is sliced with a check.
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      return unsafe read(
        answers.fileHandleForReading.fileDescriptor, room.baseAddress, room.count)
    }
    received.removeSubrange((start + max(0, count))...)
    return count > 0 || count < 0 && errno == EINTR
  }

  private func takeAnswers(into answers: inout [Answer]) {
    var start = 0
    while received.count - start >= 4 {
      let length = (0..<4).reversed().reduce(0) { $0 << 8 | Int(received[start + $1]) }
      guard received.count - start >= 4 + length else { break }
      guard let answer = Answer(frame: received[(start + 4)..<(start + 4 + length)]) else { break }
      answers.append(answer)
      start += 4 + length
    }
    received.removeSubrange(..<start)
  }
}
