/// An input, cut in two: what is read, and behind it the options.
///
/// They stand at the end so that a payload stays a payload with the same offsets, and seeds are payloads with a few
/// bytes more.
struct FuzzInput {
  /// What is read.
  let payload: [UInt8]
  /// What chooses how.
  let options: [UInt8]

  init(_ bytes: [UInt8], optionCount: Int) {
    payload = Array(bytes.dropLast(optionCount))
    options = Array(bytes.suffix(optionCount))
  }
}

/// Takes decisions from bytes, one after the other; when they have been used up, the first choice every time.
struct Decisions {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// Whether all bytes have been used.
  var isEmpty: Bool { bytes.isEmpty }

  /// The next byte.
  mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

  /// A number from 0 to below a bound of at most 256; 0 if the bound is 0.
  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(byte()) % bound : 0 }

  /// True for odd bytes.
  mutating func flag() -> Bool { byte() & 1 != 0 }

  /// One of some choices.
  mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
