extension BlinkHostObject {
  /// Which half of a pair a key is: Blink's `AsymmetricCryptoKeyType`, which newer algorithms use for secret keys as well.
  public enum CryptoKeyType: UInt32, Sendable {
    /// The public half.
    case `public` = 1
    /// The private half.
    case `private` = 2
    /// A key that has no halves.
    case secret = 3
  }
}
