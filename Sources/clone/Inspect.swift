import ArgumentParser
import CloneInspection
import StructuredClone

/// `clone inspect`: what a payload holds.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a payload holds.",
    discussion: """
      The value is shown as Node's util.inspect shows it. An object that is mentioned more than once is \
      printed once, marked <ref *1>, and mentioned as [Circular *1] inside itself and as [Reference *1] \
      elsewhere. Of bytes that cannot be read, the report says what is wrong at which of them.

      \(Clone.exitStatuses)
      """)

  enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @OptionGroup var input: PayloadInput

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: """
      Also read versions 0 to 12, or do not. On without a profile and for chromium*, off for the others.
      """)
  var legacy: Bool?

  @Option(
    help: "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color = ColorChoice.auto

  @Option(help: "How deep values may be nested.")
  var depth = 100_000

  @Flag(help: "Show long arrays, buffers and strings whole.")
  var all = false

  func run() throws {
    guard depth >= 0 else { throw Failure.wrongUse("a depth of \(depth) is below 0") }
    var inspector = CloneInspector(limits: CloneLimits(depth: depth))
    if all { inspector.options = .everything }
    inspector.options.usesColors =
      switch color {
      case .auto: System.outputWantsColors
      case .always: true
      case .never: false
      }
    if let profile = try input.namedProfile() { inspector.profile = profile }
    if let legacy { inspector.profile.supportsLegacyWireFormat = legacy }

    let (name, bytes) = try input.read(for: "inspect")
    do {
      System.print(try inspector.report(on: bytes))
    } catch {
      if let complaint = Hexadecimal.complaint(about: bytes) {
        throw Failure.unreadable("\(name) \(complaint)")
      }
      System.print(inspector.report(on: error, in: bytes))
      throw Failure.unreadable("\(name) cannot be read as a payload: \(error.diagnosis)")
    }
  }
}
