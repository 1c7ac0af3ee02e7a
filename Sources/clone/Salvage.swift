import ArgumentParser
import CloneInspection
import StructuredClone

/// `clone salvage`: what is left of a damaged payload.
struct Salvage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what can be read of a damaged payload.",
    discussion: """
      Like inspect, but what cannot be read is shown as [fault at OFFSET] in its place, and every fault is \
      listed with its bytes behind the value. Reading goes on behind a fault whose end is known; any other \
      is the last.

      \(Clone.exitStatuses)
      """)

  @OptionGroup var input: PayloadInput

  func run() throws {
    let (name, bytes) = try input.read(for: "salvage")
    let salvage = CloneSalvage(of: bytes, profile: try input.namedProfile() ?? .default)
    System.print(CloneInspector().report(on: salvage, in: bytes))
    if !salvage.faults.isEmpty {
      let count = salvage.faults.count
      throw Failure.unreadable("\(name) has \(count) \(count == 1 ? "fault" : "faults")")
    }
  }
}
