import ArgumentParser
import CloneFuzzing
import Foundation

/// Writes seeds.
struct Seeds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the seeds of every target, each into a folder of its name.")

  @Option(help: "Only this target. Can be given several times.")
  var target: [FuzzTarget] = []

  @Argument(help: "The folder, which is made if it does not exist.")
  var folder: String

  func run() throws {
    for target in target.isEmpty ? FuzzTarget.allCases : target {
      let folder = URL(filePath: folder).appending(path: target.rawValue)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let inputs = SeedList.inputs(of: target)
      for (number, input) in inputs.enumerated() {
        try Data(input).write(to: folder.appending(path: "seed-\(number)"))
      }
      print("\(target.rawValue): \(inputs.count) seeds")
    }
  }
}
