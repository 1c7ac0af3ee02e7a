import CloneGeneration

/// Makes the payload of a difference as short as it can be while the difference stays of its kind.
public struct DifferenceShrinker {
  private let codec: LocalCodec
  private let judge: Judge
  private let kind: DifferenceKind
  private var engine: LongLivedEngine
  private var fresh: FreshEngine
  private var questions = 0
  /// Payloads of so many bytes are not made shorter with fresh processes, which takes long.
  private static let shortEnough = 12
  /// A process is asked so often before it is replaced: its past may mislead, and a fresh one takes time.
  private static let questionsPerProcess = 500

  /// Makes a shrinker for the differences of an engine.
  public init(engine: Engine, legacy: Bool, timeout: Double = 5) {
    codec = LocalCodec(profile: engine.profile, legacy: legacy)
    judge = Judge(profile: engine.profile)
    kind = DifferenceKind(codec: codec)
    self.engine = LongLivedEngine(engine, legacy: legacy, timeout: timeout)
    fresh = FreshEngine(engine, legacy: legacy, timeout: timeout)
  }

  /// The shortest difference found of the same kind and cause.
  public mutating func shrink(_ difference: Difference) throws -> Difference {
    let cause = judge.cause(
      payload: difference.payload, ours: difference.ours, engine: difference.engine)
    var shortest = difference
    for isFresh in [false, true] {
      var shrinker = PayloadShrinker(budget: isFresh ? 400 : 4000)
      var failure: (any Error)?
      let payload = shrinker.shrink(shortest.payload) { candidate in
        do {
          return try self.difference(candidate, of: difference.kind, cause, isFresh: isFresh) != nil
        } catch {
          failure = error
          return false
        }
      }
      if let failure { throw failure }
      // What a process has seen can hide a difference, or feign one.
      if let found = try self.difference(payload, of: difference.kind, cause, isFresh: true) {
        shortest = found
      }
      if !isFresh, shortest.payload.count <= DifferenceShrinker.shortEnough { break }
    }
    return shortest
  }

  private mutating func difference(
    _ payload: [UInt8], of wanted: String, _ cause: Cause?, isFresh: Bool
  ) throws -> Difference? {
    questions += 1
    if questions % DifferenceShrinker.questionsPerProcess == 0 { try engine.startAgain() }
    let ours = codec.answer(payload)
    let theirs = isFresh ? try fresh.answer(to: payload) : try engine.answers(to: [payload])[0]
    guard ours != theirs, judge.cause(payload: payload, ours: ours, engine: theirs) == cause else {
      return nil
    }
    let kind = kind(payload: payload, ours: ours, engine: theirs)
    // A cause explains every kind of difference that it is the cause of.
    guard kind == wanted || cause != nil else { return nil }
    return Difference(kind: kind, payload: payload, ours: ours, engine: theirs)
  }
}
