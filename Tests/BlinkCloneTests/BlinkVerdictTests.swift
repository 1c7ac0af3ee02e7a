import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// What Chromium 156 reads from bytes that took the place of a stored value.
struct BlinkVerdictTests {
  private typealias External = Fixtures.BlinkCase.External

  /// What is stored beside the bytes.
  private static let usual: [External] = [
    External(kind: "Blob", type: "text/x-zero", size: 4, contents: "7a65726f"),
    External(
      kind: "File", type: "text/x-one", size: 5, name: "one.txt", lastModified: 1111,
      contents: "6f6e652121"),
    External(kind: "Blob", type: "", size: 0, contents: ""),
  ]
  private static let handleCount = 2

  @Test func `bytes are read or refused as by Chromium`() {
    var checked = 0
    var unlike: [String] = []
    for verdict in Fixtures.blinkVerdicts {
      let dump = read(verdict)
      // Where Chromium crashed it is enough not to.
      guard verdict.died == nil else { continue }
      checked += 1
      guard !agrees(dump, verdict) else { continue }
      if isPointOfCurve(dump), verdict.read == "null" {
        unlike.append(verdict.name)
      } else {
        Issue.record("\(verdict.name): \(dump) instead of \(verdict.read ?? "something long")")
      }
    }
    #expect(checked > 2800)
    #expect(unlike.count < 20, "\(unlike)")
  }

  /// A key of an elliptic curve: whether the point is on it, and the private key's own, is not looked into.
  private func isPointOfCurve(_ dump: String) -> Bool {
    dump.hasPrefix("#0=CryptoKey(") && dump.contains(",EC") && dump.contains(" namedCurve:")
  }

  private func agrees(_ dump: String, _ verdict: Fixtures.BlinkVerdict) -> Bool {
    guard let read = verdict.read else {
      return dump.utf8.count == verdict.readLength && dump.fnv1a == verdict.readHash
    }
    // What is not described, such as what is inside a certificate, is a question mark.
    guard let mark = dump.firstIndex(of: "?"), !read.contains("?") else { return dump == read }
    return read.hasPrefix(dump[..<mark])
  }

  @Test func `what was read is stored as Chromium stores it`() throws {
    var checked = 0
    for verdict in Fixtures.blinkVerdicts where verdict.died == nil && verdict.read != "null" {
      let bytes = try IDBValueUnwrapper.unwrap(Fixtures.bytes(verdict.bytes)) { blob in
        verdict.contents.flatMap { $0.last }.map { Fixtures.bytes($0) }
      }
      let value = try SerializedScriptValue(
        decoding: bytes, profile: .chromium156, representation: .engine
      ).value
      guard !BlinkVerdictTests.holdsWhatChromiumChanges(value) else { continue }
      checked += 1
      let result = Result { () throws(DataCloneError) in
        hex(try SerializedScriptValue.serialize(value, isForStorage: true))
      }
      switch result {
      case .success(let stored):
        #expect(stored == verdict.rewritten ?? verdict.bytes, "\(verdict.name)")
      case .failure(let error):
        let refusal = verdict.rewriteRefused ?? ""
        #expect(refusal.hasSuffix(": \(error.message)"), "\(verdict.name)")
      }
    }
    #expect(checked > 1000)
  }

  /// Whether Chromium writes a value otherwise than it holds it: it makes new lists of files and handles, takes the
  /// numbers of a colour space in single precision, and gives a hybrid key another name.
  private static func holdsWhatChromiumChanges(_ value: CloneValue) -> Bool {
    var finder = ChangedHostObjects()
    value.visit(with: &finder)
    return finder.isFound
  }

  private struct ChangedHostObjects: CloneVisitor {
    private static let known = Set(
      (0...8).compactMap { BlinkHostObject.PredefinedColorSpace(rawValue: $0) }.map {
        BlinkHostObject.ImageBitmap.ParametricColorSpace($0).numbers.map(\.bitPattern)
      })
    var isFound = false

    mutating func enter(_ container: CloneContainer) -> Bool {
      guard case .hostObject(let object) = container else { return true }
      switch BlinkHostObject(object) {
      case .attachment, .fileListIndex, .fileList, .fileSystemHandle: isFound = true
      case .imageBitmap(let image):
        guard case .parametric(let space) = image.colorSpace else { break }
        let bits = space.numbers.map(\.bitPattern)
        isFound = isFound || !ChangedHostObjects.known.contains(bits)
      case .cryptoKey(let key): isFound = isFound || key.algorithm.id == .hybridKEM
      default: break
      }
      return false
    }
  }

  private func read(_ verdict: Fixtures.BlinkVerdict) -> String {
    var blobs =
      verdict.contents?.map {
        External(kind: "Blob", type: "", size: $0.utf8.count / 2, contents: $0)
      } ?? BlinkVerdictTests.usual
    do {
      let bytes = try IDBValueUnwrapper.unwrap(Fixtures.bytes(verdict.bytes)) { blob in
        guard Int(blob.index) == blobs.count - 1 else { return nil }
        return blobs.removeLast().bytes
      }
      let value = try SerializedScriptValue.deserialize(
        bytes, profile: .chromium156,
        transferables: Transferables(
          knownBlobs: [],
          counts: [
            .blobs: blobs.count, .fileSystemAccessTokens: BlinkVerdictTests.handleCount,
          ]))
      // A page cannot ask whether a buffer is immutable.
      return Dump.of(value, external: blobs).replacing("Immutable", with: "")
    } catch {
      return "null"
    }
  }
}
