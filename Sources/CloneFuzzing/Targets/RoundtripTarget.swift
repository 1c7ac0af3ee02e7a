import StructuredClone

/// Writing what was read is a fixed point.
struct RoundtripTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    for representation in [ValueDeserializer.Representation.faithful, .engine] {
      let result = calls.attempt("ClonePayload(decoding:)") { () throws(CloneDecodingError) in
        try ClonePayload(decoding: input.payload, representation: representation)
      }
      switch result {
      case .success(let payload): check(payload, representation)
      case .failure(let error): calls.check(error, in: input.payload)
      }
    }
  }

  private func check(_ payload: ClonePayload, _ representation: ValueDeserializer.Representation) {
    let isFaithful = representation == .faithful
    calls.checkWriting(payload.value, isFaithful: isFaithful)
    calls.checkWriting(payload.value.detached(), isFaithful: isFaithful)
    switch calls.attempt(
      "ClonePayload.encoded", { () throws(DataCloneError) in try payload.encoded() })
    {
    case .failure(let error): calls.check(error)
    case .success(let bytes): checkAgain(bytes, payload, representation)
    }
  }

  /// An engine writes one form for many that it reads, so the bytes of the input may come back changed; but then
  /// they are that form.
  private func checkAgain(
    _ bytes: [UInt8], _ payload: ClonePayload, _ representation: ValueDeserializer.Representation
  ) {
    do throws(CloneDecodingError) {
      let again = try ClonePayload(decoding: bytes, representation: representation)
      calls.requireEqual(payload.value, again.value, "a payload is read as it was written")
      calls.require(again.byteCount == bytes.count, "a payload that was written has no rest")
      // An engine may hold things otherwise again when it has read what it wrote.
      guard representation == .faithful else { return }
      calls.require(again.format == payload.format, "the layout is kept")
      let same = calls.attempt("ClonePayload.encoded again") { () throws(DataCloneError) in
        try again.encoded()
      }
      guard case .success(let written) = same else {
        calls.fail("a payload that was written and read can be written")
      }
      calls.require(
        written == bytes, "a payload is a fixed point: \(calls.hex(bytes)), \(calls.hex(written))")
    } catch {
      calls.fail("a payload that was written can be read: \(error) in \(calls.hex(bytes))")
    }
  }
}
