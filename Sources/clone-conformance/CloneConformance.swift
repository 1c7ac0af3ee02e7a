import ArgumentParser
import StructuredClone

/// Decodes payloads from standard input and encodes them again to standard output.
@main
struct CloneConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone-conformance",
    abstract: "Decodes payloads from standard input and encodes them again to standard output.",
    discussion: """
      Requests and answers are frames: a length of 32 bits in little-endian order, then that many \
      bytes. A request is a payload. An answer is a status byte, a position of 32 bits and the rest: \
      status 0, rejected, with the reason; 1, accepted, with the value encoded again; 3, accepted, but \
      encoding it again is refused, with the reason. The position is the number of bytes consumed, or \
      the offset of the error.

      Exit status: 0 at the end of the input; 1 for a frame above 256 MiB, a truncated frame or a write \
      failure; 2 for wrong options.
      """)

  enum Rewriting: String, ExpressibleByArgument, CaseIterable { case engine, faithful }

  @Option(help: "Read exactly as strictly, and write exactly, as this engine; see --list.")
  var profile: String?

  @Option(
    help: """
      Encode what the engine would write after reading (engine, the default with a profile) or the \
      bytes as they were read (faithful).
      """)
  var rewrite: Rewriting?

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: """
      Also read versions 0 to 12, or do not. On without a profile and for chromium*, off for the others.
      """)
  var legacy: Bool?

  @Option(help: "The dialect: v8, node, node-ipc, blink, indexeddb or electron.")
  var dialect = "v8"

  @Option(help: "How deep values may be nested.")
  var depth = 100_000

  @Flag(help: "Print the profiles and dialects, one a line.")
  var list = false

  /// Checks the options and runs. Unlike the default, a wrong option is one line and status 2.
  static func main() {
    StandardStreams.ignoreBrokenPipes()
    do {
      let options = try parse()
      if options.list {
        try StandardStreams.send(Array(listing.utf8))
      } else {
        try options.driver().run()
      }
    } catch let error as StreamError {
      StandardStreams.report(error.text)
      StandardStreams.end(1)
    } catch {
      if exitCode(for: error) == .success {
        // Help was asked for.
        try? StandardStreams.send(Array((fullMessage(for: error) + "\n").utf8))
        StandardStreams.end(0)
      }
      let text = message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
      StandardStreams.report(text)
      StandardStreams.end(2)
    }
  }

  private static var listing: String {
    let profiles = CloneProfile.engines.map {
      (["profile", $0.name] + $0.aliases).joined(separator: " ") + "\n"
    }
    let dialects = Dialect.allCases.map { "dialect \($0.rawValue)\n" }
    return profiles.joined() + dialects.joined()
  }

  /// The profile with the legacy versions that are asked for.
  private func reading(_ profile: CloneProfile) -> CloneProfile {
    var profile = profile
    if let legacy { profile.supportsLegacyWireFormat = legacy }
    return profile
  }

  private func driver() throws -> Driver {
    guard let dialect = Dialect(rawValue: dialect) else {
      throw ValidationError("there is no dialect '\(dialect)'")
    }
    guard depth >= 0 else { throw ValidationError("a depth of \(depth) is below 0") }
    let limits = CloneLimits(depth: depth)
    guard let name = profile else {
      guard rewrite != .engine else {
        throw ValidationError("--rewrite engine needs --profile")
      }
      return Driver(
        codec: Codec(
          dialect: dialect, profile: reading(.default), rewrite: .faithful, limits: limits))
    }
    guard let profile = CloneProfile(named: name).map(reading) else {
      throw ValidationError("there is no profile '\(name)'; --list names all")
    }
    return Driver(
      codec: Codec(
        dialect: dialect, profile: profile,
        rewrite: rewrite == .faithful ? .faithful : .engine(profile), limits: limits))
  }
}
