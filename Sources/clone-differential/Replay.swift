import ArgumentParser
import DifferentialTesting

/// Puts one payload to fresh engines.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put one payload to fresh engines, and print all answers.")

  @OptionGroup var options: EngineOptions

  @Flag(help: "Read versions 0 to 12.")
  var legacy = false

  @Argument(help: "The payload, in hexadecimal.")
  var payload: String

  func run() throws {
    guard let bytes = Hex.bytes(payload) else {
      throw ValidationError("not hexadecimal: \(payload)")
    }
    var differs = false
    for engine in try options.resolved() {
      let comparison = try Comparison(
        of: bytes, engine: engine, legacy: legacy, timeout: options.timeout)
      print(comparison.text)
      if comparison.isBug { differs = true }
    }
    if differs { throw ExitCode.failure }
  }
}
