extension BlinkHostObject {
  /// An elliptic curve: Blink's `NamedCurveTag`.
  public enum NamedCurve: UInt32, Sendable {
    /// P-256.
    case p256 = 1
    /// P-384.
    case p384 = 2
    /// P-521.
    case p521 = 3
  }
}
