import ArgumentParser

/// Counts allocations and instructions of operations and compares the counts with those in the repository.
@main
struct Baselines: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-baselines",
    abstract: "Counts allocations and instructions, and fails if they have grown.",
    subcommands: [CheckCommand.self, CountCommand.self, PerformCommand.self],
    defaultSubcommand: CheckCommand.self)
}
