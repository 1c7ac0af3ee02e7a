import ArgumentParser
import CloneDetection
import CloneInspection
import StructuredClone

/// `clone inspect`: what a payload holds.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a payload holds.",
    discussion: """
      Layers around the value are found out and shown: Node's channels and test reporter, Chromium's and \
      Electron's envelopes, IndexedDB's compressed values. With --profile or --legacy the payload is V8's \
      format alone.

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
    if input.profile == nil, legacy == nil,
      let found = CloneDetection.detect(bytes, limits: inspector.limits), found.isLayered
    {
      return try report(on: found, name: name, byteCount: bytes.count, inspector)
    }
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

  /// Prints the layers and what they hold.
  private func report(
    on found: CloneDetection, name: String, byteCount: Int, _ inspector: CloneInspector
  ) throws {
    var inspector = inspector
    inspector.hostObjectText = { found.dialect.text(of: $0) }
    var text = ""
    for layer in found.layers.prefix(Inspect.mostLayers) {
      text += "\(layer) (offset \(layer.offset))\n"
    }
    let rest = found.layers.count - Inspect.mostLayers
    if rest > 0 { text += "... \(rest) more layers\n" }
    text += byteCount == 1 ? "1 byte" : "\(byteCount) bytes"
    if found.trailingByteCount > 0 { text += ", \(found.trailingByteCount) of them unread" }
    System.print(text + "\n")
    switch found.values {
    case .success(let values):
      for value in values {
        System.print("\n" + inspector.text(of: value) + "\n")
        let references = inspector.sharedReferences(in: value)
        if !references.isEmpty { System.print("\n" + references) }
      }
    case .failure(let error):
      if let cause = error.underlyingError {
        System.print("\n" + inspector.report(on: cause, in: found.innermost))
      }
      throw Failure.unreadable("\(name): \(error)")
    }
  }

  /// Of a stream of frames the first are shown.
  private static let mostLayers = 10
}
