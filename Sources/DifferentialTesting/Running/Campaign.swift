import Foundation

/// Many payloads for one engine.
public struct Campaign: Sendable {
  /// The engine.
  public var engine: Engine
  /// Where the payloads come from.
  public var source: PayloadSource
  /// Whether versions 0 to 12 are read.
  public var legacy: Bool
  /// The seeds.
  public var seeds: [UInt64]
  /// How many payloads are made for each seed.
  public var count: Int
  /// How many processes of the engine run at a time. It changes nothing but the time.
  public var processes: Int
  /// Seconds without an answer after which an engine counts as hanging.
  public var timeout: Double

  /// Deeply nested rewritings are parsed by recursion.
  private static let stackSize = 256 << 20

  /// Makes a campaign.
  public init(
    engine: Engine, source: PayloadSource, legacy: Bool, seeds: [UInt64], count: Int,
    processes: Int = 1, timeout: Double = 20
  ) {
    self.engine = engine
    self.source = source
    self.legacy = legacy
    self.seeds = seeds
    self.count = count
    self.processes = processes
    self.timeout = timeout
  }

  /// Runs it.
  ///
  /// - Throws: if the engine cannot be started.
  public func run() throws -> Tally {
    // An engine that does not even read null would pass for one that has no memory.
    var probe = FreshEngine(engine, legacy: legacy, timeout: timeout)
    guard case .accepted = try probe.answer(to: [0xFF, 0x0D, 0x30]) else {
      throw EngineFailure(engine: engine.name)
    }
    let chunks = seeds.flatMap { seed in
      stride(from: 0, to: count, by: source.chunkSize).map { start in
        (seed: seed, indices: start..<min(count, start + source.chunkSize))
      }
    }
    let shared = SharedProgress()
    let finished = DispatchGroup()
    for _ in 0..<max(1, processes) {
      finished.enter()
      let thread = Thread {
        var runner = ChunkRunner(engine: engine, source: source, legacy: legacy, timeout: timeout)
        while let chunk = shared.takeNext(below: chunks.count) {
          do {
            shared.add(
              try runner.run(seed: chunks[chunk].seed, indices: chunks[chunk].indices), of: chunk)
          } catch {
            shared.fail(error)
          }
        }
        finished.leave()
      }
      thread.stackSize = Campaign.stackSize
      thread.start()
    }
    finished.wait()
    return try shared.total(of: chunks.count)
  }
}
