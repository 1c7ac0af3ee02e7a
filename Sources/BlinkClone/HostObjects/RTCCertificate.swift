import StructuredClone

extension BlinkHostObject {
  /// An `RTCCertificate`.
  ///
  /// Chromium refuses texts that are no key and no certificate. Here it is only looked whether they begin like such.
  public struct RTCCertificate: Hashable, Sendable {
    /// The private key, as PEM.
    public var privateKey: String
    /// The certificate, as PEM.
    public var certificate: String

    /// Makes a certificate.
    public init(privateKey: String, certificate: String) {
      self.privateKey = privateKey
      self.certificate = certificate
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      privateKey = try reader.readString()
      certificate = try reader.readString()
      guard privateKey.hasPrefix("-----BEGIN "), privateKey.contains("PRIVATE KEY-----"),
        certificate.hasPrefix("-----BEGIN CERTIFICATE-----")
      else { throw reader.error("no key and certificate in PEM") }
    }

    func write(to writer: inout PayloadWriter) {
      writer.writeString(privateKey)
      writer.writeString(certificate)
    }
  }
}
