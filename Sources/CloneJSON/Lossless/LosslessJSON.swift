public import StructuredClone

/// The lossless form of values in JSON: everything that a ``CloneValue`` is, as text that other languages can read.
/// Documentation/JSON.md is its description.
///
/// ```swift
/// let json = LosslessJSON()
/// let text = json.text(of: value)
/// let same = try json.value(of: Array(text.utf8))  // same == value, identity included
/// ```
///
/// What JSON has is written as JSON has it. Everything else is an object that begins with the member `$`, which says what
/// it is. Each object is written once, and later mentions as references, so that text is linear in the value; all is done
/// in loops, however deep the value is.
///
/// Facts that only the bytes of a payload show, such as whether an integer travels as a double, are kept as well. So a payload that
/// a real engine wrote is written back byte for byte from the text of the ``ClonePayload``; the text of a value alone lacks the
/// version and the order of the sections of errors.
public struct LosslessJSON: Sendable {
  /// Whether there are line breaks and blanks between the tokens, for people. Indentation ends at ten levels.
  public var isIndented: Bool

  /// The limits for reading.
  public var limits: CloneLimits

  /// Makes the form; by default without line breaks.
  public init(isIndented: Bool = false, limits: CloneLimits = .default) {
    self.isIndented = isIndented
    self.limits = limits
  }

  // MARK: - Writing

  /// The text of a value.
  ///
  /// - Complexity: linear in the value.
  public func text(of value: CloneValue) -> String {
    LosslessJSON.text(of: LosslessWriter(value, isIndented: isIndented))
  }

  /// The text of a payload: of its layout and its value.
  ///
  /// - Complexity: linear in the value.
  public func text(of payload: ClonePayload) -> String {
    LosslessJSON.text(of: LosslessWriter(payload, isIndented: isIndented))
  }

  /// Hands over the text of a value in pieces of UTF-8, so that not all of it is in memory.
  ///
  /// - Throws: what `body` throws; then nothing more is written.
  public func write<Failure: Error>(
    _ value: CloneValue, to body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    try LosslessJSON.write(LosslessWriter(value, isIndented: isIndented), to: body)
  }

  /// Hands over the text of a payload in pieces of UTF-8.
  ///
  /// - Throws: what `body` throws; then nothing more is written.
  public func write<Failure: Error>(
    _ payload: ClonePayload, to body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    try LosslessJSON.write(LosslessWriter(payload, isIndented: isIndented), to: body)
  }

  private static func text(of writer: LosslessWriter) -> String {
    var writer = writer
    while writer.step() {}
    return String(decoding: writer.text.bytes, as: UTF8.self)
  }

  /// How long a piece becomes before it is handed over.
  private static let pieceLength = 1 << 15

  private static func write<Failure: Error>(
    _ writer: LosslessWriter, to body: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var writer = writer
    while writer.step() {
      guard writer.text.bytes.count >= pieceLength else { continue }
      try body(writer.text.bytes)
      writer.text.bytes.removeAll(keepingCapacity: true)
    }
    try body(writer.text.bytes)
  }

  // MARK: - Reading

  /// The value of a text; of a payload's text without its layout.
  ///
  /// - Parameter text: UTF-8. Nothing but blanks may follow the value.
  /// - Throws: why and where the text is not of this form.
  public func value(of text: [UInt8]) throws(CloneJSONError) -> CloneValue {
    var reader = JSONReader(text, limits: limits, isLossless: true)
    let root = try reader.readRoot()
    return reader.builder.value(of: root, origin: reader.format)
  }

  /// The payload of a text; where that tells no layout, it is what ``CloneProfile/default`` writes.
  ///
  /// - Throws: why and where the text is not of this form.
  public func payload(of text: [UInt8]) throws(CloneJSONError) -> ClonePayload {
    var reader = JSONReader(text, limits: limits, isLossless: true)
    let root = try reader.readRoot()
    let rootDouble = reader.builder.doubleBytes(of: root)
    let format = reader.format
    return ClonePayload(
      reader.builder.value(of: root, origin: format), format: format ?? CloneProfile.default.format,
      rootDouble: rootDouble)
  }
}
