import ArgumentParser

/// Looks at structured clone payloads.
@main
struct Clone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone",
    abstract: "Looks at V8's structured clone payloads.",
    discussion: exitStatuses,
    subcommands: [Inspect.self, Convert.self, Roundtrip.self, Salvage.self])

  static let exitStatuses = """
    Exit status: 0 if all is well; 1 if a payload cannot be read or is not written back identically; \
    2 for wrong options and for files that cannot be read. Nothing is ever written to the inputs.
    """

  /// Runs a command. Unlike the default, everything that is wrong is one line and status 1 or 2.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      System.report(failure.text)
      System.end(failure.status)
    } catch let code as ExitCode {
      System.end(code.rawValue)
    } catch {
      if exitCode(for: error) == .success {
        // Help was asked for.
        System.print(fullMessage(for: error) + "\n")
        System.end(0)
      }
      System.report(message(for: error).split(whereSeparator: \.isNewline).joined(separator: " "))
      System.end(2)
    }
  }
}
