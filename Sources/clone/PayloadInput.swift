import ArgumentParser
import StructuredClone

/// Where a command gets its payload from, and how strictly it is read.
struct PayloadInput: ParsableArguments {
  @Argument(help: "The payload's file; - for standard input.")
  var file: String?

  @Option(help: "The payload itself, in hexadecimal digits; blanks do not count.")
  var hex: String?

  @Option(help: "Read exactly as strictly as this engine, such as node20 or v8-11.3.")
  var profile: String?

  /// The payload, and what it is called.
  func read(for command: String) throws -> (name: String, bytes: [UInt8]) {
    switch (file, hex) {
    case (let file?, nil): return (System.title(of: file), try System.contents(of: file))
    case (nil, let hex?): return ("--hex", try Hexadecimal.bytes(hex))
    case (nil, nil):
      throw Failure.wrongUse("a file, - or --hex is needed; see clone \(command) --help")
    case (_?, _?): throw Failure.wrongUse("a file and --hex exclude each other")
    }
  }

  /// The profile that was asked for.
  func namedProfile() throws -> CloneProfile? {
    guard let profile else { return nil }
    guard let found = CloneProfile(named: profile) else {
      let names = CloneProfile.engines.map(\.name).joined(separator: ", ")
      throw Failure.wrongUse("there is no profile '\(profile)'; there are \(names)")
    }
    return found
  }
}
