import Foundation

/// Where a process puts what Electron prints, and what its listeners throw.
public struct IPCDiagnostics: Sendable {
  /// Gets the lines that Electron's main process prints, such as that of a failed `send`.
  public var log: @Sendable (String) -> Void
  /// Gets what a listener throws: Electron's uncaught exception. The process goes on.
  public var uncaughtException: @Sendable (any Error) -> Void

  /// Makes diagnostics.
  public init(
    log: @escaping @Sendable (String) -> Void,
    uncaughtException: @escaping @Sendable (any Error) -> Void
  ) {
    self.log = log
    self.uncaughtException = uncaughtException
  }

  /// Writes everything to standard error.
  public static let standardError = IPCDiagnostics(
    log: { FileHandle.standardError.write(Data("\($0)\n".utf8)) },
    uncaughtException: { FileHandle.standardError.write(Data("Uncaught \($0)\n".utf8)) })
}
