import StructuredClone

/// Reads and writes as an engine does. The option chooses which, and how.
struct ProfilesTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let option = Int(input.options.first ?? 0)
    var profile = FuzzTarget.knownProfiles[(option & 0x3F) % FuzzTarget.knownProfiles.count]
    profile.supportsLegacyWireFormat = option & 0x40 == 0
    check(input.payload, profile, option & 0x80 == 0 ? .engine : .faithful)
  }

  private func check(
    _ bytes: [UInt8], _ profile: CloneProfile, _ representation: ValueDeserializer.Representation
  ) {
    let result = calls.attempt("ClonePayload(decoding:profile:)") {
      () throws(CloneDecodingError) in
      try ClonePayload(decoding: bytes, profile: profile, representation: representation)
    }
    switch result {
    case .failure(let error): calls.check(error, in: bytes)
    case .success(let payload):
      calls.require(payload.byteCount <= bytes.count, "the value ends in the input")
      checkWriting(payload.value, profile)
      let other = FuzzTarget.knownProfiles[bytes.count % FuzzTarget.knownProfiles.count]
      let written = calls.attempt("encoded(profile:)") { () throws(DataCloneError) in
        try payload.value.encoded(profile: other)
      }
      if case .failure(let error) = written { calls.check(error) }
    }
  }

  /// What a profile writes is read by it as the same value. It may be refused, since engines write things that they
  /// do not read; and up to 9.4 they count errors when they write references and not when they read them.
  private func checkWriting(_ value: CloneValue, _ profile: CloneProfile) {
    let result = calls.attempt("encoded(profile:)") { () throws(DataCloneError) in
      try value.encoded(profile: profile)
    }
    switch result {
    case .failure(let error): calls.check(error)
    case .success(let written):
      let again = calls.attempt("CloneValue(decoding:profile:)") { () throws(CloneDecodingError) in
        try CloneValue(decoding: written, profile: profile)
      }
      switch again {
      case .failure(let error): calls.check(error, in: written)
      case .success(let again):
        guard profile.rules.errorsTakeIDs || !value.hasSharedReferences else { return }
        calls.requireEqual(value, again, "\(profile) reads what it wrote, \(calls.hex(written))")
      }
    }
  }
}
