import Foundation
import StructuredClone
import StructuredCloneCodable

/// What a type does that reads itself in any order: by a script of random numbers, which writes down all that it finds.
///
/// The same script finds the same, whichever way a decoder reads.
final class ReadingScript: @unchecked Sendable {
  static let key: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "script") else {
      fatalError("a name is a key")
    }
    return key
  }()

  /// What the payload holds: scripts ask for names that are there, mostly in their order.
  let value: CloneValue
  // One decoder at a time uses them, on one thread.
  private let seed: UInt64
  private var state: UInt64
  private var stepsLeft = 160
  private(set) var log: [String] = []
  /// Containers of objects that are read, were read, or are around those.
  fileprivate var kept: [KeyedDecodingContainer<ScriptedReading.Name>] = []

  init(_ value: CloneValue, seed: UInt64) {
    self.value = value
    self.seed = seed
    state = seed
  }

  /// Begins again: a payload that turns out to be another than it seemed is read twice.
  func restart() {
    state = seed
    stepsLeft = 160
    log = []
    kept = []
  }

  /// Uses containers when everything was read.
  func end() {
    stepsLeft += 16
    for container in kept.prefix(4) { ScriptedReading.read(container, self, steps: 2) }
    kept = []
  }

  /// A number below another, or `nil` when the script has ended.
  func next(below bound: Int) -> Int? {
    guard stepsLeft > 0 else { return nil }
    stepsLeft -= 1
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }

  /// Writes down what an operation finds, or why it fails.
  func note<Value>(_ name: String, _ body: () throws -> Value) {
    let found: String
    do {
      found = "\(try body())"
    } catch {
      found = ReadingScript.text(error)
    }
    log.append("\(name): \(found)")
  }

  /// An error, without the offset, which only bytes have.
  static func text(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
      let cause = context.underlyingError as? CloneDecodingError
      return "\(path(context.codingPath)) \(cause.map { "\($0.reason)" } ?? "-")"
    default: return "\(error)"
    }
  }

  static func path(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
  }

  /// The names of the object at a path, in their order.
  func names(at path: [any CodingKey]) -> [String] {
    var value = value
    for key in path {
      if let object = value.object {
        value = object[ClonePropertyKey(key.stringValue)]
      } else if let array = value.array, let index = key.intValue, index < array.count {
        value = array[index]
      } else {
        return []
      }
    }
    return (value.object?.keys).map { Array($0.prefix(24)).map { "\($0)" } } ?? []
  }
}

/// A type that does what a script says.
struct ScriptedReading: Decodable, CustomStringConvertible {
  let description: String

  /// Any name.
  struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A class that reads its properties after those of its superclass.
  class Base: Decodable {
    required init(from decoder: any Decoder) throws {
      guard let script = decoder.userInfo[ReadingScript.key] as? ReadingScript else { return }
      ScriptedReading.read(try decoder.container(keyedBy: Name.self), script, steps: 2)
    }
  }

  final class Derived: Base {
    required init(from decoder: any Decoder) throws {
      try super.init(from: decoder)
      guard let script = decoder.userInfo[ReadingScript.key] as? ReadingScript else { return }
      ScriptedReading.read(try decoder.container(keyedBy: Name.self), script, steps: 8)
    }
  }

  struct Refusal: Error {}

  /// The value of a payload.
  struct Root: Decodable {
    let value: ScriptedReading

    init(from decoder: any Decoder) throws {
      (decoder.userInfo[ReadingScript.key] as? ReadingScript)?.restart()
      value = try ScriptedReading(from: decoder)
    }
  }

  init(from decoder: any Decoder) throws {
    description = ReadingScript.path(decoder.codingPath)
    guard let script = decoder.userInfo[ReadingScript.key] as? ReadingScript,
      let choice = script.next(below: 12)
    else { return }
    switch choice {
    case 0: return
    case 1: throw Refusal()
    case 2: ScriptedReading.read(try decoder.singleValueContainer(), script)
    case 3: _ = try Derived(from: decoder)
    case 4, 5, 6:
      var container = try decoder.unkeyedContainer()
      ScriptedReading.read(&container, script)
    default:
      let container = try decoder.container(keyedBy: Name.self)
      ScriptedReading.read(container, script, steps: 24)
      // Once more, when all was read.
      if choice == 7 { ScriptedReading.read(container, script, steps: 2) }
    }
  }

  static func read(
    _ container: KeyedDecodingContainer<Name>, _ script: ReadingScript, steps: Int
  ) {
    let names = script.names(at: container.codingPath)
    if script.kept.count < 16 { script.kept.append(container) }
    var next = 0
    for _ in 0..<steps {
      guard let choice = script.next(below: 24), let type = script.next(below: 16) else { return }
      var name = next < names.count ? names[next] : "end"
      if choice == 0 { name = "missing" }
      if choice == 1, !names.isEmpty { name = names[type % names.count] }
      let key = Name(stringValue: name)
      if choice > 1 { next += 1 }
      switch choice {
      case 2: script.note("allKeys") { container.allKeys.map { $0.stringValue } }
      case 3: script.note("contains \(name)") { container.contains(key) }
      case 4: script.note("decodeNil \(name)") { try container.decodeNil(forKey: key) }
      case 5:
        script.note("nested \(name)") {
          let inner = try container.nestedContainer(keyedBy: Name.self, forKey: key)
          read(inner, script, steps: 6)
        }
      case 6:
        script.note("unkeyed \(name)") {
          var inner = try container.nestedUnkeyedContainer(forKey: key)
          read(&inner, script)
        }
      case 7:
        script.note("super \(name)") {
          try ScriptedReading(from: container.superDecoder(forKey: key))
        }
      case 8: read(script.kept[type % script.kept.count], script, steps: 2)
      case 9: return
      case 10, 11, 12:
        if script.next(below: 2) == 0 { next -= 1 }
        readIfPresent(key, type, container, script)
      default: read(key, type, container, script)
      }
    }
  }

  private static func read(
    _ key: Name, _ type: Int, _ container: KeyedDecodingContainer<Name>, _ script: ReadingScript
  ) {
    script.note("\(type) \(key.stringValue)") { () throws -> Any in
      switch type {
      case 0: try container.decode(Int.self, forKey: key)
      case 1: try container.decode(String.self, forKey: key)
      case 2: try container.decode(Double.self, forKey: key).bitPattern
      case 3: try container.decode(Bool.self, forKey: key)
      case 4: try container.decode([Int].self, forKey: key)
      case 5: try container.decode([String].self, forKey: key)
      case 6: try container.decode(Date.self, forKey: key)
      case 7: try container.decode(UInt8.self, forKey: key)
      case 8: try container.decode(Float.self, forKey: key)
      case 9: try container.decode([ScriptedReading?].self, forKey: key)
      case 10:
        try container.decode([String: ScriptedReading].self, forKey: key)
          .sorted { $0.key < $1.key }
      case 11: try container.decode([ScriptedReading].self, forKey: key)
      case 12: try container.decode(ScriptedReading?.self, forKey: key) as Any
      default: try container.decode(ScriptedReading.self, forKey: key)
      }
    }
  }

  private static func readIfPresent(
    _ key: Name, _ type: Int, _ container: KeyedDecodingContainer<Name>, _ script: ReadingScript
  ) {
    script.note("\(type)? \(key.stringValue)") { () throws -> Any? in
      switch type {
      case 0: try container.decodeIfPresent(Int.self, forKey: key)
      case 1: try container.decodeIfPresent(String.self, forKey: key)
      case 2: try container.decodeIfPresent(Double.self, forKey: key)
      case 3: try container.decodeIfPresent(Bool.self, forKey: key)
      case 4: try container.decodeIfPresent([Double].self, forKey: key)?.map(\.bitPattern)
      case 5: try container.decodeIfPresent(Date.self, forKey: key)
      case 6: try container.decodeIfPresent([ScriptedReading].self, forKey: key)
      default: try container.decodeIfPresent(ScriptedReading.self, forKey: key)
      }
    }
  }

  private static func read(
    _ container: inout any UnkeyedDecodingContainer, _ script: ReadingScript
  ) {
    // A copy goes on on its own.
    var copy = container
    for _ in 0..<16 {
      guard let choice = script.next(below: 16) else { return }
      script.note("at \(container.currentIndex) of \(container.count ?? -1)") { container.isAtEnd }
      switch choice {
      case 0: script.note("Int") { try container.decode(Int.self) }
      case 1: script.note("String") { try container.decode(String.self) }
      case 2: script.note("Double") { try container.decode(Double.self).bitPattern }
      case 3: script.note("Bool") { try container.decode(Bool.self) }
      case 4: script.note("nil") { try container.decodeNil() }
      case 5:
        script.note("nested") {
          read(try container.nestedContainer(keyedBy: Name.self), script, steps: 6)
        }
      case 6:
        script.note("unkeyed") {
          var inner = try container.nestedUnkeyedContainer()
          read(&inner, script)
        }
      case 7: script.note("super") { try ScriptedReading(from: container.superDecoder()) }
      case 8: script.note("copy") { try copy.decode(ScriptedReading.self) }
      case 9: return
      default: script.note("type") { try container.decode(ScriptedReading.self) }
      }
    }
  }

  private static func read(
    _ container: any SingleValueDecodingContainer, _ script: ReadingScript
  ) {
    for _ in 0..<3 {
      guard let choice = script.next(below: 8) else { return }
      switch choice {
      case 0: script.note("single nil") { container.decodeNil() }
      case 1: script.note("single Int") { try container.decode(Int.self) }
      case 2: script.note("single String") { try container.decode(String.self) }
      case 3: script.note("single Double") { try container.decode(Double.self) }
      case 4: script.note("single Date") { try container.decode(Date.self) }
      case 5: return
      default: script.note("single type") { try container.decode(ScriptedReading.self) }
      }
    }
  }
}
