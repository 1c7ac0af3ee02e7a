import Foundation

extension Engine {
  /// Measures one operation in a process of the engine.
  package func measure(
    _ operation: String, _ payload: String, in workspace: Workspace, milliseconds: Int
  ) throws -> Timing {
    let line = try run(
      program,
      parameters + [
        workspace.modules.appending(path: "engine.mjs").path, operation, payload,
        workspace.payloads.path, String(milliseconds),
      ])
    return try JSONDecoder().decode(Timing.self, from: line)
  }
}
