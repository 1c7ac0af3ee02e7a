extension BlinkHostObject {
  /// An algorithm or a hash: Blink's `CryptoKeyAlgorithmTag`. 4 was one that is gone.
  public enum CryptoAlgorithmID: UInt32, Sendable {
    /// AES-CBC.
    case aesCBC = 1
    /// HMAC.
    case hmac = 2
    /// RSASSA-PKCS1-v1_5.
    case rsaSSAPKCS1v1_5 = 3
    /// SHA-1.
    case sha1 = 5
    /// SHA-256.
    case sha256 = 6
    /// SHA-384.
    case sha384 = 7
    /// SHA-512.
    case sha512 = 8
    /// AES-GCM.
    case aesGCM = 9
    /// RSA-OAEP.
    case rsaOAEP = 10
    /// AES-CTR.
    case aesCTR = 11
    /// AES-KW.
    case aesKW = 12
    /// RSA-PSS.
    case rsaPSS = 13
    /// ECDSA.
    case ecdsa = 14
    /// ECDH.
    case ecdh = 15
    /// HKDF.
    case hkdf = 16
    /// PBKDF2.
    case pbkdf2 = 17
    /// Ed25519.
    case ed25519 = 18
    /// X25519.
    case x25519 = 19
    /// ChaCha20-Poly1305.
    case chaCha20Poly1305 = 20
    /// ML-DSA-44.
    case mlDSA44 = 21
    /// ML-DSA-65.
    case mlDSA65 = 22
    /// ML-DSA-87.
    case mlDSA87 = 23
    /// ML-KEM-768.
    case mlKEM768 = 24
    /// ML-KEM-1024.
    case mlKEM1024 = 25
    /// MLKEM768-X25519. Chromium 156 writes such a key as one of ``mlKEM1024``, which it then refuses.
    case hybridKEM = 26
  }
}
