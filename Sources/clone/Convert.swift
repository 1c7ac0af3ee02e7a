import ArgumentParser
import CloneDetection
import CloneJSON
import StructuredClone

/// `clone convert`: payloads as JSON, and JSON as payloads.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Converts payloads to JSON and back.",
    discussion: """
      The lossless form (json) keeps everything: a payload is written back byte for byte. The plain form \
      (plain) is what JSON.stringify makes, and what JSON.parse reads; it loses what JSON does not have. \
      Documentation/JSON.md describes both.

      Layers around a payload are found out as by inspect; of a stream of messages each is a line. \
      --dialect says what is put around a payload that is written.

      \(Clone.exitStatuses)
      """)

  enum Source: String, ExpressibleByArgument, CaseIterable { case payload, json, plain }
  enum Target: String, ExpressibleByArgument, CaseIterable { case json, plain, payload, hex }

  @OptionGroup var input: PayloadInput

  @Option(help: "What is read: a payload, or JSON in the lossless (json) or the plain form.")
  var from = Source.payload

  @Option(
    help: """
      What is written: JSON in the lossless (json) or the plain form, or a payload as bytes or as hexadecimal \
      digits. By default json of a payload, and a payload of JSON.
      """)
  var to: Target?

  @Option(
    help: """
      What a payload that is written is put in: \(CloneDialect.writable.map(\.rawValue).joined(separator: ", ")). \
      By default nothing, or for a payload of Node's host objects what Node does.
      """, transform: { try Convert.dialect(named: $0) })
  var dialect: CloneDialect?

  @Flag(
    help: "Write the value alone: a payload without its header, lossless JSON without the layout.")
  var noHeader = false

  @Flag(help: "Break the lines of JSON, for people.")
  var indent = false

  @Flag(help: "Plain JSON: big integers as numbers, not as strings.")
  var bigintNumbers = false

  @Flag(help: "Plain JSON: maps as objects, not as lists of entries.")
  var mapObjects = false

  func run() throws {
    let (name, bytes) = try input.read(for: "convert")
    let profile = try input.namedProfile()
    let subjects: [Subject]
    do {
      switch from {
      case .payload: subjects = try Subject.subjects(in: bytes, name: name, profile: profile)
      case .json: subjects = [Subject(try LosslessJSON().payload(of: bytes))]
      case .plain:
        let value = try PlainJSON().value(of: bytes)
        subjects = [Subject(value)]
      }
    } catch let error as CloneJSONError {
      throw Failure.unreadable("\(name) cannot be read as \(from.rawValue): \(error)")
    }
    switch to ?? (from == .payload ? .json : .payload) {
    case .json: printLossless(subjects)
    case .plain: try printPlain(subjects, name: name)
    case .payload: try write(subjects, name: name, profile) { System.print($0) }
    case .hex:
      try write(subjects, name: name, profile) { bytes in
        System.print(Hexadecimal.text(bytes) + "\n")
      }
    }
  }

  // MARK: - JSON

  private func printLossless(_ subjects: [Subject]) {
    let json = LosslessJSON(isIndented: indent)
    for subject in subjects {
      if let payload = subject.payload, !noHeader {
        json.write(payload) { System.print($0) }
      } else {
        json.write(subject.value) { System.print($0) }
      }
      System.print("\n")
    }
  }

  private func printPlain(_ subjects: [Subject], name: String) throws {
    let json = PlainJSON(
      bigInts: bigintNumbers ? .number : .string, maps: mapObjects ? .objects : .entries,
      isIndented: indent)
    for subject in subjects {
      do {
        try json.write(subject.value) { System.print($0) }
      } catch let error as CloneJSONError {
        System.print("\n")
        throw Failure.unreadable("\(name): \(error)")
      }
      System.print("\n")
    }
  }

  // MARK: - Payloads

  private func write(
    _ subjects: [Subject], name: String, _ profile: CloneProfile?, _ print: ([UInt8]) -> Void
  ) throws {
    for subject in subjects {
      let dialect = dialect ?? subject.dialect
      guard CloneDialect.writable.contains(dialect) else {
        throw Failure.wrongUse("nothing is put into \(dialect.rawValue) here; see --dialect")
      }
      let payload: [UInt8]
      do {
        // JSON has no profile to be read by, a payload none to be written by.
        payload = try subject.encoded(dialect, from == .payload ? nil : profile)
      } catch {
        throw Failure.unreadable("\(name) cannot be written as \(dialect.rawValue): \(error)")
      }
      print(noHeader && dialect.isBare ? Array(payload.dropFirst(Convert.headerLength)) : payload)
    }
  }

  /// The dialect of a name.
  private static func dialect(named name: String) throws -> CloneDialect {
    guard let dialect = CloneDialect.writable.first(where: { $0.rawValue == name }) else {
      throw ValidationError("'\(name)' is no dialect that is written here")
    }
    return dialect
  }

  /// How long a header is whose version is below 128.
  private static let headerLength = 2
}
