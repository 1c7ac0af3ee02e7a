import ArgumentParser
import CAllocationCounter
import Workloads

/// Performs one operation in this process and prints how many allocations it makes.
struct PerformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perform", abstract: "Performs one operation and counts its allocations.",
    shouldDisplay: false)

  /// A part of the name of the function whose instructions are counted.
  static let countedSymbol = "performCounted"

  @Argument var operation: String
  @Argument var payload: String

  func run() throws {
    guard let operation = Workloads.Operation(rawValue: operation) else {
      throw ValidationError("There is no operation \(operation).")
    }
    let workspace = try Workspace()
    let payload = operation.needsPayload ? try workspace.manifest().payload(payload) : nil
    let work = try Work(operation, payload, in: workspace.payloads)
    // What is done once in the life of a program does not count.
    for _ in 0..<2 { try work.run() }
    // A difference, because counting itself takes an allocation.
    let once = try allocations(of: work, calls: 1)
    let often = try allocations(of: work, calls: 11)
    try performCounted(work)
    print("allocations: \((often - once) / 10)")
  }

  private func allocations(of work: Work, calls: Int) throws -> Int64 {
    let before = allocation_count()
    for _ in 0..<calls { try work.run() }
    return allocation_count() - before
  }
}

@inline(never)
private func performCounted(_ work: Work) throws { try work.run() }
