/// Why an engine's answer may differ from this package's without either being wrong.
public enum Cause: String, Sendable, CaseIterable, Codable {
  /// The engine's stack is full, which this package's never is.
  case stackDepth
  /// The engine has no memory for what the payload claims, or dies or hangs on the way to it.
  case memory
  /// The engine's process remembers names, regular expressions and shapes that are not in the payload.
  case history
}
