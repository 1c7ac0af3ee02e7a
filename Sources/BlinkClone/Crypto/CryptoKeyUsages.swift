extension BlinkHostObject {
  /// What a key may be used for, and whether it can be exported: Blink's `CryptoKeyUsage`.
  public struct CryptoKeyUsages: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Makes a set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The key can be exported.
    public static let extractable = CryptoKeyUsages(rawValue: 1 << 0)
    /// `encrypt`
    public static let encrypt = CryptoKeyUsages(rawValue: 1 << 1)
    /// `decrypt`
    public static let decrypt = CryptoKeyUsages(rawValue: 1 << 2)
    /// `sign`
    public static let sign = CryptoKeyUsages(rawValue: 1 << 3)
    /// `verify`
    public static let verify = CryptoKeyUsages(rawValue: 1 << 4)
    /// `deriveKey`
    public static let deriveKey = CryptoKeyUsages(rawValue: 1 << 5)
    /// `wrapKey`
    public static let wrapKey = CryptoKeyUsages(rawValue: 1 << 6)
    /// `unwrapKey`
    public static let unwrapKey = CryptoKeyUsages(rawValue: 1 << 7)
    /// `deriveBits`
    public static let deriveBits = CryptoKeyUsages(rawValue: 1 << 8)
    /// `encapsulateKey`
    public static let encapsulateKey = CryptoKeyUsages(rawValue: 1 << 9)
    /// `encapsulateBits`
    public static let encapsulateBits = CryptoKeyUsages(rawValue: 1 << 10)
    /// `decapsulateKey`
    public static let decapsulateKey = CryptoKeyUsages(rawValue: 1 << 11)
    /// `decapsulateBits`
    public static let decapsulateBits = CryptoKeyUsages(rawValue: 1 << 12)

    /// The names of the Web Cryptography API, in the order of the bits; `extractable` first, which is no usage there.
    private static let names = [
      "extractable", "encrypt", "decrypt", "sign", "verify", "deriveKey", "wrapKey", "unwrapKey",
      "deriveBits", "encapsulateKey", "encapsulateBits", "decapsulateKey", "decapsulateBits",
    ]

    /// The names of those that are in the set.
    public var names: [String] {
      CryptoKeyUsages.names.enumerated().filter { rawValue >> UInt32($0.offset) & 1 != 0 }
        .map(\.element)
    }

    /// Every bit that has a meaning.
    static let all = CryptoKeyUsages(rawValue: 1 << 13 - 1)
  }
}
