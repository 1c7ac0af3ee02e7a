import ArgumentParser
import ElectronIPC
import ElectronIPCSockets
import Foundation
import StructuredClone
import Synchronization
import Workloads

/// Is a process with pages. Status 0 if its pages were closed and every promise was kept.
struct PageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "page", shouldDisplay: false)

  @Argument var path: String

  func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<Scale.connectionsPerProcess {
        group.addTask { try await SoakPage.run(path) }
      }
      try await group.waitForAll()
    }
  }
}

/// One page: calls and ports without end, until it is closed.
final class SoakPage: Sendable {
  private static let released = "IPC method called after context was released"

  private let renderer: IPCRenderer
  private let replies = Atomic(0)
  private let promised: Mutex<Int?>

  private init(_ renderer: IPCRenderer) {
    self.renderer = renderer
    promised = Mutex(nil)
  }

  static func run(_ path: String) async throws {
    let renderer = try await IPCRenderer.connect(
      to: path, diagnostics: IPCDiagnostics(log: { _ in }, uncaughtException: { complain("\($0)") })
    )
    try await SoakPage(renderer).run()
  }

  private func run() async throws {
    renderer.on("bye") { [self] _, arguments in promised.withLock { $0 = arguments[0].integer } }
    renderer.on("port") { event, _ in
      for port in event.ports {
        port.onmessage = { message in try port.postMessage(message.data) }
      }
    }
    for _ in 0..<Scale.portsPerConnection {
      openPort("port")
      openPort("introduce")
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for first in 0..<Scale.callsPerConnection {
        group.addTask { try await self.call(from: first) }
      }
      try await group.waitForAll()
    }
    // What was sent before the end has arrived; that the count has is seen on the loop.
    guard let promised = promised.withLock({ $0 }) else { return }
    let arrived = replies.load(ordering: .relaxed)
    guard arrived >= promised else {
      throw Failure("\(promised) replies were sent, and \(arrived) arrived")
    }
  }

  /// Calls until the page is closed.
  private func call(from first: Int) async throws {
    var number = first
    while true {
      do {
        let result = try await renderer.invoke("echo", .number(Double(number)))
        guard result.integer == number else {
          throw Failure("call \(number) got \(result.debugDescription)")
        }
        replies.add(1, ordering: .relaxed)
      } catch let error as IPCError {
        // Page closed while the call had arrived and its handler had not begun.
        let isExpected =
          error.message == SoakPage.released || error.message.contains("WebContents")
        guard isExpected else { throw error }
        if error.message == SoakPage.released { return }
      }
      number += Scale.callsPerConnection
    }
  }

  /// Sends numbers there and back over a port, and opens another one when it closes.
  private func openPort(_ channel: CloneString) {
    let ports = MessageChannel(in: renderer)
    let port = ports.port1
    let expected = Atomic(0)
    port.addEventListener(.message) { message in
      let number = expected.load(ordering: .relaxed)
      guard message.data.integer == number else {
        throw Failure("a port got \(message.data.debugDescription) instead of \(number)")
      }
      expected.store(number + 1, ordering: .relaxed)
      try port.postMessage(.number(Double(number + 1)))
    }
    port.addEventListener(.close) { [weak self] in self?.openPort(channel) }
    port.start()
    do {
      try renderer.postMessage(channel, .null, transfer: [ports.port2])
      try port.postMessage(0)
    } catch {
      // The page is closed.
    }
  }
}
