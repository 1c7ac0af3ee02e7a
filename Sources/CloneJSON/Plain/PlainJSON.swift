public import StructuredClone

/// Values as the JSON that people and other programs expect, as `JSON.stringify` makes it, and JSON as values, as
/// `JSON.parse` reads it. What JSON does not have is lost: see Documentation/JSON.md for what becomes of each kind.
///
/// ```swift
/// let json = PlainJSON()
/// print(try json.text(of: ["when": .date(CloneDate(millisecondsSince1970: 0)), "what": .undefined]))
/// // {"when":"1970-01-01T00:00:00.000Z"}
/// ```
public struct PlainJSON: Sendable {
  /// What becomes of a big integer.
  public enum BigInts: Sendable {
    /// A string of its decimal digits.
    case string
    /// A number, of which most readers of JSON keep only the first 16 digits.
    case number
  }

  /// What becomes of a map.
  public enum Maps: Sendable {
    /// A list of its entries, each a list of key and value, as `[...map]` is.
    case entries
    /// An object, if all keys are primitives; else a list of entries. Keys that are equal as text stand twice.
    case objects
  }

  /// What becomes of big integers.
  public var bigInts: BigInts

  /// What becomes of maps.
  public var maps: Maps

  /// Whether there are line breaks and blanks between the tokens, for people. Indentation ends at ten levels.
  public var isIndented: Bool

  /// How long the text may become, in bytes; 2^28 by default. An object that is mentioned more than once is written each
  /// time, so that a short payload can make a text that never ends.
  public var longestText: Int

  /// The limits for reading.
  public var limits: CloneLimits

  /// Makes the form.
  public init(
    bigInts: BigInts = .string, maps: Maps = .entries, isIndented: Bool = false,
    longestText: Int = 1 << 28, limits: CloneLimits = .default
  ) {
    self.bigInts = bigInts
    self.maps = maps
    self.isIndented = isIndented
    self.longestText = longestText
    self.limits = limits
  }

  // MARK: - Writing

  /// The text of a value.
  ///
  /// - Throws: that the text would be longer than ``longestText``.
  public func text(of value: CloneValue) throws(CloneJSONError) -> String {
    var writer = PlainWriter(value, options: self)
    while try writer.step() {}
    return String(decoding: writer.takeBytes(), as: UTF8.self)
  }

  /// How long a piece becomes before it is handed over.
  private static let pieceLength = 1 << 15

  /// Hands over the text of a value in pieces of UTF-8, so that not all of it is in memory.
  ///
  /// - Throws: what `body` throws, or a ``CloneJSONError`` that the text would be longer than ``longestText``; then nothing
  ///   more is written.
  public func write(
    _ value: CloneValue, to body: ([UInt8]) throws -> Void
  ) throws {
    var writer = PlainWriter(value, options: self)
    while try writer.step() {
      guard writer.byteCount >= PlainJSON.pieceLength else { continue }
      try body(writer.takeBytes())
    }
    try body(writer.takeBytes())
  }

  // MARK: - Reading

  /// The value that `JSON.parse` makes of a text: of a key that occurs twice the last value counts, and a number beyond all
  /// doubles is infinite. Numbers of more than 1,200 characters are refused.
  ///
  /// - Parameter text: UTF-8. Nothing but blanks may follow the value.
  /// - Throws: why and where the text is not JSON.
  public func value(of text: [UInt8]) throws(CloneJSONError) -> CloneValue {
    var reader = JSONReader(text, limits: limits, isLossless: false)
    let root = try reader.readRoot()
    return reader.builder.value(of: root)
  }
}
