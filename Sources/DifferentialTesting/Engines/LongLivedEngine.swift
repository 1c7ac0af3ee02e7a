/// An engine that is asked much: its process is started again when it dies, and the payload that killed it is
/// found.
struct LongLivedEngine {
  let engine: Engine
  let legacy: Bool
  /// Seconds without an answer after which a process counts as hanging.
  let timeout: Double
  private var process: EngineProcess?

  init(_ engine: Engine, legacy: Bool, timeout: Double) {
    self.engine = engine
    self.legacy = legacy
    self.timeout = timeout
  }

  /// Lets the next payload be the first of a process. It starts while others work.
  mutating func startAgain() throws {
    process?.end()
    process = try EngineProcess(engine, legacy: legacy)
  }

  /// One answer for each payload.
  mutating func answers(to payloads: [[UInt8]]) throws -> [Answer] {
    var answers = try running().answers(to: payloads, timeout: timeout)
    guard let last = answers.last, last == .died || last == .timedOut else { return answers }
    try startAgain()
    if payloads.count == 1 { return answers }
    // The process may have said less than it knew: one at a time shows which payload it was.
    answers.removeLast()
    for payload in payloads[answers.count...] {
      let answer = try running().answers(to: [payload], timeout: timeout)[0]
      if answer == .died || answer == .timedOut { try startAgain() }
      answers.append(answer)
    }
    return answers
  }

  private mutating func running() throws -> EngineProcess {
    if let process { return process }
    let started = try EngineProcess(engine, legacy: legacy)
    process = started
    return started
  }
}
