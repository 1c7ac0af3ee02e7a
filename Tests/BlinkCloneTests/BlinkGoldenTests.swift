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

  @Test(arguments: stored)
  func `and stored in the same form`(_ item: Fixtures.BlinkCase) throws {
    let blobs = (item.external ?? []).filter { $0.kind != "FileSystemHandle" }
    let stored = try #require(item.storedBytes)
    let isInBlob = try IDBValueUnwrapper.wrapperBlob(of: stored) != nil
    let wrapper = IDBValueWrapper(
      try unwrapped(item), blobCount: UInt32(blobs.count - (isInBlob ? 1 : 0)))
    // A block of Snappy may be another, but not one that is compressed or none.
    #expect(form(of: wrapper.bytes) == form(of: stored))
    #expect(wrapper.wrapperBlob.map(form) == (isInBlob ? blobs.last?.bytes.map(form) : nil))
    #expect(
      try IDBValueUnwrapper.unwrap(wrapper.bytes) { _ in wrapper.wrapperBlob } == unwrapped(item))
  }

  /// What stands where a value is wrapped: the header, and in front of a blob also its place.
  private func form(of stored: [UInt8]) -> [UInt8] {
    guard stored.starts(with: [0xFF, 0x11]) else { return [] }
    return Array(stored.prefix(3)) + (stored[2] == 1 ? [stored.last ?? 0] : [])
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
