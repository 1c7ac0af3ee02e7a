import BlinkClone
import StructuredClone
import _CloneFixtures

/// What stands in the parentheses behind the name of a class of the platform.
extension Dump {
  mutating func content(of object: BlinkHostObject) -> String {
    switch object {
    case .attachment(let attachment): return content(of: attachment)
    case .fileListIndex(let indices):
      return indices.map { file in
        let value = BlinkHostObject.attachment(.init(.file, index: file)).makeValue()
        return text(of: value)
      }.joined(separator: ",")
    case .fileSystemHandle(let handle): return quote(handle.name)
    case .imageData(let image):
      let space = image.colorSpace == .p3 ? "display-p3" : "srgb"
      let formats: [BlinkHostObject.ImageData.StorageFormat: String] = [
        .uint8Clamped: "rgba-unorm8", .float16: "rgba-float16", .float32: "rgba-float32",
      ]
      let format = formats[image.storageFormat, default: "?"]
      return "\(image.width),\(image.height),\(space),\(format),\(hex(image.pixels))"
    case .imageBitmap(let image):
      return image.orientation.rawValue < 4
        ? "\(image.width),\(image.height)" : "\(image.height),\(image.width)"
    case .domPoint(let point): return content(of: point)
    case .domRect(let rect): return numbers([rect.x, rect.y, rect.width, rect.height])
    case .domQuad(let quad):
      return [quad.p1, quad.p2, quad.p3, quad.p4].map { content(of: $0) }.joined(separator: ",")
    case .domMatrix(let matrix): return (matrix.is2D ? "2d," : "") + numbers(matrix.elements)
    case .cryptoKey(let key): return content(of: key)
    case .domException(let exception):
      let code = Dump.legacyCodes.firstIndex(of: exception.name).map { $0 + 1 } ?? 0
      return "\(quote(exception.name)),\(quote(exception.message)),\(code)"
    case .quotaExceededError(let error):
      let values = [error.quota, error.requested].map { $0.map { numbers([$0]) } ?? "null" }
      return "\(quote(error.message)),\(values[0]),\(values[1])"
    case .blob, .file, .fileList, .domFileSystem, .offscreenCanvas, .mediaStreamTrack,
      .rtcCertificate, .cropTarget, .restrictionTarget, .fencedFrameConfig:
      // Not among what is stored, or not described without looking into a certificate.
      return "?"
    }
  }

  /// The names that `DOMException.code` knows, from 1 (Web IDL, section 2.8.1); gaps are codes without an exception.
  private static let legacyCodes = [
    "IndexSizeError", "", "HierarchyRequestError", "WrongDocumentError", "InvalidCharacterError",
    "", "NoModificationAllowedError", "NotFoundError", "NotSupportedError",
    "InUseAttributeError", "InvalidStateError", "SyntaxError", "InvalidModificationError",
    "NamespaceError", "InvalidAccessError", "", "TypeMismatchError", "SecurityError",
    "NetworkError", "AbortError", "URLMismatchError", "QuotaExceededError", "TimeoutError",
    "InvalidNodeTypeError", "DataCloneError",
  ].map { $0.isEmpty ? "(none)" : $0 }

  private func content(of attachment: BlinkHostObject.Attachment) -> String {
    let place = Int(attachment.index)
    guard place < external.count else { return "?" }
    let object = external[place]
    let contents =
      (object.size ?? 0) > 256 ? "large" : object.contents ?? "?"
    let blob = "\(object.size ?? -1),\(quote(object.type ?? "?")),\(contents)"
    guard attachment.kind == .file else { return blob }
    return "\(quote(object.name ?? "?")),\(numbers([object.lastModified ?? 0])),\"\",\(blob)"
  }

  private func content(of point: BlinkHostObject.DOMPoint) -> String {
    numbers([point.x, point.y, point.z, point.w])
  }

  private func content(of key: BlinkHostObject.CryptoKey) -> String {
    let isExtractable = key.usages.contains(.extractable)
    let usages = Dump.usages.filter { key.usages.contains($0.0) }.map(\.1)
    let format = [.public: "spki", .private: "pkcs8"][key.algorithm.keyType, default: "raw"]
    // The Web Cryptography API has no such export.
    let hasExport = ![.chaCha20Poly1305, .hkdf, .pbkdf2, .hybridKEM].contains(key.algorithm.id)
    let data = hasExport ? hex(key.data) : "NotSupportedError"
    return
      "\(key.algorithm.keyType),\(isExtractable),\(algorithm(of: key)),\(usages.joined(separator: " "))"
      + (isExtractable ? ",\(format):\(data)" : "")
  }

  private func algorithm(of key: BlinkHostObject.CryptoKey) -> String {
    let name = Dump.algorithms[key.algorithm.id, default: "?"]
    switch key.algorithm {
    case .aes: return "\(name) length:\(8 * key.data.count)"
    case .hmac(let length, let hash):
      return "\(name) hash:\(Dump.algorithms[hash, default: "?"]) length:\(8 * length)"
    case .rsaHashed(_, _, let length, let exponent, let hash):
      return
        "\(name) hash:\(Dump.algorithms[hash, default: "?"]) modulusLength:\(length) publicExponent:\(hex(exponent))"
    case .ellipticCurve(_, _, let curve):
      let names: [BlinkHostObject.NamedCurve: String] = [
        .p256: "P-256", .p384: "P-384", .p521: "P-521",
      ]
      return "\(name) namedCurve:\(names[curve, default: "?"])"
    case .keyDerivation, .ed25519, .x25519, .other: return name
    }
  }

  private static let algorithms: [BlinkHostObject.CryptoAlgorithmID: String] = [
    .aesCBC: "AES-CBC", .aesCTR: "AES-CTR", .aesGCM: "AES-GCM", .aesKW: "AES-KW", .hmac: "HMAC",
    .rsaSSAPKCS1v1_5: "RSASSA-PKCS1-v1_5", .rsaOAEP: "RSA-OAEP", .rsaPSS: "RSA-PSS",
    .sha1: "SHA-1", .sha256: "SHA-256", .sha384: "SHA-384", .sha512: "SHA-512", .ecdsa: "ECDSA",
    .ecdh: "ECDH", .hkdf: "HKDF", .pbkdf2: "PBKDF2", .ed25519: "Ed25519", .x25519: "X25519",
    .chaCha20Poly1305: "ChaCha20-Poly1305", .mlDSA44: "ML-DSA-44", .mlDSA65: "ML-DSA-65",
    .mlDSA87: "ML-DSA-87", .hybridKEM: "MLKEM768-X25519", .mlKEM768: "ML-KEM-768",
    .mlKEM1024: "ML-KEM-1024",
  ]

  /// In the order in which Chromium lists them.
  private static let usages: [(BlinkHostObject.CryptoKeyUsages, String)] = [
    (.encrypt, "encrypt"), (.decrypt, "decrypt"), (.sign, "sign"), (.verify, "verify"),
    (.deriveKey, "deriveKey"), (.wrapKey, "wrapKey"), (.unwrapKey, "unwrapKey"),
    (.deriveBits, "deriveBits"), (.encapsulateKey, "encapsulateKey"),
    (.encapsulateBits, "encapsulateBits"), (.decapsulateKey, "decapsulateKey"),
    (.decapsulateBits, "decapsulateBits"),
  ]

  private func numbers(_ values: [Double]) -> String {
    values.map { CloneValue.number($0).debugDescription }.joined(separator: ",")
  }

  private func quote(_ text: String) -> String {
    CloneValue.string(CloneString(text)).debugDescription
  }
}
