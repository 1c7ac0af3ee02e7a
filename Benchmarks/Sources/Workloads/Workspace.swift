import Foundation

/// The folders of the benchmarks, found from the current one.
package struct Workspace {
  /// The package of the benchmarks.
  package let folder: URL

  /// The modules that engines run.
  package var modules: URL { folder.appending(path: "Payloads") }

  /// What `generate.mjs` writes. Not in the repository.
  package var payloads: URL { folder.appending(path: ".payloads") }

  /// The engines that `Scripts/install-engines` installs.
  package var engines: URL { folder.appending(path: "../.engines").standardizedFileURL }

  /// Finds the folders from the current one or one above it.
  package init() throws {
    var folder = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    while true {
      for candidate in [folder, folder.appending(path: "Benchmarks")] {
        let generator = candidate.appending(path: "Payloads/generate.mjs")
        if FileManager.default.fileExists(atPath: generator.path) {
          self.folder = candidate
          return
        }
      }
      let parent = folder.deletingLastPathComponent()
      guard parent.path != folder.path else {
        throw Failure("Run this in the repository: there is no Benchmarks/Payloads above.")
      }
      folder = parent
    }
  }

  /// The payloads, which Node 20 writes first if they are missing or their modules have changed.
  package func manifest() throws -> Manifest {
    let file = payloads.appending(path: "manifest.json")
    if try modified(file) < newestModule() {
      complain("writing the payloads to \(payloads.path)")
      let node = Engine("node20", in: engines) ?? Engine("node", in: engines)
      guard let node else { throw Failure("Node is needed to write the payloads.") }
      _ = try run(
        node.program,
        node.parameters + [modules.appending(path: "generate.mjs").path, payloads.path])
    }
    return try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
  }

  private func newestModule() throws -> Date {
    try FileManager.default.contentsOfDirectory(at: modules, includingPropertiesForKeys: nil)
      .map { try modified($0) }.max() ?? .distantPast
  }

  private func modified(_ file: URL) throws -> Date {
    guard FileManager.default.fileExists(atPath: file.path) else { return .distantPast }
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    return attributes[.modificationDate] as? Date ?? .distantPast
  }
}
