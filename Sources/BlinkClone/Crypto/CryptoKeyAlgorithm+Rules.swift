extension BlinkHostObject.CryptoKeyAlgorithm {
  private typealias ID = BlinkHostObject.CryptoAlgorithmID
  private typealias Usages = BlinkHostObject.CryptoKeyUsages

  /// Whether the algorithm, the hash and the half of a pair are such as there can be together.
  var isConsistent: Bool {
    switch self {
    case .aes(let id, let length):
      id.isAES && [16, 24, 32].contains(length)
    case .hmac(let length, let hash): length > 0 && hash.isHash
    case .rsaHashed(let id, let type, _, _, let hash):
      [.rsaSSAPKCS1v1_5, .rsaOAEP, .rsaPSS].contains(id) && type != .secret && hash.isHash
    case .ellipticCurve(let id, let type, _):
      [.ecdsa, .ecdh].contains(id) && type != .secret
    case .keyDerivation(let id): id.isKeyDerivation
    case .ed25519(let id, let type): id == .ed25519 && type != .secret
    case .x25519(let id, let type): id == .x25519 && type != .secret
    case .other(let id, let type):
      id.isMLDSA || id.isKEM ? type != .secret : type == .secret && id.isLaterSecret
    }
  }

  /// What a key of the algorithm may be used for; of keys that others are derived from Chromium does not ask it.
  var allowedUsages: BlinkHostObject.CryptoKeyUsages {
    if id.isKeyDerivation { return .all }
    return Usages.extractable.union(usages)
  }

  private var usages: BlinkHostObject.CryptoKeyUsages {
    let isPublic = keyType == .public
    return switch id {
    case .aesKW: [.wrapKey, .unwrapKey]
    case .aesCBC, .aesCTR, .aesGCM, .chaCha20Poly1305:
      [.encrypt, .decrypt, .wrapKey, .unwrapKey]
    case .hmac: [.sign, .verify]
    case .rsaOAEP: isPublic ? [.encrypt, .wrapKey] : [.decrypt, .unwrapKey]
    case .rsaSSAPKCS1v1_5, .rsaPSS, .ecdsa, .ed25519, .mlDSA44, .mlDSA65, .mlDSA87:
      isPublic ? .verify : .sign
    case .ecdh, .x25519: isPublic ? [] : [.deriveKey, .deriveBits]
    case .mlKEM768, .mlKEM1024, .hybridKEM:
      isPublic ? [.encapsulateKey, .encapsulateBits] : [.decapsulateKey, .decapsulateBits]
    case .hkdf, .pbkdf2, .sha1, .sha256, .sha384, .sha512: []
    }
  }
}

extension BlinkHostObject.CryptoAlgorithmID {
  fileprivate var isAES: Bool { [.aesCBC, .aesCTR, .aesGCM, .aesKW].contains(self) }
  fileprivate var isHash: Bool { [.sha1, .sha256, .sha384, .sha512].contains(self) }
  fileprivate var isKeyDerivation: Bool { self == .hkdf || self == .pbkdf2 }
  fileprivate var isMLDSA: Bool { [.mlDSA44, .mlDSA65, .mlDSA87].contains(self) }
  fileprivate var isKEM: Bool { [.mlKEM768, .mlKEM1024, .hybridKEM].contains(self) }
  /// Secret keys in the form of those that came later.
  fileprivate var isLaterSecret: Bool { self == .chaCha20Poly1305 || isKeyDerivation }
}
