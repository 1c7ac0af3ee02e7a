import StructuredClone

extension BlinkHostObject {
  /// The algorithm of a key, and what belongs to it.
  public enum CryptoKeyAlgorithm: Hashable, Sendable {
    /// AES, and the length of the key in bytes: 16, 24 or 32. The data decide in Chromium, which has no keys of 24.
    case aes(CryptoAlgorithmID, length: UInt32)
    /// HMAC, and the length of the key in bytes, not 0.
    ///
    /// Of a length in bits that makes no whole bytes Chromium writes one byte less than the key has, and refuses the
    /// key itself.
    case hmac(length: UInt32, hash: CryptoAlgorithmID)
    /// RSA with a hash.
    case rsaHashed(
      CryptoAlgorithmID, CryptoKeyType, modulusLengthBits: UInt32,
      publicExponent: ArraySlice<UInt8>, hash: CryptoAlgorithmID)
    /// ECDSA or ECDH.
    case ellipticCurve(CryptoAlgorithmID, CryptoKeyType, NamedCurve)
    /// HKDF or PBKDF2.
    case keyDerivation(CryptoAlgorithmID)
    /// Ed25519.
    case ed25519(CryptoAlgorithmID, CryptoKeyType)
    /// X25519.
    case x25519(CryptoAlgorithmID, CryptoKeyType)
    /// One of those that came later: ChaCha20-Poly1305, ML-DSA and ML-KEM.
    case other(CryptoAlgorithmID, CryptoKeyType)

    /// What follows: Blink's `CryptoKeySubTag`. 3 was one that is gone.
    private enum SubTag: UInt8 {
      case aes = 1
      case hmac = 2
      case rsaHashed = 4
      case ellipticCurve = 5
      case keyDerivation = 6
      case ed25519 = 7
      case x25519 = 8
      case other = 9
    }

    /// The algorithm.
    public var id: CryptoAlgorithmID {
      switch self {
      case .aes(let id, _), .rsaHashed(let id, _, _, _, _), .ellipticCurve(let id, _, _),
        .keyDerivation(let id), .ed25519(let id, _), .x25519(let id, _), .other(let id, _):
        id
      case .hmac: .hmac
      }
    }

    /// Which half of a pair the key is, or that it is secret.
    public var keyType: CryptoKeyType {
      switch self {
      case .aes, .hmac, .keyDerivation: .secret
      case .rsaHashed(_, let type, _, _, _), .ellipticCurve(_, let type, _), .ed25519(_, let type),
        .x25519(_, let type), .other(_, let type):
        type
      }
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      let byte = try reader.readByte()
      guard let subTag = SubTag(rawValue: byte) else {
        throw reader.error("no kind of key has the number \(byte)")
      }
      switch subTag {
      case .aes:
        let id: CryptoAlgorithmID = try reader.readEnum()
        self = .aes(id, length: try reader.readUInt32())
      case .hmac:
        let length = try reader.readUInt32()
        self = .hmac(length: length, hash: try reader.readEnum())
      case .rsaHashed:
        let id: CryptoAlgorithmID = try reader.readEnum()
        let type: CryptoKeyType = try reader.readEnum()
        let length = try reader.readUInt32()
        let exponent = try reader.readBytes(UInt64(try reader.readUInt32()))
        self = .rsaHashed(
          id, type, modulusLengthBits: length, publicExponent: exponent,
          hash: try reader.readEnum())
      case .ellipticCurve:
        let id: CryptoAlgorithmID = try reader.readEnum()
        let type: CryptoKeyType = try reader.readEnum()
        self = .ellipticCurve(id, type, try reader.readEnum())
      case .keyDerivation: self = .keyDerivation(try reader.readEnum())
      case .ed25519:
        let id: CryptoAlgorithmID = try reader.readEnum()
        self = .ed25519(id, try reader.readEnum())
      case .x25519:
        let id: CryptoAlgorithmID = try reader.readEnum()
        self = .x25519(id, try reader.readEnum())
      case .other:
        let id: CryptoAlgorithmID = try reader.readEnum()
        self = .other(id, try reader.readEnum())
      }
      guard isConsistent else { throw reader.error("no such key is there") }
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeByte(subTag.rawValue)
      switch self {
      case .aes(let id, let length):
        writer.writeUInt32(id.rawValue)
        writer.writeUInt32(length)
      case .hmac(let length, let hash):
        writer.writeUInt32(length)
        writer.writeUInt32(hash.rawValue)
      case .rsaHashed(let id, let type, let length, let exponent, let hash):
        writer.writeUInt32(id.rawValue)
        writer.writeUInt32(type.rawValue)
        writer.writeUInt32(length)
        writer.writeUInt32(UInt32(clamping: exponent.count))
        writer.writeBytes(exponent)
        writer.writeUInt32(hash.rawValue)
      case .ellipticCurve(let id, let type, let curve):
        writer.writeUInt32(id.rawValue)
        writer.writeUInt32(type.rawValue)
        writer.writeUInt32(curve.rawValue)
      case .keyDerivation(let id): writer.writeUInt32(id.rawValue)
      case .ed25519(let id, let type), .x25519(let id, let type), .other(let id, let type):
        writer.writeUInt32(id.rawValue)
        writer.writeUInt32(type.rawValue)
      }
    }

    private var subTag: SubTag {
      switch self {
      case .aes: .aes
      case .hmac: .hmac
      case .rsaHashed: .rsaHashed
      case .ellipticCurve: .ellipticCurve
      case .keyDerivation: .keyDerivation
      case .ed25519: .ed25519
      case .x25519: .x25519
      case .other: .other
      }
    }
  }
}
