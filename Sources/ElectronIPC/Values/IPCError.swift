import StructuredClone

/// What a call throws, as an `Error` of JavaScript would say it.
///
/// Name and message are Electron's to the letter. What Electron leaves unsaid, such as which part of an argument could not
/// be cloned, is the ``diagnosis``.
public struct IPCError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The class of the error, such as `Error` or `TypeError`.
  public let name: String
  /// Electron's text.
  public let message: String
  /// Where and why, if there is more to say than the message says.
  public let diagnosis: String?
  /// What the handler of an `invoke` threw, whole, if the main process lets this page see it:
  /// ``WebContents/receivesHandlerErrors``.
  public var thrown: HandlerError? { whole.error }

  private let whole: Whole

  /// Apart from the error, which is handed on for every call that could fail.
  private indirect enum Whole: Sendable, Hashable {
    case none
    case some(HandlerError)

    var error: HandlerError? {
      if case .some(let error) = self { error } else { nil }
    }
  }

  /// Makes an error, which a handler may throw to choose the text that the renderer sees.
  public init(name: String = "Error", _ message: String, diagnosis: String? = nil) {
    self.init(name: name, message, diagnosis: diagnosis, thrown: nil)
  }

  private init(name: String, _ message: String, diagnosis: String?, thrown: HandlerError?) {
    self.name = name
    self.message = message
    self.diagnosis = diagnosis
    whole = thrown.map { .some($0) } ?? .none
  }

  /// JavaScript's `toString()` of the error: name and message, or the one that is not empty.
  public var text: String { IPCError.text(name: name, message) }

  static func text(name: String, _ message: String) -> String {
    if name.isEmpty { return message }
    return message.isEmpty ? name : "\(name): \(message)"
  }

  /// The error for those who must not see what the handler threw.
  var withoutThrown: IPCError {
    IPCError(name: name, message, diagnosis: diagnosis, thrown: nil)
  }

  /// The text, with the diagnosis behind it.
  public var description: String { diagnosis.map { "\(text) (\($0))" } ?? text }
}

extension IPCError {
  static let contextReleased = IPCError("IPC method called after context was released")
  static let frameDisposed = IPCError(
    "Render frame was disposed before WebFrameMain could be accessed")
  static let aborted = IPCError(name: "AbortError", "This operation was aborted")

  static func timedOut(_ channel: CloneString, _ timeout: Duration) -> IPCError {
    IPCError(
      name: "TimeoutError", "The operation timed out.",
      diagnosis: "no listener of '\(channel)' has set returnValue within \(timeout)")
  }

  static func failedInvocation(
    _ channel: CloneString, _ text: String, thrown: HandlerError?
  ) -> IPCError {
    IPCError(
      name: "Error", "Error invoking remote method '\(channel)': \(text)", diagnosis: nil,
      thrown: thrown)
  }
}
