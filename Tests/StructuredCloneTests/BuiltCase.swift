import StructuredClone
import Testing
import _CloneFixtures

/// A value that is built in Swift, and the golden it must be written as.
struct BuiltCase: Sendable, CustomTestStringConvertible {
  /// Section and name, as in the fixtures.
  let name: String
  /// The engines in which the JavaScript expression means this value.
  let engines: Engines
  /// One value, or several behind one header.
  let values: [CloneValue]
  /// Buffers that are transferred under the ids 0, 1, …
  let transfer: [CloneArrayBuffer]
  /// Whether tokens of shared buffers and modules are written with the ids they hold.
  let namesTokens: Bool
  /// Where the value is refused by the engines that refuse it.
  let path: String?

  var testDescription: String { name }

  /// Engines from the oldest V8 to the newest.
  struct Engines: Sendable {
    static let order = [
      "node14", "node16", "node18", "node20", "node22", "node24", "deno", "v8-15.0",
    ]
    let names: [String]
    static let all = Engines(names: order)
    /// Engines older than one.
    static func before(_ name: String) -> Engines {
      Engines(names: Array(order.prefix { $0 != name }))
    }
    /// One engine and all newer ones.
    static func since(_ name: String) -> Engines {
      Engines(names: Array(order.drop { $0 != name }))
    }
    /// Some engines.
    static func only(_ names: String...) -> Engines { Engines(names: names) }
  }

  /// Gives tokens the ids they hold.
  private struct TokenDelegate: ValueSerializerDelegate {
    func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? { buffer.cloneID }
    func transferID(of module: CloneWasmModule) -> UInt32? { module.transferID }
  }

  /// Writes the value as every engine it is meant for and compares with what that engine did.
  func check() throws {
    let fixture = try #require(BuiltCase.fixtures[name], "\(name) is no fixture")
    for golden in fixture.goldens {
      for engine in golden.engines where engines.names.contains(engine) {
        let profile = try #require(CloneProfile(named: engine))
        let comment: Comment = "\(name) as \(engine)"
        if let written = golden.written {
          do {
            let bytes = try write(fixture, profile)
            #expect(hex(bytes) == written, comment)
            if fixture.prefix == nil, fixture.several == nil, transfer.isEmpty, !namesTokens {
              #expect(try values[0].encoded(profile: profile) == bytes, comment)
            }
          } catch {
            Issue.record("\(comment) must be written: \(error)")
          }
        } else if let refused = golden.refused {
          checkRefusal(fixture, profile, message: refused, partial: golden.partial, comment)
        }
      }
    }
  }

  private func serializer(
    _ fixture: Fixtures.ValueCase, _ profile: CloneProfile
  ) -> ValueSerializer {
    var serializer = ValueSerializer(
      profile: profile, delegate: namesTokens ? TokenDelegate() : nil)
    for (id, buffer) in transfer.enumerated() {
      serializer.transferArrayBuffer(UInt32(id), buffer)
    }
    serializer.writeRawBytes(Fixtures.bytes(fixture.prefix ?? ""))
    serializer.writeHeader()
    return serializer
  }

  private func write(_ fixture: Fixtures.ValueCase, _ profile: CloneProfile) throws -> [UInt8] {
    var serializer = serializer(fixture, profile)
    for value in values { try serializer.writeValue(value) }
    return serializer.release()
  }

  private func checkRefusal(
    _ fixture: Fixtures.ValueCase, _ profile: CloneProfile, message: String, partial: String?,
    _ comment: Comment
  ) {
    var serializer = serializer(fixture, profile)
    do throws(DataCloneError) {
      for value in values { try serializer.writeValue(value) }
      Issue.record("\(comment) must be refused: \(message)")
    } catch {
      #expect(error.message == message, comment)
      #expect(error.path.description == path, comment)
      if let partial { #expect(hex(serializer.release()) == partial, comment) }
    }
  }

  static let fixtures: [String: Fixtures.ValueCase] = Dictionary(
    uniqueKeysWithValues: Fixtures.values.map { ($0.name, $0) })
}

/// The built values of a section.
struct BuiltTable {
  let section: String
  private(set) var cases: [BuiltCase] = []

  init(_ section: String) { self.section = section }

  /// Adds a value.
  mutating func add(
    _ name: String, on engines: BuiltCase.Engines = .all, transfer: [CloneArrayBuffer] = [],
    namesTokens: Bool = false, path: String? = nil, _ value: CloneValue
  ) {
    cases.append(
      BuiltCase(
        name: "\(section).\(name)", engines: engines, values: [value], transfer: transfer,
        namesTokens: namesTokens, path: path))
  }

  /// Adds several values behind one header.
  mutating func add(
    _ name: String, transfer: [CloneArrayBuffer] = [], path: String? = nil, several: [CloneValue]
  ) {
    cases.append(
      BuiltCase(
        name: "\(section).\(name)", engines: .all, values: several, transfer: transfer,
        namesTokens: false, path: path))
  }
}

// MARK: - Building

/// Words to build values with, as short as JavaScript's.
protocol BuildsValues {}

extension BuildsValues {
  /// An array in sparse form; `nil` is a hole.
  static func holey(_ elements: CloneValue?...) -> CloneValue {
    .array(CloneArray(holey: elements))
  }

  /// A string in two-byte storage.
  static func wide(_ text: String) -> CloneString { CloneString(twoByte: text.utf16) }

  /// A `Map`.
  static func map(_ entries: (CloneValue, CloneValue)...) -> CloneValue { .map(CloneMap(entries)) }

  /// A `Set`.
  static func set(_ elements: CloneValue...) -> CloneValue { .set(CloneSet(elements)) }

  /// A `Date`.
  static func date(_ milliseconds: Double) -> CloneValue {
    .date(CloneDate(millisecondsSince1970: milliseconds))
  }

  /// A `RegExp`.
  static func regExp(_ source: CloneString, _ flags: CloneRegExp.Flags = []) -> CloneValue {
    .regExp(CloneRegExp(source, flags: flags))
  }

  /// What `Object(primitive)` makes.
  static func boxed(_ primitive: CloneValue) -> CloneValue {
    guard let object = CloneBoxedPrimitive(primitive) else { preconditionFailure("no primitive") }
    return .boxedPrimitive(object)
  }

  /// An `Error` with the stack `S`.
  static func error(
    _ name: CloneErrorObject.Name = .error, _ message: CloneString? = "m",
    stack: CloneString? = "S",
    cause: CloneValue? = nil
  ) -> CloneValue {
    .error(CloneErrorObject(name, message: message, stack: stack, cause: cause))
  }

  /// An `ArrayBuffer` of zeros.
  static func zeros(_ count: Int) -> CloneArrayBuffer {
    CloneArrayBuffer([UInt8](repeating: 0, count: count))
  }

  /// A resizable `ArrayBuffer` of zeros.
  static func zeros(_ count: Int, max: Int) -> CloneArrayBuffer {
    CloneArrayBuffer([UInt8](repeating: 0, count: count), maxByteLength: max)
  }

  /// A typed array or `DataView`.
  static func view(
    _ kind: CloneArrayBufferView.Kind, _ buffer: CloneArrayBuffer, _ offset: Int = 0,
    bytes: Int? = nil
  ) -> CloneArrayBufferView {
    guard
      let view = CloneArrayBufferView(kind, on: buffer, byteOffset: offset, byteLength: bytes)
    else { preconditionFailure("a view out of range") }
    return view
  }

  /// A typed array or `DataView` as a value.
  static func viewing(
    _ kind: CloneArrayBufferView.Kind, _ buffer: CloneArrayBuffer, _ offset: Int = 0,
    bytes: Int? = nil
  ) -> CloneValue { .arrayBufferView(view(kind, buffer, offset, bytes: bytes)) }

  /// Something uncloneable of which V8 says `text could not be cloned.`
  static func refused(_ text: CloneString, _ kind: CloneUncloneable.Kind = .other) -> CloneValue {
    .uncloneable(CloneUncloneable(kind, description: text))
  }

  /// A function of this source text.
  static func function(_ source: CloneString = "() => 1") -> CloneValue {
    refused(source, .function)
  }

  /// A symbol of this description.
  static func symbol(_ name: String) -> CloneValue {
    refused(CloneString("Symbol(\(name))"), .symbol)
  }

  /// The values that the fixtures put as keys, values, elements and causes, by their names there.
  ///
  /// Left out are those whose bytes are of a packed double array in one of these places.
  static func samples() -> [(name: String, value: CloneValue)] {
    let list: [(name: String, value: CloneValue)] = [
      ("null", nil),
      ("true", true),
      ("false", false),
      ("small", 1),
      ("bigint", .bigint(1)),
      ("string", "a"),
      ("empty-string", ""),
      ("two-byte", "\u{20ac}"),
      ("object", [:]),
      ("array", []),
      ("map", map()),
      ("set", set()),
      ("date", date(0)),
      ("regexp", regExp("a")),
      ("boxed", boxed("a")),
      ("boxed-bigint", boxed(.bigint(1))),
      ("buffer", .arrayBuffer(zeros(1))),
      ("view", viewing(.uint8, zeros(1))),
      ("hole", holey(nil)),
    ]
    return list
  }
}
