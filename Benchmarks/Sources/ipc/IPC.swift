import ArgumentParser

/// Compares round trips of `invoke` with those of Node's channels: `swift run -c release ipc`.
@main
struct IPC: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares round trips of invoke with those of Node's channels.",
    subcommands: [RunCommand.self, MeasureCommand.self, ServeCommand.self],
    defaultSubcommand: RunCommand.self)
}
