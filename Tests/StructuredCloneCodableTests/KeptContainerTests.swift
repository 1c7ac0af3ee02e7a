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
    let id: Int
    let kept: KeyedDecodingContainer<Keys>?

    init(from decoder: any Decoder) throws {
      let keeper = try Keeper(from: decoder)
      id = keeper.id
      kept = id.isMultiple(of: 3) ? keeper.container : nil
    }
  }

  @Test(arguments: 0...2) func `containers that some objects keep`(first: Int) throws {
    let bytes = try payload(first..<50)
    let values = try (0..<2).flatMap { _ in
      try CloneDecoder().decode([Sometimes].self, from: bytes)
    }
    for value in values {
      #expect(try value.kept?.decode(Int.self, forKey: .id) ?? value.id == value.id)
    }
    #expect(values.map(\.id) == Array(first..<50) + Array(first..<50))
  }

  /// Counts how often a container has the box of the one before it.
  final class Boxes: @unchecked Sendable {
    private weak var last: AnyObject?
    private(set) var sameCount = 0
    static let key = CodingUserInfoKey(rawValue: "boxes")

    private func note(_ container: Any) {
      let box = Mirror(reflecting: container).children.first.map { $0.value as AnyObject }
      // It would be gone if it were another in its place.
      if let last, last === box { sameCount += 1 }
      last = box
    }

    static func note(_ container: Any, _ userInfo: [CodingUserInfoKey: Any]) {
      let boxes = key.flatMap { userInfo[$0] } as? Boxes
      boxes?.note(container)
    }
  }

  struct Noting: Codable {
    init() {}

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      Boxes.note(container, decoder.userInfo)
      _ = try container.decode(Int.self, forKey: .id)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      Boxes.note(container, encoder.userInfo)
      try container.encode(0, forKey: .id)
    }

    /// Writes so many; tells how many had the container of the one before.
    static func payload(_ count: Int) throws -> (bytes: [UInt8], sameCount: Int) {
      let boxes = Boxes()
      var encoder = CloneEncoder()
      if let key = Boxes.key { encoder.userInfo[key] = boxes }
      return (try encoder.encode(Array(repeating: Noting(), count: count)), boxes.sameCount)
    }

    /// Reads them; tells the same.
    static func sameCount(reading bytes: [UInt8]) throws -> Int {
      let boxes = Boxes()
      var decoder = CloneDecoder()
      if let key = Boxes.key { decoder.userInfo[key] = boxes }
      _ = try decoder.decode([Noting].self, from: bytes)
      return boxes.sameCount
    }
  }

  @Test func `containers that nobody has are given out again`() throws {
    let (bytes, sameCount) = try Noting.payload(100)
    // A call that finds none begins with some that are not given out again.
    #expect(sameCount >= 85)
    #expect(try Noting.sameCount(reading: bytes) >= 85)
  }

  /// What a coder's call and its containers keep.
  final class Token: Sendable {
    /// Puts a new one there, and answers what tells whether it still is.
    static func put(in userInfo: inout [CodingUserInfoKey: any Sendable]) -> () -> Token? {
      let token = Token()
      if let key = CodingUserInfoKey(rawValue: "token") { userInfo[key] = token }
      return { [weak token] in token }
    }
  }

  @Test func `calls keep nothing once their containers are gone`() throws {
    let bytes = try payload(0..<30)
    var decoder = CloneDecoder()
    var token = Token.put(in: &decoder.userInfo)
    var kept: [Sometimes]? = try decoder.decode([Sometimes].self, from: bytes)
    decoder = CloneDecoder()
    #expect(token() != nil)
    #expect(try kept?[3].kept?.decode(Int.self, forKey: .id) == 3)
    kept = nil
    #expect(token() == nil)

    token = Token.put(in: &decoder.userInfo)
    #expect(throws: DecodingError.self) {
      try decoder.decode([[Sometimes]].self, from: CloneEncoder().encode([[1, 2], [3]]))
    }
    #expect(throws: DecodingError.self) {
      try decoder.decode([Sometimes].self, from: bytes.dropLast() + [0])
    }
    decoder = CloneDecoder()
    #expect(token() == nil)

    var encoder = CloneEncoder()
    let writtenToken = Token.put(in: &encoder.userInfo)
    var first: Meddler? = Meddler(id: 1, before: nil)
    _ = try encoder.encode(first)
    _ = try encoder.encode([first, Meddler(id: 2, before: first)])
    encoder = CloneEncoder()
    #expect(writtenToken() != nil)
    first = nil
    #expect(writtenToken() == nil)
  }

  @Test func `a container taken out of its box`() throws {
    final class Copies: @unchecked Sendable {
      var copies: [any KeyedDecodingContainerProtocol] = []
    }
    struct Copying: Decodable {
      static let key = CodingUserInfoKey(rawValue: "copies")
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let box = Mirror(reflecting: container).children.first?.value
        let inner = box.flatMap { Mirror(reflecting: $0).children.first?.value }
        let copies = Self.key.flatMap { decoder.userInfo[$0] } as? Copies
        if let inner = inner as? any KeyedDecodingContainerProtocol { copies?.copies.append(inner) }
        _ = try Keeper(from: decoder)
      }
    }
    func id(_ container: some KeyedDecodingContainerProtocol) throws -> Int? {
      try type(of: container).Key(stringValue: "id").map {
        try container.decode(Int.self, forKey: $0)
      }
    }
    let copies = Copies()
    var decoder = CloneDecoder()
    if let key = Copying.key { decoder.userInfo[key] = copies }
    _ = try decoder.decode([Copying].self, from: payload(0..<30))
    _ = try CloneDecoder().decode([Keeper].self, from: payload(50..<60))
    #expect(try copies.copies.map { try id($0) } == Array(0..<30))
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

  /// Optionals within each other, and one that cannot be written.
  struct Optionals: Encodable {
    struct Failing: Encodable {
      func encode(to encoder: any Encoder) throws { throw CancellationError() }
    }
    var inner: Int??
    var failing: Failing?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encodeIfPresent(inner, forKey: .id)
      try container.encodeIfPresent(failing, forKey: .child)
      try container.encode(1, forKey: .end)
    }
  }

  @Test func `optionals within optionals, and one that fails`() throws {
    var encoder = CloneEncoder()
    encoder.missingValueEncodingStrategy = .undefined
    let missing: CloneValue = ["id": .undefined, "child": .undefined, "end": 1]
    let null: CloneValue = ["id": .null, "child": .undefined, "end": 1]
    let some: CloneValue = ["id": 2, "child": .undefined, "end": 1]
    #expect(try encoder.encode(Optionals(inner: .none)) == missing.encoded())
    #expect(try encoder.encode(Optionals(inner: .some(.none))) == null.encoded())
    #expect(try encoder.encode(Optionals(inner: 2)) == some.encoded())
    #expect(throws: CancellationError.self) {
      try encoder.encode(Optionals(inner: 2, failing: Optionals.Failing()))
    }
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

  /// Items of so many types, one behind the other, and then again.
  struct Items<Parameter>: Codable {
    let count: Int

    init(count: Int) { self.count = count }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      var first = 0
      while !container.isAtEnd { first += try Items.read(&container, container.count ?? 0) }
      count = first
    }

    private static func read(_ container: inout any UnkeyedDecodingContainer, _ all: Int) throws
      -> Int
    {
      guard container.currentIndex < all else { return 0 }
      let next = container.currentIndex % 40
      guard try container.decode(Item<Parameter>.self).id == next else { throw CancellationError() }
      return try next == 39 ? 1 : Items<[Parameter]>.read(&container, all) + 1
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for _ in 0..<3 { try write(0, &container) }
    }

    private func write(_ id: Int, _ container: inout any UnkeyedEncodingContainer) throws {
      try container.encode(Item<Parameter>(id: id))
      if id < 39 { try Items<[Parameter]>(count: count).write(id + 1, &container) }
    }
  }

  @Test func `many types of keys in turn`() throws {
    let bytes = try CloneEncoder().encode(Items<Int>(count: 120))
    let expected = CloneValue.array(
      CloneArray(
        (0..<120).map { index in
          ["id": .number(Double(index % 40)), "end": .number(Double(index % 40))]
        }))
    #expect(try bytes == expected.encoded())
    for _ in 0..<2 {
      #expect(try CloneDecoder().decode(Items<Int>.self, from: bytes).count == 120)
    }
  }

  /// A type whose coders are called within the calls of others of it.
  struct Nest: Codable {
    let depth: Int
    /// The depths from this one on, and how many containers of the innermost were those of the ones before.
    let inner: [Int]

    init(depth: Int) {
      self.depth = depth
      inner = []
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      depth = try container.decode(Int.self, forKey: .id)
      let bytes = try container.decode([UInt8].self, forKey: .child)
      if depth > 0 {
        inner = try [depth] + CloneDecoder().decode(Nest.self, from: bytes).inner
      } else {
        inner = try [0, Noting.sameCount(reading: bytes)]
      }
      guard try container.decode(Int.self, forKey: .end) == depth else { throw CancellationError() }
    }

    private static func innermost() throws -> [UInt8] {
      let (bytes, sameCount) = try Noting.payload(100)
      guard sameCount >= 85 else { throw CancellationError() }
      return bytes
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(depth, forKey: .id)
      let bytes =
        try depth > 0 ? CloneEncoder().encode(Nest(depth: depth - 1)) : Nest.innermost()
      try container.encode(bytes, forKey: .child)
      try container.encode(depth, forKey: .end)
    }
  }

  @Test func `more calls at once than containers are held for`() throws {
    for _ in 0..<3 {
      let bytes = try CloneEncoder().encode(Nest(depth: 9))
      let inner = try CloneDecoder().decode(Nest.self, from: bytes).inner
      #expect(inner.dropLast() == (0...9).reversed())
      // The innermost has some of its own, once it has many.
      #expect(inner[10] >= 85)
    }
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
