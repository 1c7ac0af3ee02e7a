import ArgumentParser

/// Makes what a fuzzer begins with, and runs what it found.
@main
struct CloneCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone-corpus",
    abstract: "Makes seeds and a dictionary for fuzzers, and runs inputs without one.",
    subcommands: [Seeds.self, Dictionary.self, Replay.self, Random.self])
}
