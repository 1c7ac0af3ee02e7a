/// The values of a document in the order in which its type asks for them, for a decoder that only hands them out.
final class FloorTape {
  enum Item {
    case int(Int)
    case double(Double)
    case bool(Bool)
    case string(String)
    case isNil(Bool)
    case count(Int)
  }

  var items: [Item] = []
  var position = 0

  /// Records what a type writes.
  init(_ value: some Encodable) throws { try value.encode(to: TapeEncoder(tape: self)) }

  func rewound() -> FloorTape {
    position = 0
    return self
  }

  func next() -> Item {
    position += 1
    return items[position - 1]
  }

  func int() -> Int { if case .int(let value) = next() { value } else { 0 } }
  func double() -> Double { if case .double(let value) = next() { value } else { 0 } }
  func bool() -> Bool { if case .bool(let value) = next() { value } else { false } }
  func string() -> String { if case .string(let value) = next() { value } else { "" } }
  func isNil() -> Bool { if case .isNil(let value) = next() { value } else { false } }
  func count() -> Int { if case .count(let value) = next() { value } else { 0 } }
}

/// Writes a tape. Everything optional says whether it is there.
struct TapeEncoder: Encoder, SingleValueEncodingContainer {
  let tape: FloorTape
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Keyed(tape: tape))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tape.items.append(.count(0))
    return Unkeyed(tape: tape, place: tape.items.count - 1)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { self }
  func encodeNil() { tape.items.append(.isNil(true)) }
  func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }
  func put(_ item: FloorTape.Item) { tape.items.append(item) }

  struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let tape: FloorTape
    var codingPath: [any CodingKey] { [] }
    func put(_ item: FloorTape.Item) { tape.items.append(item) }
    func encodeNil(forKey key: Key) { put(.isNil(true)) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      try value.encode(to: TapeEncoder(tape: tape))
    }
    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
      put(.isNil(value == nil))
      if let value { try encode(value, forKey: key) }
    }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
      put(.isNil(value == nil))
      if let value { encode(value, forKey: key) }
    }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
      put(.isNil(value == nil))
      if let value { encode(value, forKey: key) }
    }
    func nestedContainer<NestedKey: CodingKey>(
      keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
      KeyedEncodingContainer(Keyed<NestedKey>(tape: tape))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      TapeEncoder(tape: tape).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { TapeEncoder(tape: tape) }
    func superEncoder(forKey key: Key) -> any Encoder { TapeEncoder(tape: tape) }
    func encode(_ value: Bool, forKey key: Key) { put(.bool(value)) }
    func encode(_ value: String, forKey key: Key) { put(.string(value)) }
    func encode(_ value: Double, forKey key: Key) { put(.double(value)) }
    func encode(_ value: Float, forKey key: Key) { put(.double(Double(value))) }
    func encode(_ value: Int, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: Int8, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: Int16, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: Int32, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: Int64, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: UInt, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: UInt8, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: UInt16, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: UInt32, forKey key: Key) { put(.int(Int(value))) }
    func encode(_ value: UInt64, forKey key: Key) { put(.int(Int(value))) }
  }

  struct Unkeyed: UnkeyedEncodingContainer {
    let tape: FloorTape
    let place: Int
    var codingPath: [any CodingKey] { [] }
    var count = 0
    mutating func put(_ item: FloorTape.Item) {
      note()
      tape.items.append(item)
    }
    mutating func note() {
      count += 1
      tape.items[place] = .count(count)
    }
    mutating func encodeNil() { put(.isNil(true)) }
    mutating func encode<T: Encodable>(_ value: T) throws {
      note()
      try value.encode(to: TapeEncoder(tape: tape))
    }
    mutating func nestedContainer<NestedKey: CodingKey>(
      keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
      note()
      return KeyedEncodingContainer(Keyed<NestedKey>(tape: tape))
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      note()
      return TapeEncoder(tape: tape).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { TapeEncoder(tape: tape) }
    mutating func encode(_ value: Bool) { put(.bool(value)) }
    mutating func encode(_ value: String) { put(.string(value)) }
    mutating func encode(_ value: Double) { put(.double(value)) }
    mutating func encode(_ value: Float) { put(.double(Double(value))) }
    mutating func encode(_ value: Int) { put(.int(Int(value))) }
    mutating func encode(_ value: Int8) { put(.int(Int(value))) }
    mutating func encode(_ value: Int16) { put(.int(Int(value))) }
    mutating func encode(_ value: Int32) { put(.int(Int(value))) }
    mutating func encode(_ value: Int64) { put(.int(Int(value))) }
    mutating func encode(_ value: UInt) { put(.int(Int(value))) }
    mutating func encode(_ value: UInt8) { put(.int(Int(value))) }
    mutating func encode(_ value: UInt16) { put(.int(Int(value))) }
    mutating func encode(_ value: UInt32) { put(.int(Int(value))) }
    mutating func encode(_ value: UInt64) { put(.int(Int(value))) }
  }
  func encode(_ value: Bool) { put(.bool(value)) }
  func encode(_ value: String) { put(.string(value)) }
  func encode(_ value: Double) { put(.double(value)) }
  func encode(_ value: Float) { put(.double(Double(value))) }
  func encode(_ value: Int) { put(.int(Int(value))) }
  func encode(_ value: Int8) { put(.int(Int(value))) }
  func encode(_ value: Int16) { put(.int(Int(value))) }
  func encode(_ value: Int32) { put(.int(Int(value))) }
  func encode(_ value: Int64) { put(.int(Int(value))) }
  func encode(_ value: UInt) { put(.int(Int(value))) }
  func encode(_ value: UInt8) { put(.int(Int(value))) }
  func encode(_ value: UInt16) { put(.int(Int(value))) }
  func encode(_ value: UInt32) { put(.int(Int(value))) }
  func encode(_ value: UInt64) { put(.int(Int(value))) }
}
