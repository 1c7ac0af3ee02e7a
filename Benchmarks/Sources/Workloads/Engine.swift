import Foundation

/// A JavaScript engine that is installed.
package struct Engine {
  /// The name that was asked for: `node20`, `deno`.
  package let name: String
  package let program: URL
  /// What stands before the module on the command line.
  package let parameters: [String]

  /// The engine of this name in the folder of engines, or a program of this name on the `PATH`; `nil` if there is neither.
  package init?(_ name: String, in engines: URL) {
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
}
