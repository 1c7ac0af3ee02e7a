/// The parts of a public or private key: its algorithm, and the key in the algorithm's own form.
struct KeyInfo {
  /// The content of the `AlgorithmIdentifier`.
  let algorithm: ArraySlice<UInt8>
  /// The key.
  let key: ArraySlice<UInt8>

  /// A `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
  init?(publicKey bytes: ArraySlice<UInt8>) {
    var outer = DERReader(bytes)
    guard let content = outer.read(.sequence), outer.isAtEnd else { return nil }
    var reader = DERReader(content)
    guard let algorithm = reader.read(.sequence), let bits = reader.read(.bitString),
      // No bits of the last byte are unused.
      reader.isAtEnd, bits.first == 0
    else { return nil }
    self.algorithm = algorithm
    key = bits.dropFirst()
  }

  /// A `PrivateKeyInfo` (RFC 5208, section 5). Attributes may follow.
  init?(privateKey bytes: ArraySlice<UInt8>) {
    var outer = DERReader(bytes)
    guard let content = outer.read(.sequence), outer.isAtEnd else { return nil }
    var reader = DERReader(content)
    guard reader.readUnsigned()?.elementsEqual([0]) == true,
      let algorithm = reader.read(.sequence), let key = reader.read(.octetString)
    else { return nil }
    self.algorithm = algorithm
    self.key = key
  }
}
