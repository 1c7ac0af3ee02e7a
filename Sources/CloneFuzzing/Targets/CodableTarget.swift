import Foundation
import NodeClone
import StructuredClone
import StructuredCloneCodable

/// Swift types that are read from payloads by coders and by themselves: both agree, and what was read is written and read
/// again. Types are chosen to ask for everything that a payload can hold, in every container.
struct CodableTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let options = UInt64(input.options.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    let bytes = input.payload
    let decoder = decoder(options)
    let encoder = encoder(options)
    checkBoth(Record.self, bytes, decoder, encoder)
    checkBoth([Record].self, bytes, decoder, encoder)
    check(Loose.self, bytes, decoder, encoder)
    check([String: Loose].self, bytes, decoder, encoder)
    check([Int: [Double]].self, bytes, decoder, encoder)
    check([Double: String].self, bytes, decoder, encoder)
    check(Set<String>.self, bytes, decoder, encoder)
    check([Date?].self, bytes, decoder, encoder)
    check([Data].self, bytes, decoder, encoder)
    check([UInt64].self, bytes, decoder, encoder)
    check(Tree.self, bytes, decoder, encoder)
    check(CloneValue.self, bytes, decoder, encoder)
    checkInTurn(bytes)
    checkScript(bytes, decoder, seed: options | 1 << 63)
  }

  private func decoder(_ options: UInt64) -> CloneDecoder {
    var decoder = CloneDecoder(
      profile: FuzzTarget.knownProfiles[Int(options & 0xF) % FuzzTarget.knownProfiles.count])
    decoder.maximumDepth = 8 + Int(options >> 4 & 0xF)
    if options >> 8 & 1 != 0 { decoder.identityDecodingStrategy = .references }
    if options >> 9 & 1 != 0 { decoder.keyDecodingStrategy = .convertFromSnakeCase }
    if options >> 10 & 1 != 0 { decoder.nonFiniteNumberDecodingStrategy = .throw }
    if options >> 11 & 1 != 0 { decoder.largeIntegerDecodingStrategy = .numberOrString }
    if options >> 12 & 1 != 0 { decoder.dateDecodingStrategy = .iso8601 }
    if options >> 13 & 1 != 0 { decoder.limits = CloneLimits(depth: 8, nodes: 64, memory: 4096) }
    return decoder
  }

  private func encoder(_ options: UInt64) -> CloneEncoder {
    var encoder = CloneEncoder()
    encoder.sortsDictionaryKeys = true
    encoder.maximumDepth = 64
    if options >> 8 & 1 != 0 { encoder.identityEncodingStrategy = .references }
    if options >> 14 & 1 != 0 { encoder.dictionaryEncodingStrategy = .map }
    if options >> 15 & 1 != 0 { encoder.setEncodingStrategy = .array }
    if options >> 11 & 1 != 0 { encoder.largeIntegerEncodingStrategy = .string }
    if options >> 12 & 1 != 0 { encoder.dateEncodingStrategy = .iso8601 }
    return encoder
  }

  /// Reads a type; what was read is written, and reading that gives what is written the same again.
  @discardableResult
  private func check<T: Codable>(
    _ type: T.Type, _ bytes: [UInt8], _ decoder: CloneDecoder, _ encoder: CloneEncoder
  ) -> String {
    let found = calls.attempt("CloneDecoder.decode") { () throws -> T in
      try decoder.decode(type, from: bytes)
    }
    switch found {
    case .failure(let error):
      calls.require(error is DecodingError, "errors are DecodingError: \(error)")
      return text(error)
    case .success(let value):
      let written = calls.attempt("CloneEncoder.encode") { () throws -> [UInt8] in
        try encoder.encode(value)
      }
      guard case .success(let written) = written else { return "unwritten" }
      var other = CloneDecoder()
      other.identityDecodingStrategy = decoder.identityDecodingStrategy
      other.largeIntegerDecodingStrategy = .numberOrString
      other.dateDecodingStrategy = decoder.dateDecodingStrategy
      // What is written can be read: nothing was written that no payload is.
      let payload = try? NodeV8.deserialize(written)
      calls.require(payload != nil, "what is written is a payload")
      _ = try? other.decode(type, from: written)
      return "\(written)"
    }
  }

  /// The same, where the type also reads and writes itself.
  private func checkBoth<T: Codable & CloneReadable & CloneWritable>(
    _ type: T.Type, _ bytes: [UInt8], _ decoder: CloneDecoder, _ encoder: CloneEncoder
  ) {
    let byCoder = check(type, bytes, decoder, encoder)
    let found = calls.attempt("CloneDecoder.read") { () throws -> T in
      try decoder.read(type, from: bytes)
    }
    switch found {
    case .failure(let error): calls.require(text(error) == byCoder, "both fail alike: \(error)")
    case .success(let value):
      let written = (try? encoder.write(value)).map { "\($0)" } ?? "unwritten"
      calls.require(written == byCoder, "both read and write alike")
    }
  }

  /// Reads an object and the objects within in turn, through containers of the same depth: what is found is what the object has.
  private func checkInTurn(_ bytes: [UInt8]) {
    guard let value = try? NodeV8.deserialize(bytes), case .object(let object) = value,
      object.count < 64
    else { return }
    let result = calls.attempt("nested containers in turn") { () throws -> InTurn in
      try CloneDecoder().decode(InTurn.self, from: value)
    }
    guard case .success(let found) = result else {
      if case .failure(DecodingError.keyNotFound) = result {
        calls.require(false, "keys that a container says it has are found")
      }
      return
    }
    for (outer, inner, kind) in found.values {
      let expected = inner.map { object[outer].object?[$0] ?? .undefined } ?? object[outer]
      let isNil = expected == .null || expected == .undefined
      calls.require(
        kind == (isNil ? "nil" : expected.kindName),
        "each container has its own object's properties")
    }
  }

  /// Reads as a script says, as the bytes come and from a graph: both find the same.
  private func checkScript(_ bytes: [UInt8], _ decoder: CloneDecoder, seed: UInt64) {
    let value: CloneValue
    do {
      value = try NodeV8.deserialize(bytes, profile: decoder.profile, limits: decoder.limits)
    } catch {
      let script = ReadingScript(.undefined, seed: seed)
      let result = calls.attempt("a script and no payload") { () throws -> ScriptedReading.Root in
        var decoder = decoder
        decoder.userInfo[ReadingScript.key] = script
        return try decoder.decode(ScriptedReading.Root.self, from: bytes)
      }
      script.end()
      guard case .failure(DecodingError.dataCorrupted(let context)) = result else {
        return calls.require(false, "what is no payload is an error")
      }
      let cause = context.underlyingError as? CloneDecodingError
      return calls.require(cause == error, "what is wrong with a payload is said")
    }
    var outcomes: [[String]] = []
    for isSequential in [true, false] {
      let script = ReadingScript(value, seed: seed)
      var decoder = decoder
      decoder.userInfo[ReadingScript.key] = script
      let result = calls.attempt("a script") { () throws -> ScriptedReading.Root in
        isSequential
          ? try decoder.decode(ScriptedReading.Root.self, from: bytes)
          : try decoder.decode(ScriptedReading.Root.self, from: value)
      }
      let end =
        switch result {
        case .success(let root): "\(root.value)"
        case .failure(let error): ReadingScript.text(error)
        }
      script.end()
      outcomes.append(script.log + [end])
    }
    calls.require(
      outcomes[0] == outcomes[1],
      "bytes and graphs are read alike: \(difference(outcomes[0], outcomes[1]))")
  }

  /// The first lines that differ.
  private func difference(_ first: [String], _ second: [String]) -> String {
    let place = zip(first, second).prefix { $0 == $1 }.count
    let lines = [first, second].map { $0.dropFirst(max(0, place - 3)).prefix(4) }
    return "\(lines[0]) and \(lines[1])"
  }

  private func text(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
      let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
      return "\(path) \(context.debugDescription)"
    default: return "\(error)"
    }
  }

  // MARK: - Types

  /// Names are those that the fuzzer's payloads have.
  struct Record: Codable, CloneObjectReadable, CloneObjectWritable {
    var a: Int?
    var b: String?
    var c: [Double]?
    var d: [Record]?
    var e: Bool?
    var f: Date?

    init(properties reader: inout CloneReader) throws {
      a = try reader.readIfPresent("a")
      b = try reader.readIfPresent("b")
      c = try reader.readIfPresent("c")
      d = try reader.readIfPresent("d")
      e = try reader.readIfPresent("e")
      f = try reader.readIfPresent("f")
    }

    func writeProperties(to writer: inout CloneWriter) throws {
      try writer.writeIfPresent(a, as: "a")
      try writer.writeIfPresent(b, as: "b")
      try writer.writeIfPresent(c, as: "c")
      try writer.writeIfPresent(d, as: "d")
      try writer.writeIfPresent(e, as: "e")
      try writer.writeIfPresent(f, as: "f")
    }
  }

  /// Whatever there is.
  enum Loose: Codable {
    case nothing
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case data(Data)
    case list([Loose])
    case properties([String: Loose])
    case other(CloneValue)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .nothing
      } else if let value = try? container.decode(Bool.self) {
        self = .boolean(value)
      } else if let value = try? container.decode(Int.self) {
        self = .integer(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else if let value = try? container.decode(Data.self) {
        self = .data(value)
      } else if let value = try? container.decode([String: Loose].self) {
        self = .properties(value)
      } else if let value = try? container.decode([Loose].self) {
        self = .list(value)
      } else {
        self = .other(try container.decode(CloneValue.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .nothing: try container.encodeNil()
      case .boolean(let value): try container.encode(value)
      case .integer(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .text(let value): try container.encode(value)
      case .data(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .properties(let value): try container.encode(value)
      case .other(let value): try container.encode(value)
      }
    }
  }

  /// The kinds of an object's properties and those of the objects within, asked for in turn.
  struct InTurn: Decodable {
    struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    var values: [(outer: ClonePropertyKey, inner: ClonePropertyKey?, kind: String)] = []

    init(from decoder: any Decoder) throws {
      let outer = try decoder.container(keyedBy: Name.self)
      for key in names(of: outer) {
        let name = ClonePropertyKey(key.stringValue)
        values.append((name, nil, try kind(of: key, in: outer)))
        guard let inner = try? outer.nestedContainer(keyedBy: Name.self, forKey: key) else {
          continue
        }
        for innerKey in names(of: inner).prefix(64) {
          let innerName = ClonePropertyKey(innerKey.stringValue)
          // The outer object first, which has it or not.
          let found = outer.contains(innerKey) ? try kind(of: innerKey, in: outer) : "nil"
          values.append((innerName, nil, found))
          values.append((name, innerName, try kind(of: innerKey, in: inner)))
        }
      }
    }

    /// The names but those that no Swift string holds.
    private func names(of container: KeyedDecodingContainer<Name>) -> [Name] {
      container.allKeys.filter { !$0.stringValue.unicodeScalars.contains("\u{FFFD}") }
    }

    private func kind(
      of key: Name, in container: KeyedDecodingContainer<Name>
    ) throws -> String {
      try container.decodeNil(forKey: key)
        ? "nil" : container.decode(CloneValue.self, forKey: key).kindName
    }
  }

  /// A class whose containers are filled in turn.
  final class Tree: Codable {
    var children: [Tree]
    var name: String?
    enum Keys: String, CodingKey { case a, b }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      children = try container.decodeIfPresent([Tree].self, forKey: .a) ?? []
      name = try container.decodeIfPresent(String.self, forKey: .b)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      var list = container.nestedUnkeyedContainer(forKey: .a)
      for child in children.prefix(1) { try list.encode(child) }
      try container.encodeIfPresent(name, forKey: .b)
      for child in children.dropFirst() { try list.encode(child) }
    }
  }
}
