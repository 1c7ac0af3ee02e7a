import CloneGeneration
import CloneJSON
import StructuredClone

/// Payloads and random values as JSON, and back. The option chooses which.
struct ConvertTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let option = input.options.first ?? 0
    if option & 3 == 3 {
      check(ValueGenerator.value(using: Entropy(input.payload)))
    } else if let payload = try? ClonePayload(decoding: input.payload, delegate: FuzzEmbedder()) {
      check(payload, isIndented: option & 4 != 0)
    }
  }

  private func check(_ value: CloneValue) {
    let json = LosslessJSON()
    let text = calls.measure("LosslessJSON.text(of:)") { json.text(of: value) }
    let again = read(text) { () throws(CloneJSONError) in try json.value(of: Array(text.utf8)) }
    calls.requireEqual(value, again, "a value is read as it was written")
    calls.require(
      value.debugDescription == again.debugDescription, "objects are the same objects: \(text)")
    checkPlain(value)
  }

  private func check(_ payload: ClonePayload, isIndented: Bool) {
    let json = LosslessJSON(isIndented: isIndented)
    let text = calls.measure("LosslessJSON.text(of:)") { json.text(of: payload) }
    let again = read(text) { () throws(CloneJSONError) in try json.payload(of: Array(text.utf8)) }
    calls.requireEqual(payload.value, again.value, "a payload is read as it was written")
    calls.require(payload.format == again.format, "the layout is kept: \(text)")
    let bytes = try? payload.encoded(delegate: FuzzEmbedder())
    calls.require(
      bytes == (try? again.encoded(delegate: FuzzEmbedder())),
      "a payload is written byte for byte: \(text)")
    checkPlain(payload.value)
  }

  private func read<Value>(
    _ text: String, _ body: () throws(CloneJSONError) -> Value
  ) -> Value {
    // The text is what is read, and can be thirty times as long as the payload.
    let calls = FuzzCalls(
      target: calls.target, byteCount: text.utf8.count, observer: calls.observer)
    switch calls.attempt("LosslessJSON.payload(of:)", body) {
    case .success(let value): return value
    case .failure(let error): calls.fail("what was written can be read: \(error) in \(text)")
    }
  }

  /// What is plain is JSON.
  private func checkPlain(_ value: CloneValue) {
    for json in [
      PlainJSON(longestText: 8192),
      PlainJSON(bigInts: .number, maps: .objects, isIndented: true, longestText: 8192),
    ] {
      guard let text = try? json.text(of: value) else { continue }
      calls.require(
        (try? json.value(of: Array(text.utf8))) != nil, "plain text can be read: \(text)")
    }
  }
}
