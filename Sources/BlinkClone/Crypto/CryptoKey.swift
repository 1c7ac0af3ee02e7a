import StructuredClone

extension BlinkHostObject {
  /// A `CryptoKey` (Web Cryptography API).
  ///
  /// As in Chromium, usages must be some of the algorithm's, and the data must have the form of such a key, with its
  /// lengths. Chromium also refuses points that are not on their curve; that is not looked into here.
  public struct CryptoKey: Hashable, Sendable {
    /// The algorithm, and what belongs to it.
    public var algorithm: CryptoKeyAlgorithm
    /// What the key may be used for.
    public var usages: CryptoKeyUsages
    /// The key: raw if it is secret, else SPKI if it is public and PKCS #8 if it is private.
    public var data: ArraySlice<UInt8>

    /// Makes a key.
    public init(
      _ algorithm: CryptoKeyAlgorithm, usages: CryptoKeyUsages, data: ArraySlice<UInt8>
    ) {
      self.algorithm = algorithm
      self.usages = usages
      self.data = data
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      algorithm = try CryptoKeyAlgorithm(from: &reader)
      usages = CryptoKeyUsages(rawValue: try reader.readUInt32())
      guard usages.isSubset(of: algorithm.allowedUsages) else {
        throw reader.error(
          "a key is not used for the bits \(usages.subtracting(algorithm.allowedUsages).rawValue)")
      }
      data = try reader.readBytes(UInt64(try reader.readUInt32()))
      guard algorithm.accepts(data) else {
        throw reader.error("these \(data.count) bytes are no key of \(algorithm.id)")
      }
    }

    func write(to writer: inout PayloadWriter) {
      algorithm.write(to: &writer)
      writer.writeUInt32(usages.rawValue)
      writer.writeUInt32(UInt32(clamping: data.count))
      writer.writeBytes(data)
    }
  }
}
