import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// Values that Chromium 156 stored in IndexedDB and read again.
struct BlinkGoldenTests {
  /// Of one value that is in a blob the content was not kept.
  private static let stored = Fixtures.blinkValues.filter {
    $0.storedBytes != nil && $0.name != "large-and-handle"
  }

  /// What Chromium stored after reading is not known of values that are in a blob.
  private static let rewritten = stored.filter {
    (try? IDBValueUnwrapper.wrapperBlob(of: $0.storedBytes ?? [])) == .some(nil)
  }

  /// What is described by what is inside a certificate.
  private static let partlyDescribed: Set = ["certificate", "certificate-rsa"]

  /// The bytes of a value without what IndexedDB puts around them.
  private func unwrapped(_ item: Fixtures.BlinkCase) throws -> [UInt8] {
    let blobs = (item.external ?? []).filter { $0.kind != "FileSystemHandle" }
    return try IDBValueUnwrapper.unwrap(try #require(item.storedBytes)) { blob in
      Int(blob.index) == blobs.count - 1 ? blobs[Int(blob.index)].bytes : nil
    }
  }

  /// The lists that are stored with a value.
  private func transferables(_ item: Fixtures.BlinkCase) -> Transferables {
    let external = item.external ?? []
    let handles = external.count { $0.kind == "FileSystemHandle" }
    return Transferables(
      counts: [.blobs: external.count - handles, .fileSystemAccessTokens: handles])
  }

  @Test(arguments: stored)
  func `what Chromium stored is read as Chromium reads it`(_ item: Fixtures.BlinkCase) throws {
    let bytes = try unwrapped(item)
    for profile in [CloneProfile.default, .chromium156] {
      let value: CloneValue
      do {
        value = try SerializedScriptValue.deserialize(
          bytes, profile: profile, transferables: transferables(item))
      } catch {
        #expect(item.read == "null", "\(error)")
        continue
      }
      let dump = Dump.of(value, external: item.external ?? [])
      if let read = item.read {
        if BlinkGoldenTests.partlyDescribed.contains(item.name) {
          let described = try #require(dump.split(separator: "?").first)
          #expect(read.hasPrefix(described))
        } else {
          #expect(dump == read)
        }
      }
      if let length = item.readLength {
        #expect(dump.utf8.count == length)
        #expect(dump.fnv1a == item.readHash)
      }
    }
  }

  @Test(arguments: stored)
  func `and written back byte for byte`(_ item: Fixtures.BlinkCase) throws {
    let bytes = try unwrapped(item)
    guard let value = try? SerializedScriptValue(decoding: bytes) else {
      #expect(item.read == "null")
      return
    }
    #expect(hex(try value.encoded()) == hex(bytes))
    if let trailer = try BlinkTrailer(of: bytes) {
      #expect(trailer.isSatisfied(by: Set(SerializationTag.allCases)))
      #expect(!trailer.isSatisfied(by: []))
    }
  }

  @Test(arguments: rewritten)
  func `Chromium's own bytes after reading`(_ item: Fixtures.BlinkCase) throws {
    let bytes = try unwrapped(item)
    let expected = try item.rewrittenBytes.map { try IDBValueUnwrapper.unwrap($0) } ?? bytes
    guard
      let value = try? SerializedScriptValue(
        decoding: bytes, profile: .chromium156, representation: .engine)
    else {
      #expect(item.read == "null")
      return
    }
    let rewritten = try SerializedScriptValue.serialize(value.value, isForStorage: true)
    #expect(hex(rewritten) == hex(expected))
  }

  @Test func `the blob that holds a value is the last of the blobs, whatever else is stored`()
    throws
  {
    let item = try #require(Fixtures.blinkValues.first { $0.name == "large-and-handle" })
    let blob = try #require(try IDBValueUnwrapper.wrapperBlob(of: item.storedBytes ?? []))
    #expect(blob.index == 0)
    #expect(Int(blob.size) == item.external?.first?.size)
  }
}
