public import StructuredClone

/// Turns payloads into text for people: what they are, the value as Node's `util.inspect` shows it, where it
/// shares references; and for bytes that cannot be read, what is wrong at which byte.
///
/// ```swift
/// let inspector = CloneInspector()
/// do {
///   print(try inspector.report(on: bytes))
/// } catch {
///   print(inspector.report(on: error, in: bytes))
/// }
/// ```
///
/// All of it is a function of its arguments, in a loop and linear in the value.
public struct CloneInspector: Sendable {
  /// How values are shown.
  public var options: InspectionOptions

  /// The engine to be as strict as.
  public var profile: CloneProfile

  /// The limits for reading.
  public var limits: CloneLimits

  /// Says what a host object is in one line, or answers `nil` for its interface and payload to be shown.
  public typealias HostObjectText = @Sendable (CloneHostObject) -> String?

  /// Shows host objects of an embedder that is known.
  public var hostObjectText: HostObjectText?

  /// Makes an inspector; by default it reads every layout.
  public init(
    options: InspectionOptions = InspectionOptions(), profile: CloneProfile = .default,
    limits: CloneLimits = .default
  ) {
    self.options = options
    self.profile = profile
    self.limits = limits
  }

  /// Everything about a payload: version and sizes, the value, and its shared references if it has any.
  ///
  /// - Throws: why and where the bytes are no payload; ``report(on:in:)`` makes text of it.
  public func report(on bytes: [UInt8]) throws(CloneDecodingError) -> String {
    let payload = try ClonePayload(decoding: bytes, profile: profile, limits: limits)
    let sharing = SharingMap(payload.value)
    let header = header(of: payload, in: bytes) + "\n\n"
    let references = sharing.count > 0 ? "\n" + CloneInspector.text(of: sharing) : ""
    return MeasuredText.string { text in
      text.append(header)
      ValueText.write(
        payload.value, sharing: sharing, options: options, hostObjectText: hostObjectText, to: &text
      )
      text.append("\n" + references)
    }
  }

  /// A value as `util.inspect` shows it, without a line break at the end.
  ///
  /// An object that is mentioned more than once is marked `<ref *1>` where it is printed, and is
  /// `[Circular *1]` inside itself and `[Reference *1]` elsewhere.
  ///
  /// Indentation ends at ten levels; braces of deeper levels share lines, and so do numbers, strings and other
  /// short elements of arrays and sets that are more than six levels deep.
  ///
  /// - Complexity: linear in the value; no recursion. The memory is little more than that of the text.
  public func text(of value: CloneValue) -> String {
    MeasuredText.string {
      ValueText.write(
        value, sharing: SharingMap(value), options: options, hostObjectText: hostObjectText, to: &$0
      )
    }
  }

  /// Where a value mentions objects more than once, one object a line; empty if nowhere.
  public func sharedReferences(in value: CloneValue) -> String {
    let sharing = SharingMap(value)
    return sharing.count > 0 ? CloneInspector.text(of: sharing) : ""
  }

  /// Why bytes cannot be read: V8's text, the diagnosis, and the bytes around the place with a mark below it.
  public func report(on error: CloneDecodingError, in bytes: [UInt8]) -> String {
    var text = Style.regExp.apply(error.message, colors: options.usesColors).text + "\n"
    text += error.diagnosis + "\n"
    text += HexLine(bytes, around: error.offset).text(colors: options.usesColors)
    return text
  }

  /// What is left of a damaged payload: the value, and behind it each fault with the bytes around its place.
  public func report(on salvage: CloneSalvage, in bytes: [UInt8]) -> String {
    var text = self.text(of: salvage.value) + "\n"
    for fault in salvage.faults {
      text += "\nfault at \(fault.error.offset)"
      if !fault.bytes.isEmpty {
        text += ", \(CloneInspector.byteText(fault.bytes.count)) left out"
      }
      text += ": \(fault.error.diagnosis)\n"
      text += HexLine(bytes, around: fault.error.offset).text(colors: options.usesColors)
    }
    return text
  }

  // MARK: - Parts

  private func header(of payload: ClonePayload, in bytes: [UInt8]) -> String {
    var text = "bare V8 stream, version \(payload.wireFormatVersion)"
    if bytes.first != 0xFF { text += " (no header)" }
    if profile.name != CloneProfile.default.name { text += ", read as \(profile.name) reads it" }
    text += "\n" + CloneInspector.byteText(bytes.count)
    let rest = bytes.count - payload.byteCount
    guard rest > 0 else { return text + ", all used" }
    let shown = bytes[payload.byteCount...].prefix(16)
    text += ", \(payload.byteCount) used, \(rest) trailing \(rest == 1 ? "byte" : "bytes") unread: "
    return text + HexText.digits(shown, separator: " ") + (rest > shown.count ? " …" : "")
  }

  private static func byteText(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  private static func text(of sharing: SharingMap) -> String {
    var text = "shared references:\n"
    for object in sharing.told {
      text += "  *\(object.number) \(object.kind) at \(object.place), again at "
      text += object.mentions.map(\.description).joined(separator: ", ")
      let rest = object.mentionCount - object.mentions.count
      if rest > 0 { text += " and \(rest) more" }
      text += object.isCircular ? " (circular)\n" : "\n"
    }
    let rest = sharing.count - sharing.told.count
    if rest > 0 { text += "  … \(rest) more objects\n" }
    return text
  }
}
