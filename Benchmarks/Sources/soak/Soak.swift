import ArgumentParser

/// Runs many connections, calls and ports for long, with peers killed at random: `swift run -c release soak --minutes 10`.
@main
struct Soak: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs many connections, calls and ports for long, with peers killed at random.",
    subcommands: [RunCommand.self, PageCommand.self], defaultSubcommand: RunCommand.self)
}

/// How much is under way at any time.
enum Scale {
  /// Processes, each with so many connections.
  static let processes = 10
  static let connectionsPerProcess = 10
  /// Calls of each connection: 10,000 in all.
  static let callsPerConnection = 100
  /// Ports of each connection to the main process, and as many to another page: 1,000 in all.
  static let portsPerConnection = 5
}
