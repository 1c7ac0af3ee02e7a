import BlinkClone
import StructuredClone

/// What Chromium puts around the format: envelopes, trailers, host objects, and the forms in which IndexedDB stores values.
struct BlinkTarget {
  let calls: FuzzCalls

  /// Values are small; an IndexedDB value can claim to be long.
  private static let limits = CloneLimits(inputSize: 1 << 20)

  /// Envelopes that are put before the input, so that its mutants are not all refused for theirs.
  private static let envelopes: [[UInt8]] = [
    [], [0xFF, 0x10], [0xFF, 0x11], [0xFF, 0x12],
    [0xFF, 0x15, 0xFE] + [UInt8](repeating: 0, count: 12),
  ]

  func run(_ input: FuzzInput) {
    let choice = Int(input.options.first ?? 0)
    let envelope = BlinkTarget.envelopes[choice % BlinkTarget.envelopes.count]
    let bytes = envelope + input.payload
    checkTrailer(bytes)
    checkValue(bytes, calls)
    checkStored(input.payload, isForStorage: choice & 0x80 != 0)
  }

  private func checkTrailer(_ bytes: [UInt8]) {
    let read = calls.attempt("BlinkTrailer(of:)") { () throws(BlinkDecodingError) in
      try BlinkTrailer(of: bytes)
    }
    if case .failure(let error) = read { check(error, in: bytes) }
  }

  /// Reads a value; what is written of it is read again.
  private func checkValue(_ bytes: [UInt8], _ calls: FuzzCalls) {
    let read = calls.attempt("SerializedScriptValue(decoding:)") {
      () throws(BlinkDecodingError) in
      try SerializedScriptValue(decoding: bytes, limits: BlinkTarget.limits)
    }
    switch read {
    case .failure(let error): check(error, in: bytes)
    case .success(let value):
      calls.checkPrinting(value.value)
      var visitor = HostObjectVisitor(calls: calls)
      value.value.visit(with: &visitor)
      let written = calls.attempt("SerializedScriptValue.encoded") { () throws(DataCloneError) in
        try value.encoded()
      }
      switch written {
      case .failure(let error): calls.check(error)
      case .success(let written): checkWritten(written, of: value)
      }
    }
  }

  /// That what was written is read as the same value, and written alike.
  private func checkWritten(_ written: [UInt8], of value: SerializedScriptValue) {
    guard let again = try? SerializedScriptValue(decoding: written) else {
      // A first attempt without flags may find what only an embedder reads, and then there is no second.
      calls.require(
        value.payload.format.version == 13, "what is written is read: \(calls.hex(written))")
      return
    }
    // Host objects of versions that are not written any more have another layout now.
    calls.require(
      again.blinkVersion != value.blinkVersion || again.value.isContentEqual(to: value.value),
      "a value is read as it was written")
    calls.require(
      (try? again.encoded()) == written || value.payload.format.version == 13,
      "bytes are written alike: \(calls.hex(written))")
  }

  /// Unwraps a stored value, and wraps it again.
  private func checkStored(_ stored: [UInt8], isForStorage: Bool) {
    let unwrapped = calls.attempt("IDBValueUnwrapper.unwrap") { () throws(BlinkDecodingError) in
      try IDBValueUnwrapper.unwrap(stored, limits: BlinkTarget.limits) { blob in
        [UInt8](stored.suffix(Int(blob.size)))
      }
    }
    guard case .success(let bytes) = unwrapped else {
      if case .failure(let error) = unwrapped { check(error, in: stored) }
      return
    }
    if bytes != stored {
      // Here the input is what was decompressed.
      let calls = FuzzCalls(
        target: calls.target, byteCount: bytes.count, observer: calls.observer)
      checkValue(bytes, calls)
    }
    // What begins like a wrapper is no value.
    if !bytes.starts(with: [0xFF, 0x11]) {
      let wrapper = IDBValueWrapper(bytes)
      let again = try? IDBValueUnwrapper.unwrap(wrapper.bytes) { _ in wrapper.wrapperBlob }
      calls.require(again == bytes, "what is wrapped is unwrapped")
    }
    guard isForStorage, let value = try? SerializedScriptValue.deserialize(bytes) else { return }
    _ = try? SerializedScriptValue.serialize(value, isForStorage: true)
  }

  private func check(_ error: BlinkDecodingError, in bytes: [UInt8]) {
    calls.require(error.offset >= 0, "an offset is not negative")
    calls.require(!error.description.isEmpty, "an error has a text")
    if let underlying = error.underlyingError { calls.check(underlying, in: bytes) }
  }
}

/// Looks into every host object, which was checked when it was read.
private struct HostObjectVisitor: CloneVisitor {
  let calls: FuzzCalls

  mutating func enter(_ container: CloneContainer) -> Bool {
    guard case .hostObject(let object) = container else { return true }
    guard let host = BlinkHostObject(object) else {
      calls.fail("a host object that was read is one of Blink's")
    }
    // By their bytes: NaN is not equal to itself.
    let value = host.makeValue()
    guard let copy = BlinkHostObject(value)?.makeValue(), copy.isContentEqual(to: value) else {
      calls.fail("a host object is what was made of it: \(host)")
    }
    return false
  }
}
