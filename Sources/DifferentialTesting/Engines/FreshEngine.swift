/// An engine that has seen no other payload, every time it is asked.
struct FreshEngine {
  private let engine: Engine
  private let legacy: Bool
  private let timeout: Double
  /// The process that answers next; it starts while others work.
  private var next: EngineProcess?

  init(_ engine: Engine, legacy: Bool, timeout: Double) {
    self.engine = engine
    self.legacy = legacy
    self.timeout = timeout
  }

  mutating func answer(to payload: [UInt8]) throws -> Answer {
    let process = try next ?? EngineProcess(engine, legacy: legacy)
    defer { process.end() }
    next = try EngineProcess(engine, legacy: legacy)
    return process.answers(to: [payload], timeout: timeout)[0]
  }
}
