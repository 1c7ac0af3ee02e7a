import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing
import _CloneFixtures

/// A value of a Swift type, to be compared with what Node wrote for it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let name: String
  let typeName: String
  let check: @Sendable (Fixtures.CodableCase) throws -> Void

  var testDescription: String { "\(name): \(typeName)" }

  /// - Parameter isEqual: whether two values are the same, of types that cannot tell.
  init<T: Codable & Sendable>(
    _ name: String, _ value: T, _ encoder: CloneEncoder = CloneEncoder(),
    _ decoder: CloneDecoder = CloneDecoder(), isEqual: @escaping @Sendable (T, T) -> Bool
  ) {
    self.name = name
    typeName = "\(T.self)"
    check = { golden in
      var encoder = encoder
      encoder.profile = .node20
      // What Node's own coder makes of views, ours writes only for a Buffer.
      let written = hex(try encoder.encode(value))
      #expect(written == golden.native ?? golden.written)
      for payload in [golden.written, golden.native].compactMap({ $0 }) {
        let read = try decoder.decode(T.self, from: Fixtures.bytes(payload))
        #expect(isEqual(read, value))
      }
    }
  }

  init<T: Codable & Equatable & Sendable>(
    _ name: String, _ value: T, _ encoder: CloneEncoder = CloneEncoder(),
    _ decoder: CloneDecoder = CloneDecoder()
  ) {
    self.init(name, value, encoder, decoder) { $0 == $1 }
  }
}

/// Every Swift type of the goldens, against what Node wrote.
struct GoldenTests {
  @Test(arguments: GoldenCase.all)
  func `what Swift writes is what Node writes, and what Node wrote is read`(
    _ item: GoldenCase
  ) throws {
    try item.check(try #require(Fixtures.codable[item.name]))
  }

  @Test func `there is a type for each case, and more than two hundred`() {
    #expect(Set(GoldenCase.all.map(\.name)) == Set(Fixtures.codable.keys))
    #expect(Set(GoldenCase.all.map(\.typeName)).count >= 200)
  }
}
