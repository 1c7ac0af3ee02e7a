import CloneJSON
import StructuredClone

/// Text that is not trusted, in both forms of JSON. The option chooses the form.
struct JSONTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let option = input.options.first ?? 0
    if option & 1 == 0 {
      readLossless(input.payload, isIndented: option & 2 != 0)
    } else {
      readPlain(input.payload)
    }
  }

  private func readLossless(_ text: [UInt8], isIndented: Bool) {
    let json = LosslessJSON(isIndented: isIndented)
    let read = calls.attempt("LosslessJSON.payload(of:)") { () throws(CloneJSONError) in
      try json.payload(of: text)
    }
    switch read {
    case .failure(let error): check(error, in: text)
    case .success(let payload):
      check(payload, json)
      // Whoever takes the value can do everything with it.
      calls.checkPrinting(payload.value)
      // Not everything that it may hold can be read again: patterns that do not compile.
      let encoded = calls.attempt("encoded") { () throws(DataCloneError) in
        try payload.value.encoded(delegate: FuzzEmbedder())
      }
      if case .failure(let error) = encoded { calls.check(error) }
      _ = calls.attempt("PlainJSON.text(of:)") { () throws(CloneJSONError) in
        try PlainJSON(longestText: 4096).text(of: payload.value)
      }
    }
  }

  /// What is written of a payload is read as that payload, and written alike.
  private func check(_ payload: ClonePayload, _ json: LosslessJSON) {
    let written = calls.measure("LosslessJSON.text(of:)") { json.text(of: payload) }
    let again: ClonePayload
    do throws(CloneJSONError) {
      again = try json.payload(of: Array(written.utf8))
    } catch {
      calls.fail("what was written can be read: \(error) in \(written)")
    }
    calls.requireEqual(payload.value, again.value, "a value is read as it was written")
    calls.require(json.text(of: again) == written, "a value is written alike")
  }

  private func readPlain(_ text: [UInt8]) {
    let json = PlainJSON()
    let read = calls.attempt("PlainJSON.value(of:)") { () throws(CloneJSONError) in
      try json.value(of: text)
    }
    switch read {
    case .failure(let error): check(error, in: text)
    case .success(let value):
      guard let written = try? json.text(of: value) else { calls.fail("JSON has text") }
      guard let again = try? json.value(of: Array(written.utf8)) else {
        calls.fail("what was written can be read: \(written)")
      }
      calls.require((try? json.text(of: again)) == written, "JSON is written alike: \(written)")
      // JSON is its own lossless form, unless it has a mark.
      calls.requireEqual(
        (try? LosslessJSON().value(of: Array(LosslessJSON().text(of: value).utf8))) ?? .undefined,
        value, "JSON is read as it was written")
    }
  }

  private func check(_ error: CloneJSONError, in text: [UInt8]) {
    calls.require((0...text.count).contains(error.offset), "an offset is in the text: \(error)")
    calls.require(
      error.description.hasPrefix("offset \(error.offset), at \(error.path): "),
      "a description begins with the place")
  }
}
