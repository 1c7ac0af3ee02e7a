import ArgumentParser
import Foundation
import Workloads

/// Compares the coders of this package with Foundation's and with V8: `swift run -c release coders`.
@main
struct Coders: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares the coders of Swift types with Foundation's and with V8.",
    subcommands: [CompareCommand.self, MeasureCommand.self],
    defaultSubcommand: CompareCommand.self)
}

extension Document: ExpressibleByArgument {}
extension Coder: ExpressibleByArgument {}
extension CoderOperation: ExpressibleByArgument {}

/// Measures one operation in this process.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measures one operation and prints a line of JSON.",
    shouldDisplay: false)

  @Argument var subject: String
  @Argument var document: Document
  @Option var milliseconds = 300

  func run() throws {
    let words = subject.split(separator: ".")
    guard words.count == 2, let coder = Coder(rawValue: String(words[0])),
      let operation = CoderOperation(rawValue: String(words[1]))
    else { throw Failure("There is no \(subject).") }
    let work = try document.work(coder, operation, in: Workspace())
    try Timing.measure(work, milliseconds: milliseconds).printLine()
  }
}
