/// A decoder that hands out the values of a tape, whatever is asked for: what `Decodable` itself costs.
struct FloorDecoder: Decoder, SingleValueDecodingContainer {
  let tape: FloorTape
  init(_ tape: FloorTape) { self.tape = tape }
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Keyed(tape: tape))
  }
  func unkeyedContainer() -> any UnkeyedDecodingContainer { Unkeyed(tape: tape) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }
  func decodeNil() -> Bool { tape.isNil() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }

  struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let tape: FloorTape
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }
    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { tape.isNil() }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try T(from: FloorDecoder(tape))
    }
    func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedDecodingContainer<NestedKey> {
      KeyedDecodingContainer(Keyed<NestedKey>(tape: tape))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
      Unkeyed(tape: tape)
    }
    func superDecoder() -> any Decoder { FloorDecoder(tape) }
    func superDecoder(forKey key: Key) -> any Decoder { FloorDecoder(tape) }
    func decode(_ type: Bool.Type, forKey key: Key) -> Bool { tape.bool() }
    func decode(_ type: String.Type, forKey key: Key) -> String { tape.string() }
    func decode(_ type: Double.Type, forKey key: Key) -> Double { tape.double() }
    func decode(_ type: Float.Type, forKey key: Key) -> Float { Float(tape.double()) }
    func decode(_ type: Int.Type, forKey key: Key) -> Int { tape.int() }
    func decode(_ type: Int8.Type, forKey key: Key) -> Int8 { Int8(tape.int()) }
    func decode(_ type: Int16.Type, forKey key: Key) -> Int16 { Int16(tape.int()) }
    func decode(_ type: Int32.Type, forKey key: Key) -> Int32 { Int32(tape.int()) }
    func decode(_ type: Int64.Type, forKey key: Key) -> Int64 { Int64(tape.int()) }
    func decode(_ type: UInt.Type, forKey key: Key) -> UInt { UInt(tape.int()) }
    func decode(_ type: UInt8.Type, forKey key: Key) -> UInt8 { UInt8(tape.int()) }
    func decode(_ type: UInt16.Type, forKey key: Key) -> UInt16 { UInt16(tape.int()) }
    func decode(_ type: UInt32.Type, forKey key: Key) -> UInt32 { UInt32(tape.int()) }
    func decode(_ type: UInt64.Type, forKey key: Key) -> UInt64 { UInt64(tape.int()) }
  }

  struct Unkeyed: UnkeyedDecodingContainer {
    let tape: FloorTape
    let count: Int?
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { currentIndex == count }
    init(tape: FloorTape) {
      self.tape = tape
      count = tape.count()
    }
    mutating func decodeNil() -> Bool {
      currentIndex += 1
      return tape.isNil()
    }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
      currentIndex += 1
      return try T(from: FloorDecoder(tape))
    }
    mutating func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type
    ) -> KeyedDecodingContainer<NestedKey> {
      KeyedDecodingContainer(Keyed<NestedKey>(tape: tape))
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { Unkeyed(tape: tape) }
    mutating func superDecoder() -> any Decoder { FloorDecoder(tape) }
    mutating func decode(_ type: Bool.Type) -> Bool {
      currentIndex += 1
      return tape.bool()
    }
    mutating func decode(_ type: String.Type) -> String {
      currentIndex += 1
      return tape.string()
    }
    mutating func decode(_ type: Double.Type) -> Double {
      currentIndex += 1
      return tape.double()
    }
    mutating func decode(_ type: Float.Type) -> Float {
      currentIndex += 1
      return Float(tape.double())
    }
    mutating func decode(_ type: Int.Type) -> Int {
      currentIndex += 1
      return tape.int()
    }
    mutating func decode(_ type: Int8.Type) -> Int8 {
      currentIndex += 1
      return Int8(tape.int())
    }
    mutating func decode(_ type: Int16.Type) -> Int16 {
      currentIndex += 1
      return Int16(tape.int())
    }
    mutating func decode(_ type: Int32.Type) -> Int32 {
      currentIndex += 1
      return Int32(tape.int())
    }
    mutating func decode(_ type: Int64.Type) -> Int64 {
      currentIndex += 1
      return Int64(tape.int())
    }
    mutating func decode(_ type: UInt.Type) -> UInt {
      currentIndex += 1
      return UInt(tape.int())
    }
    mutating func decode(_ type: UInt8.Type) -> UInt8 {
      currentIndex += 1
      return UInt8(tape.int())
    }
    mutating func decode(_ type: UInt16.Type) -> UInt16 {
      currentIndex += 1
      return UInt16(tape.int())
    }
    mutating func decode(_ type: UInt32.Type) -> UInt32 {
      currentIndex += 1
      return UInt32(tape.int())
    }
    mutating func decode(_ type: UInt64.Type) -> UInt64 {
      currentIndex += 1
      return UInt64(tape.int())
    }
  }
  func decode(_ type: Bool.Type) -> Bool { tape.bool() }
  func decode(_ type: String.Type) -> String { tape.string() }
  func decode(_ type: Double.Type) -> Double { tape.double() }
  func decode(_ type: Float.Type) -> Float { Float(tape.double()) }
  func decode(_ type: Int.Type) -> Int { tape.int() }
  func decode(_ type: Int8.Type) -> Int8 { Int8(tape.int()) }
  func decode(_ type: Int16.Type) -> Int16 { Int16(tape.int()) }
  func decode(_ type: Int32.Type) -> Int32 { Int32(tape.int()) }
  func decode(_ type: Int64.Type) -> Int64 { Int64(tape.int()) }
  func decode(_ type: UInt.Type) -> UInt { UInt(tape.int()) }
  func decode(_ type: UInt8.Type) -> UInt8 { UInt8(tape.int()) }
  func decode(_ type: UInt16.Type) -> UInt16 { UInt16(tape.int()) }
  func decode(_ type: UInt32.Type) -> UInt32 { UInt32(tape.int()) }
  func decode(_ type: UInt64.Type) -> UInt64 { UInt64(tape.int()) }
}
