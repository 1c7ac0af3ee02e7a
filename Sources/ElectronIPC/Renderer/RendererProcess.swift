/// A process for pages. The listeners of its frames run one at a time, on one thread that is the process's own.
public final class RendererProcess: Sendable {
  /// The number of the process: ours, not the system's.
  public let id: Int
  package let loop: EventLoop
  private let diagnostics: IPCDiagnostics

  /// Makes a process.
  package init(id: Int, diagnostics: IPCDiagnostics) {
    self.id = id
    self.diagnostics = diagnostics
    loop = EventLoop(label: "ElectronIPC.renderer.\(id)")
  }

  /// Runs a function where the listeners run, between them.
  public func enqueue(_ body: @escaping @Sendable () throws -> Void) {
    loop.enqueue { self.perform(body) }
  }

  /// Runs what may throw as a listener may.
  func perform(_ body: () throws -> Void) {
    do { try body() } catch { diagnostics.uncaughtException(error) }
  }
}
