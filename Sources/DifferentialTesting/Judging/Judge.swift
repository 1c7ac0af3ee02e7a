import CloneGeneration
public import StructuredClone

/// Decides what a difference between this package and a fresh engine comes from.
public struct Judge: Sendable {
  /// A payload that is shorter cannot fill an engine's stack: the least nesting that does, of maps in maps in
  /// V8 10.2, takes one byte for each of 2,855 levels. The bound leaves room for smaller stacks.
  static let shortestDeepPayload = 1000

  /// Exceptions for lack of memory or address space, or beyond the longest string, array or buffer.
  static let memoryMessages: Set<String> = [
    "Array buffer allocation failed", "Invalid array buffer length", "Invalid array length",
    "Invalid string length", "Invalid typed array length",
    "Data cannot be cloned, out of memory.",
  ]

  /// Whether keys of maps and elements of sets are entered as names, as in V8 15.0.
  private let entersMapKeys: Bool

  /// Makes the judge of an engine.
  public init(profile: CloneProfile) { entersMapKeys = profile.newestVersion >= 16 }

  /// The cause of a difference; `nil` if it is a bug.
  ///
  /// - Parameters:
  ///   - ours: this package's answer.
  ///   - engine: the answer of an engine that has seen no other payload.
  public func cause(payload: [UInt8], ours: Answer, engine: Answer) -> Cause? {
    if isStackDepth(payload, engine) { return .stackDepth }
    if isMemory(engine) { return .memory }
    if isHistory(ours, engine) { return .history }
    return nil
  }

  private func isStackDepth(_ payload: [UInt8], _ engine: Answer) -> Bool {
    payload.count >= Judge.shortestDeepPayload
      && engine.message == "Maximum call stack size exceeded"
  }

  private func isMemory(_ engine: Answer) -> Bool {
    switch engine {
    case .died, .timedOut: true
    default: engine.message.map { Judge.memoryMessages.contains($0) } ?? false
    }
  }

  /// Whether both wrote the same but for the widths of names and regular expressions' sources, and for small
  /// integers in the form of doubles where a field of an object holds them.
  private func isHistory(_ ours: Answer, _ engine: Answer) -> Bool {
    guard case .accepted(let ourEnd, let ourBytes) = ours,
      case .accepted(let end, let bytes) = engine, ourEnd == end,
      let ourForm = WirePayload(parsing: ourBytes, depth: 4000),
      let form = WirePayload(parsing: bytes, depth: 4000)
    else { return false }
    let normal = NormalForm(entersMapKeys: entersMapKeys)
    return normal(ourForm) == normal(form)
  }
}
