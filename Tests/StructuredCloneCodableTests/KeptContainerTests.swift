import Foundation
import StructuredClone
import StructuredCloneCodable
import Testing

/// Keyed containers of calls that ended, and of objects that were read, are given out again: only those that nobody has.
struct KeptContainerTests {
  enum Keys: String, CodingKey { case id, name, child, end }

  /// A type that has read all its properties and keeps its container.
  struct Keeper: Codable {
    let id: Int
    let name: String
    let container: KeyedDecodingContainer<Keys>?

    init(id: Int) {
      self.id = id
      name = "n\(id)"
      container = nil
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(Int.self, forKey: .id)
      name = try container.decode(String.self, forKey: .name)
      self.container = container
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(id, forKey: .id)
      try container.encode(name, forKey: .name)
    }

    /// Whether the container still is that of this object.
    func isItself() throws -> Bool {
      try container?.decode(Int.self, forKey: .id) == id
        && container?.decode(String.self, forKey: .name) == name
    }
  }

  private func payload(_ ids: Range<Int>) throws -> [UInt8] {
    try CloneEncoder().encode(ids.map { Keeper(id: $0) })
  }

  @Test
  func `containers that types keep are those of their objects, also after the call and in others`()
    throws
  {
    let first = try CloneDecoder().decode([Keeper].self, from: payload(0..<20))
    let second = try CloneDecoder().decode([Keeper].self, from: payload(20..<30))
    #expect(first.map(\.id) == Array(0..<20))
    for keeper in first + second { #expect(try keeper.isItself()) }
    _ = try CloneDecoder().decode([Keeper].self, from: payload(30..<40))
    for keeper in first + second { #expect(try keeper.isItself()) }
  }

  /// A type that keeps every third container.
  struct Sometimes: Decodable {
    let keeper: Keeper
    let kept: KeyedDecodingContainer<Keys>?

    init(from decoder: any Decoder) throws {
      keeper = try Keeper(from: decoder)
      kept = keeper.id.isMultiple(of: 3) ? keeper.container : nil
    }
  }

  @Test func `containers that some objects keep`() throws {
    let bytes = try payload(0..<50)
    let values = try CloneDecoder().decode([Sometimes].self, from: bytes)
    for value in values where value.kept != nil {
      #expect(try value.kept?.decode(Int.self, forKey: .id) == value.keeper.id)
    }
    #expect(values.count { $0.kept != nil } == 17)
  }

  @Test func `a container kept after an error`() throws {
    final class Box: @unchecked Sendable { var containers: [KeyedDecodingContainer<Keys>] = [] }
    struct Failing: Decodable {
      static let box = CodingUserInfoKey(rawValue: "box")
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let box = Self.box.flatMap { decoder.userInfo[$0] } as? Box
        box?.containers.append(container)
        guard try container.decode(Int.self, forKey: .id) != 7 else { throw CancellationError() }
        _ = try container.decode(String.self, forKey: .name)
      }
    }
    let box = Box()
    var decoder = CloneDecoder()
    if let key = Failing.box { decoder.userInfo[key] = box }
    #expect(throws: CancellationError.self) {
      try decoder.decode([Failing].self, from: payload(0..<20))
    }
    _ = try CloneDecoder().decode([Keeper].self, from: payload(50..<60))
    #expect(try box.containers.map { try $0.decode(Int.self, forKey: .id) } == Array(0...7))
  }

  /// An object that is read further after the one within it.
  final class Node: Codable {
    let id: Int
    let child: Node?
    let end: Int

    init(depth: Int) {
      id = depth
      child = depth > 0 ? Node(depth: depth - 1) : nil
      end = -depth
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(Int.self, forKey: .id)
      child = try container.decodeIfPresent(Node.self, forKey: .child)
      end = try container.decode(Int.self, forKey: .end)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(id, forKey: .id)
      try container.encodeIfPresent(child, forKey: .child)
      try container.encode(end, forKey: .end)
    }

    var isWhole: Bool { end == -id && (id == 0 ? child == nil : child?.isWhole == true) }
  }

  @Test func `objects within objects of the same keys, deeper than containers are held for`() throws
  {
    for depth in [1, 7, 8, 40, 300] {
      let bytes = try CloneEncoder().encode([Node(depth: depth), Node(depth: depth)])
      var value: CloneValue = ["id": 0, "end": 0]
      for id in 1...depth {
        value = ["id": .number(Double(id)), "child": value, "end": .number(-Double(id))]
      }
      #expect(try bytes == CloneValue.array([value, value.detached()]).encoded())
      let nodes = try CloneDecoder().decode([Node].self, from: bytes)
      #expect(nodes.map(\.id) == [depth, depth])
      #expect(nodes.allSatisfy { $0.isWhole })
    }
  }

  /// A type that calls coders of its own while it is read and written.
  struct Calling: Codable {
    let id: Int
    let inner: [Int]
    let end: Int

    init(id: Int) {
      self.id = id
      inner = [id + 1, id + 2]
      end = id
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(Int.self, forKey: .id)
      let bytes = try container.decode([UInt8].self, forKey: .child)
      inner = try CloneDecoder().decode([Keeper].self, from: bytes).map(\.id)
      end = try container.decode(Int.self, forKey: .end)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(id, forKey: .id)
      let bytes = try CloneEncoder().encode(inner.map { Keeper(id: $0) })
      try container.encode(bytes, forKey: .child)
      try container.encode(end, forKey: .end)
    }
  }

  @Test func `calls within calls`() throws {
    let bytes = try CloneEncoder().encode((0..<10).map { Calling(id: $0) })
    let values = try CloneDecoder().decode([Calling].self, from: bytes)
    #expect(values.map(\.id) == Array(0..<10))
    #expect(values.map(\.end) == Array(0..<10))
    #expect(values.map(\.inner) == (0..<10).map { [$0 + 1, $0 + 2] })
  }

  class Base: Decodable {
    let baseID: Int
    let base: KeyedDecodingContainer<Keys>
    required init(from decoder: any Decoder) throws {
      base = try decoder.container(keyedBy: Keys.self)
      baseID = try base.decode(Int.self, forKey: .id)
    }
  }

  final class Derived: Base {
    let name: String
    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      _ = try container.decode(Int.self, forKey: .id)
      name = try container.decode(String.self, forKey: .name)
      try super.init(from: decoder)
    }
  }

  @Test func `two containers of one object`() throws {
    let values = try CloneDecoder().decode([Derived].self, from: payload(0..<10))
    #expect(values.map(\.baseID) == Array(0..<10))
    #expect(values.map(\.name) == (0..<10).map { "n\($0)" })
    #expect(try values.map { try $0.base.decode(Int.self, forKey: .id) } == Array(0..<10))
  }

  /// A type that writes to the container of the one before it, too.
  final class Meddler: Encodable {
    private let id: Int
    private let before: Meddler?
    private var container: KeyedEncodingContainer<Keys>?

    init(id: Int, before: Meddler?) {
      self.id = id
      self.before = before
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      self.container = container
      try container.encode(id, forKey: .id)
      try? before?.container?.encode(-1, forKey: .end)
      try container.encode("m\(id)", forKey: .name)
    }
  }

  @Test func `what is written to a container of a call that ended is not in another's bytes`()
    throws
  {
    let first = Meddler(id: 1, before: nil)
    let second = Meddler(id: 2, before: first)
    let values: [CloneValue] = [["id": 1, "name": "m1"], ["id": 2, "name": "m2"]]
    #expect(try CloneEncoder().encode(first) == values[0].encoded())
    #expect(try CloneEncoder().encode(second) == values[1].encoded())
    // In one call it is in its own object.
    let both = [Meddler(id: 3, before: nil)]
    let expected: CloneValue = [
      ["id": 3, "name": "m3", "end": -1], ["id": 4, "name": "m4"],
    ]
    #expect(
      try CloneEncoder().encode(both + [Meddler(id: 4, before: both[0])]) == expected.encoded())
  }

  /// A type with keys of its own for each parameter.
  struct Item<Parameter>: Codable {
    enum Keys: String, CodingKey { case id, end }
    let id: Int

    init(id: Int) { self.id = id }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(Int.self, forKey: .id)
      guard try container.decode(Int.self, forKey: .end) == id else { throw CancellationError() }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(id, forKey: .id)
      try container.encode(id, forKey: .end)
    }
  }

  /// Items of so many types within each other's calls.
  struct Items<Parameter>: Codable {
    let count: Int

    init(count: Int) { self.count = count }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let id = try container.decode(Item<Parameter>.self).id
      guard !container.isAtEnd else {
        count = 0
        return
      }
      count = try container.decode(Items<[Parameter]>.self).count + 1
      guard try container.decode(Item<Parameter>.self).id == id else { throw CancellationError() }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(Item<Parameter>(id: count))
      guard count > 0 else { return }
      try container.encode(Items<[Parameter]>(count: count - 1))
      try container.encode(Item<Parameter>(id: count))
    }
  }

  @Test func `more types of keys than containers are held for`() throws {
    let bytes = try CloneEncoder().encode(Items<Int>(count: 40))
    var expected: CloneValue = [["id": 0, "end": 0]]
    for id in 1...40 {
      let item: CloneValue = ["id": .number(Double(id)), "end": .number(Double(id))]
      expected = [item, expected, item.detached()]
    }
    #expect(try bytes == expected.encoded())
    #expect(try CloneDecoder().decode(Items<Int>.self, from: bytes).count == 40)
  }

  @Test func `calls at once`() async throws {
    let bytes = try CloneEncoder().encode((0..<20).map { Node(depth: $0) })
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<200 {
        group.addTask {
          let nodes = try CloneDecoder().decode([Node].self, from: bytes)
          return try nodes.allSatisfy(\.isWhole) && CloneEncoder().encode(nodes) == bytes
        }
      }
      for try await isEqual in group { #expect(isEqual) }
    }
  }
}
