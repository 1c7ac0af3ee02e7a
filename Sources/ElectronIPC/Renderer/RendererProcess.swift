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

  /// Runs asynchronous code where the listeners run: its steps are between theirs, and it needs no other thread to go on after
  /// an `invoke`.
  public func run<Value: Sendable, Failure: Error>(
    _ body: @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    try await withTaskExecutorPreference(loop, operation: body)
  }

  /// Runs what may throw as a listener may.
  func perform(_ body: () throws -> Void) {
    do { try body() } catch { diagnostics.uncaughtException(error) }
  }
}
