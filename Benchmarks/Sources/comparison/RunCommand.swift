import ArgumentParser

/// Placeholder until the runner follows.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run")
}
