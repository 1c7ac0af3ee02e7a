extension [UInt8] {
  /// A copy of borrowed bytes.
  init(copying bytes: RawSpan) {
    // The pointer does not leave the closure, and the array owns what it copied.
    self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
  }
}
