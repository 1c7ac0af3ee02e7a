/// One payload, put to this package and to a fresh process of an engine.
public struct Comparison: Sendable {
  private let engineName: String
  private let ours: Answer
  private let theirs: Answer
  private let cause: Cause?

  /// Asks both.
  ///
  /// - Throws: if the engine cannot be started.
  public init(of payload: [UInt8], engine: Engine, legacy: Bool, timeout: Double) throws {
    var asked = FreshEngine(engine, legacy: legacy, timeout: timeout)
    engineName = engine.name
    ours = LocalCodec(profile: engine.profile, legacy: legacy).answer(payload)
    theirs = try asked.answer(to: payload)
    cause =
      ours == theirs
      ? nil : Judge(profile: engine.profile).cause(payload: payload, ours: ours, engine: theirs)
  }

  /// Whether there is a difference without a cause.
  public var isBug: Bool { ours != theirs && cause == nil }

  /// For people.
  public var text: String {
    if ours == theirs { return "\(engineName): both: \(ours)" }
    let verdict = cause.map { "explained by \($0.rawValue)" } ?? "BUG"
    return "\(engineName): \(verdict)\n  here:   \(ours)\n  engine: \(theirs)"
  }
}
