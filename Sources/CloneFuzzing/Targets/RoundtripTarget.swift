import StructuredClone

/// Writing what was read is a fixed point. The option chooses whether an engine reads, and whether a copy is written.
struct RoundtripTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let option = input.options.first ?? 0
    let representation: ValueDeserializer.Representation = option & 1 == 0 ? .faithful : .engine
    let result = calls.attempt("ClonePayload(decoding:)") { () throws(CloneDecodingError) in
      try ClonePayload(decoding: input.payload, representation: representation)
    }
    switch result {
    case .success(let payload): check(payload, representation, isDetached: option & 2 != 0)
    case .failure(let error): calls.check(error, in: input.payload)
    }
  }

  private func check(
    _ payload: ClonePayload, _ representation: ValueDeserializer.Representation, isDetached: Bool
  ) {
    let stability: FuzzCalls.Stability = representation == .faithful ? .immediate : .none
    calls.checkWriting(isDetached ? payload.value.detached() : payload.value, stability: stability)
    switch calls.attempt(
      "ClonePayload.encoded", { () throws(DataCloneError) in try payload.encoded() })
    {
    case .failure(let error): calls.check(error)
    case .success(let bytes):
      let again = checkAgain(bytes, payload)
      // An engine may hold things otherwise when it has read what it wrote.
      guard representation == .faithful, !calls.hasViewFlagsOfVersion13(bytes) else { return }
      calls.require(
        again == bytes, "a payload is written alike: \(calls.hex(bytes)), \(calls.hex(again))")
    }
  }

  /// What is written of a payload that was written.
  private func checkAgain(_ bytes: [UInt8], _ payload: ClonePayload) -> [UInt8] {
    do throws(CloneDecodingError) {
      let again = try ClonePayload(decoding: bytes)
      calls.requireEqual(payload.value, again.value, "a payload is read as it was written")
      calls.require(
        again.byteCount == bytes.count || calls.hasViewFlagsOfVersion13(bytes),
        "a payload that was written has no rest")
      calls.require(again.format.version == payload.format.version, "the version is kept")
      let result = calls.attempt("ClonePayload.encoded again") { () throws(DataCloneError) in
        try again.encoded()
      }
      switch result {
      case .success(let written): return written
      case .failure(let error): calls.fail("what was written can be written again: \(error)")
      }
    } catch {
      // See FuzzCalls.checkWriting.
      guard calls.hasViewFlagsOfVersion13(bytes) else {
        calls.fail("a payload that was written can be read: \(error) in \(calls.hex(bytes))")
      }
      return bytes
    }
  }
}
