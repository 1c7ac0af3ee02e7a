import ArgumentParser
import DifferentialTesting
import Foundation

/// Which engines are asked, and how.
struct EngineOptions: ParsableArguments {
  @Option(
    name: .customLong("engine"),
    help: """
      An engine: a profile's name, or NAME=PATH. Can be given several times; by default every engine in \
      .engines.
      """)
  var names: [String] = []

  @Option(help: "The folder in which Scripts/install-engines put them.")
  var engines = ".engines"

  @Option(help: "Seconds without an answer after which an engine counts as hanging.")
  var timeout = 20.0

  func resolved() throws -> [Engine] {
    let installed = Engine.installed(in: URL(fileURLWithPath: engines))
    if names.isEmpty {
      guard !installed.isEmpty else {
        throw ValidationError(
          "there is no engine in \(engines); Scripts/install-engines installs some")
      }
      return installed
    }
    return try names.map { name in
      let parts = name.split(separator: "=", maxSplits: 1).map { String($0) }
      let found =
        parts.count == 2
        ? Engine(name: parts[0], executable: URL(fileURLWithPath: parts[1]))
        : installed.first { $0.name == name }
      guard let found else { throw ValidationError("there is no engine '\(name)'") }
      return found
    }
  }
}
