import StructuredClone

/// Reads and writes as engines do. The option chooses one, or all.
struct ProfilesTarget {
  let calls: FuzzCalls

  private static let profiles = [CloneProfile.default] + CloneProfile.engines

  func run(_ input: FuzzInput) {
    let option = Int(input.options.first ?? 0)
    let chosen =
      option & 0x80 != 0
      ? Self.profiles : [Self.profiles[option % Self.profiles.count]]
    for profile in chosen {
      var profile = profile
      profile.supportsLegacyWireFormat = option & 0x40 == 0
      for representation in [ValueDeserializer.Representation.engine, .faithful] {
        check(input.payload, profile, representation)
      }
    }
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
      for other in [CloneProfile.default, .node14, .v8_15_0] where other != profile {
        let written = calls.attempt("encoded(profile:)") { () throws(DataCloneError) in
          try payload.value.encoded(profile: other)
        }
        if case .failure(let error) = written { calls.check(error) }
      }
    }
  }

  /// What a profile writes is read by it as the same value. It may be refused, since engines write things that they
  /// do not read.
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
        calls.requireEqual(value, again, "\(profile) reads what it wrote, \(calls.hex(written))")
      }
    }
  }
}
