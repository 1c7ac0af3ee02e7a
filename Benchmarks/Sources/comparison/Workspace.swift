import Foundation

/// The folders of the benchmarks, found from the current one.
struct Workspace {
  /// The package of the benchmarks.
  let package: URL

  /// The modules that engines run.
  var modules: URL { package.appending(path: "Payloads") }

  /// What `generate.mjs` writes. Not in the repository.
  var payloads: URL { package.appending(path: ".payloads") }

  /// The engines that `Scripts/install-engines` installs.
  var engines: URL { package.appending(path: "../.engines").standardizedFileURL }

  /// Finds the folders from the current one or one above it.
  init() throws {
    var folder = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    while true {
      for candidate in [folder, folder.appending(path: "Benchmarks")] {
        let generator = candidate.appending(path: "Payloads/generate.mjs")
        if FileManager.default.fileExists(atPath: generator.path) {
          package = candidate
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
  func manifest() throws -> Manifest {
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
