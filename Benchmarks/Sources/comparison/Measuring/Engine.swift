import Foundation

/// A JavaScript engine that is installed.
struct Engine {
  /// The name that was asked for: `node20`, `deno`.
  let name: String
  let program: URL
  /// What stands before the module on the command line.
  let parameters: [String]

  /// The engine of this name in the folder of engines, or a program of this name on the `PATH`; `nil` if there is neither.
  init?(_ name: String, in engines: URL) {
    self.name = name
    let isDeno = name.hasPrefix("deno")
    let installed = engines.appending(path: "\(name)/bin/\(isDeno ? "deno" : "node")")
    let candidates =
      [installed]
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: name) }
    guard
      let program = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else { return nil }
    self.program = program
    parameters = isDeno ? ["run", "--allow-all", "--quiet", "--no-config", "--no-lock"] : []
  }

  /// Measures one operation in a process of the engine.
  func measure(
    _ operation: String, _ payload: String, in workspace: Workspace, milliseconds: Int
  ) throws -> Measurement {
    let line = try run(
      program,
      parameters + [
        workspace.modules.appending(path: "engine.mjs").path, operation, payload,
        workspace.payloads.path, String(milliseconds),
      ])
    return try JSONDecoder().decode(Measurement.self, from: line)
  }
}
