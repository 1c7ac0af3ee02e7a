import StructuredClone

/// Puts the payloads of one chunk to one process of an engine. What came before in a process can change its
/// answers; the chunk is a process's whole past, so that every run sees the same.
struct ChunkRunner {
  /// So many differences of one kind are put to a fresh process in each chunk; more are counted as what these
  /// were.
  private static let mostConfirmed = 3

  let codec: LocalCodec
  let source: PayloadSource
  private let judge: Judge
  private let kind: DifferenceKind
  private var longLived: LongLivedEngine
  private var fresh: FreshEngine
  private var tally = Tally()
  private var confirmed: [String: Int] = [:]

  init(engine: Engine, source: PayloadSource, legacy: Bool, timeout: Double) {
    codec = LocalCodec(profile: engine.profile, legacy: legacy)
    self.source = source
    judge = Judge(profile: engine.profile)
    kind = DifferenceKind(codec: codec)
    longLived = LongLivedEngine(engine, legacy: legacy, timeout: timeout)
    fresh = FreshEngine(engine, legacy: legacy, timeout: timeout)
  }

  mutating func run(seed: UInt64, indices: Range<Int>) throws -> Tally {
    tally = Tally()
    confirmed = [:]
    var payloads: [[UInt8]] = []
    for index in indices {
      if let payload = source.payload(seed: seed, index: index, for: codec.profile) {
        payloads.append(payload)
      } else {
        tally.unwritable += 1
      }
    }
    let answers = try longLived.answers(to: payloads)
    try longLived.startAgain()
    for (payload, answer) in zip(payloads, answers) { try compare(payload, answer) }
    return tally
  }

  private mutating func compare(_ payload: [UInt8], _ answer: Answer) throws {
    tally.payloads += 1
    if answer.isAccepted { tally.accepted += 1 }
    let ours = codec.answer(payload)
    if ours == answer {
      if case .values = source, !answer.isAccepted { tally.unreadable += 1 }
      return
    }
    let seen = Difference(
      kind: kind(payload: payload, ours: ours, engine: answer), payload: payload, ours: ours,
      engine: answer)
    guard confirmed[seen.kind, default: 0] < ChunkRunner.mostConfirmed else {
      return tally.add(seen, cause: nil)
    }
    let again = try fresh.answer(to: payload)
    if again == ours {
      tally.causes[.history, default: 0] += 1
      tally.vanishing += 1
      return
    }
    let difference = Difference(
      kind: kind(payload: payload, ours: ours, engine: again), payload: payload, ours: ours,
      engine: again)
    let cause = judge.cause(payload: payload, ours: ours, engine: again)
    if cause == nil { confirmed[seen.kind, default: 0] += 1 }
    tally.add(difference, cause: cause)
  }
}
