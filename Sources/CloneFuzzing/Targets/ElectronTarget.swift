import ElectronClone
import StructuredClone

/// What Electron puts around the format.
struct ElectronTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    checkValue(input.payload)
    // So that mutants are not all refused for their envelopes.
    checkValue([0xFF, 0x13] + input.payload)
    let size = UInt64(input.options.first ?? 0)
    let partial = calls.attempt("ElectronSerializedValue(decoding:size:)") {
      () throws(ElectronDecodingError) in
      try ElectronSerializedValue(
        decoding: input.payload, size: size)
    }
    if case .failure(let error) = partial { check(error, in: input.payload) }
  }

  /// Reads a value; what is written of it is read again.
  private func checkValue(_ bytes: [UInt8]) {
    let read = calls.attempt("ElectronSerializedValue(decoding:)") {
      () throws(ElectronDecodingError) in
      try ElectronSerializedValue(decoding: bytes)
    }
    switch read {
    case .failure(let error): check(error, in: bytes)
    case .success(let value):
      calls.checkPrinting(value.value)
      let written = calls.attempt("ElectronSerializedValue.encoded") {
        () throws(DataCloneError) in
        try value.encoded()
      }
      switch written {
      case .failure(let error):
        calls.check(error)
        calls.require(
          error.message == ElectronSerializedValue.refusal, "every refusal has one text")
      case .success(let written):
        guard let again = try? ElectronSerializedValue(decoding: written) else {
          calls.require(
            value.payload.format.version == 13, "what is written is read: \(calls.hex(written))")
          return
        }
        calls.require(
          (try? again.encoded()) == written || value.payload.format.version == 13,
          "bytes are written alike: \(calls.hex(written))")
      }
    }
  }

  private func check(_ error: ElectronDecodingError, in bytes: [UInt8]) {
    calls.require((0...bytes.count).contains(error.offset), "the offset is in the input")
    calls.require(!error.description.isEmpty, "an error has a text")
    if let underlying = error.underlyingError { calls.check(underlying, in: bytes) }
  }
}
