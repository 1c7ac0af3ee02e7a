/// Text that is made twice if it is long: first only to know its length, then in storage of exactly that size.
///
/// A string that grows holds its old storage and twice as much for a moment; text can be thirty times as long
/// as the payload it tells of, so that this would be most of the memory there is.
package struct MeasuredText {
  /// How much is kept at the first attempt.
  private static let shortLength = 8192
  private static let chunkLength = 1024

  /// The number of bytes in UTF-8 so far.
  package private(set) var length = 0
  private var text = ""
  /// What is not yet in the text: strings grow by many bytes faster than by one.
  private var chunk: [UInt8] = []
  private var keeps = true
  private let room: Int

  /// The text that a function writes. The function runs once or twice and must write the same each time.
  package static func string(_ write: (inout MeasuredText) -> Void) -> String {
    var first = MeasuredText(room: shortLength, reserves: false)
    write(&first)
    if first.keeps { return first.finished() }
    var second = MeasuredText(room: first.length, reserves: true)
    write(&second)
    return second.finished()
  }

  /// No text, with room for none.
  package init() { room = 0 }

  private init(room: Int, reserves: Bool) {
    self.room = room
    if reserves { text.reserveCapacity(room) }
  }

  private mutating func finished() -> String {
    flush()
    return text
  }

  private mutating func flush() {
    text += String(decoding: chunk, as: UTF8.self)
    chunk.removeAll(keepingCapacity: true)
  }

  /// Counts bytes; false if they are not to be kept.
  private mutating func count(_ bytes: Int) -> Bool {
    length += bytes
    if keeps, length > room {
      keeps = false
      text = ""
      chunk = []
    }
    return keeps
  }

  /// Appends text.
  package mutating func append(_ string: String) {
    guard count(string.utf8.count) else { return }
    chunk.append(contentsOf: string.utf8)
    if chunk.count >= MeasuredText.chunkLength { flush() }
  }

  /// Appends a character of ASCII.
  package mutating func append(ascii byte: UInt8) {
    guard count(1) else { return }
    chunk.append(byte)
    if chunk.count >= MeasuredText.chunkLength { flush() }
  }

  /// Appends a character.
  package mutating func append(_ scalar: Unicode.Scalar) {
    guard count(UTF8.width(scalar)) else { return }
    chunk.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    if chunk.count >= MeasuredText.chunkLength { flush() }
  }

  /// Appends a number in decimal.
  package mutating func append(_ number: Int) {
    guard number >= 0, number < 10 else {
      append(String(number))
      return
    }
    append(ascii: UInt8(ascii: "0") + UInt8(number))
  }

  /// Appends bytes as hexadecimal digits.
  mutating func append(hex bytes: some Sequence<UInt8>) {
    for byte in bytes {
      append(ascii: HexText.digits[Int(byte >> 4)])
      append(ascii: HexText.digits[Int(byte & 15)])
    }
  }
}
