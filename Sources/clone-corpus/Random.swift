import ArgumentParser
import CloneFuzzing
import CloneGeneration

/// Runs a target on random bytes.
struct Random: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a target on random bytes, as many times as wanted.",
    discussion: """
      Equal options make equal inputs. A broken promise ends the process. For targets that make values of bytes, such \
      as convert with --option 3, this is a test with so many random values.
      """)

  @Option(help: "The target.")
  var target: FuzzTarget

  @Option(help: "How many inputs.")
  var count = 10_000

  @Option(help: "What the inputs come from.")
  var seed: UInt64 = 1

  @Option(
    help: "The last byte of each input, which chooses what is done; by default random as well.")
  var option: UInt8?

  @Option(help: "How many bytes there are before that.")
  var length = 24

  func run() throws {
    for index in 0..<count {
      var random = SplitMix64(seed: seed, index: index)
      var bytes = (0...length).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
      if let option { bytes[length] = option }
      target.run(bytes)
    }
    print("\(count) inputs")
  }
}
