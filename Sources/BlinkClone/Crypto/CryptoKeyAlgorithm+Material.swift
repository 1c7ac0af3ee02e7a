extension BlinkHostObject.CryptoKeyAlgorithm {
  /// Whether bytes can be a key of the algorithm: they have its form and lengths, and name it. Whether a point is on
  /// its curve, or a number is prime, is not looked into.
  func accepts(_ data: ArraySlice<UInt8>) -> Bool {
    switch (self, keyType) {
    // The length beside the algorithm does not count.
    case (.aes, _): return data.count == 16 || data.count == 32
    case (.hmac(let length, _), _): return data.count == Int(length)
    case (.keyDerivation, _), (.other(.hkdf, _), _), (.other(.pbkdf2, _), _): return true
    case (.other(.chaCha20Poly1305, _), _): return data.count == 32
    // A seed.
    case (.other(.hybridKEM, _), .private): return data.count == 32
    case (.other(.hybridKEM, _), _): return true
    case (_, .public):
      guard let info = KeyInfo(publicKey: data) else { return false }
      return info.algorithm.elementsEqual(identifier) && acceptsPublic(info.key)
    case (_, .private), (_, .secret):
      guard let info = KeyInfo(privateKey: data) else { return false }
      return info.algorithm.elementsEqual(identifier) && acceptsPrivate(info.key)
    }
  }

  /// The object identifier of the algorithm, with its parameters, in DER.
  private var identifier: [UInt8] {
    switch self {
    case .rsaHashed:
      [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
    case .ellipticCurve(_, _, let curve):
      [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01] + curve.identifier
    case .ed25519: [0x06, 0x03, 0x2B, 0x65, 0x70]
    case .x25519: [0x06, 0x03, 0x2B, 0x65, 0x6E]
    // NIST's: 3 for signatures, 4 for exchange.
    case .other(.mlDSA44, _): nist(3, 17)
    case .other(.mlDSA65, _): nist(3, 18)
    case .other(.mlDSA87, _): nist(3, 19)
    case .other(.mlKEM768, _): nist(4, 2)
    case .other(.mlKEM1024, _): nist(4, 3)
    case .aes, .hmac, .keyDerivation, .other: []
    }
  }

  private func nist(_ kind: UInt8, _ number: UInt8) -> [UInt8] {
    [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, kind, number]
  }

  private func acceptsPublic(_ key: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .rsaHashed:
      var outer = DERReader(key)
      guard let content = outer.read(.sequence), outer.isAtEnd else { return false }
      var reader = DERReader(content)
      return acceptsModulusAndExponent(&reader) && reader.isAtEnd
    // An uncompressed point.
    case .ellipticCurve(_, _, let curve): return key.first == 4 && key.count == 1 + 2 * curve.size
    case .ed25519, .x25519: return key.count == 32
    case .other(let id, _): return key.count == id.publicLength
    case .aes, .hmac, .keyDerivation: return false
    }
  }

  private func acceptsPrivate(_ key: ArraySlice<UInt8>) -> Bool {
    var outer = DERReader(key)
    switch self {
    case .rsaHashed:
      // RFC 8017, appendix A.1.2: a version, then eight numbers.
      guard let content = outer.read(.sequence), outer.isAtEnd else { return false }
      var reader = DERReader(content)
      guard reader.readUnsigned()?.elementsEqual([0]) == true,
        acceptsModulusAndExponent(&reader)
      else { return false }
      for _ in 0..<6 where reader.readUnsigned() == nil { return false }
      return reader.isAtEnd
    case .ellipticCurve(_, _, let curve):
      // RFC 5915, section 3: the curve and the point may follow.
      guard let content = outer.read(.sequence), outer.isAtEnd else { return false }
      var reader = DERReader(content)
      return reader.readUnsigned()?.elementsEqual([1]) == true
        && reader.read(.octetString)?.count == curve.size
    case .ed25519, .x25519: return outer.read(.octetString)?.count == 32 && outer.isAtEnd
    case .other(let id, _):
      return outer.read(.context0).map { $0.count == id.seedLength } == true && outer.isAtEnd
    case .aes, .hmac, .keyDerivation: return false
    }
  }

  /// Whether the next two numbers are those that stand beside the algorithm.
  private func acceptsModulusAndExponent(_ reader: inout DERReader) -> Bool {
    guard case .rsaHashed(_, _, let bits, let expected, _) = self,
      let modulus = reader.readUnsigned(), let first = modulus.first,
      let exponent = reader.readUnsigned()
    else { return false }
    let count = 8 * (modulus.count - 1) + (UInt8.bitWidth - first.leadingZeroBitCount)
    return count == Int(bits) && exponent.elementsEqual(expected)
  }
}

extension BlinkHostObject.NamedCurve {
  /// The object identifier, in DER.
  fileprivate var identifier: [UInt8] {
    switch self {
    case .p256: [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
    case .p384: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
    case .p521: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]
    }
  }

  /// How many bytes a coordinate takes.
  fileprivate var size: Int {
    switch self {
    case .p256: 32
    case .p384: 48
    case .p521: 66
    }
  }
}

extension BlinkHostObject.CryptoAlgorithmID {
  /// How many bytes a public key of those that came later takes (FIPS 203, table 3, and FIPS 204, table 2).
  fileprivate var publicLength: Int? {
    switch self {
    case .mlDSA44: 1312
    case .mlDSA65: 1952
    case .mlDSA87: 2592
    case .mlKEM768: 1184
    case .mlKEM1024: 1568
    default: nil
    }
  }

  /// How many bytes a private key is made from.
  fileprivate var seedLength: Int {
    switch self {
    case .mlKEM768, .mlKEM1024: 64
    default: 32
    }
  }
}
