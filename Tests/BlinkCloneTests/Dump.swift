import BlinkClone
import StructuredClone
import _CloneFixtures

/// A value as `chromium-page.js` describes it, by the grammar in Fixtures/README.md.
struct Dump {
  /// What is stored beside the value.
  let external: [Fixtures.BlinkCase.External]
  private var seen: [CloneValue] = []

  static func of(_ value: CloneValue, external: [Fixtures.BlinkCase.External] = []) -> String {
    var dump = Dump(external: external)
    return dump.text(of: value)
  }

  private init(external: [Fixtures.BlinkCase.External]) { self.external = external }

  mutating func text(of value: CloneValue) -> String {
    switch value {
    case .undefined, .null, .boolean, .number, .bigint, .string: return value.debugDescription
    default: break
    }
    if let number = seen.firstIndex(where: { $0 === value }) { return "#\(number)" }
    seen.append(value)
    return "#\(seen.count - 1)=\(content(of: value))"
  }

  private mutating func content(of value: CloneValue) -> String {
    switch value {
    case .object(let object): return properties(object)
    case .array(let array):
      var items = array.presentIndices.map { "\"\($0)\":\(text(of: array[$0]))" }
      items += array.properties.map { property($0.key, $0.value) }
      return "Array(\(array.count)){\(items.joined(separator: ","))}"
    case .map(let map):
      let entries = map.map { "\(text(of: $0.key))=>\(text(of: $0.value))" }
      return "Map{\(entries.joined(separator: ","))}"
    case .set(let set): return "Set{\(set.map { text(of: $0) }.joined(separator: ","))}"
    case .error(let error):
      var parts = ["\"\(error.name)\""]
      if let message = error.message { parts.append("message:\(text(of: .string(message)))") }
      if let stack = error.stack { parts.append("stack:\(text(of: .string(stack)))") }
      if let cause = error.cause { parts.append("cause:\(text(of: cause))") }
      return "Error(\(parts.joined(separator: ",")))"
    case .arrayBufferView(let view):
      let length = view.isLengthTracking ? "tracking" : "\(view.byteLength)"
      return "\(view.kind)(\(text(of: view.buffer)),\(view.byteOffset),\(length))"
    case .hostObject(let object):
      return "\(object.interface)(\(BlinkHostObject(object).map { content(of: $0) } ?? "?"))"
    default: return String(value.debugDescription.dropFirst("#0=".count))
    }
  }

  private mutating func properties(_ object: CloneObject) -> String {
    "{\(object.map { property($0.key, $0.value) }.joined(separator: ","))}"
  }

  private mutating func property(_ key: ClonePropertyKey, _ value: CloneValue) -> String {
    "\(text(of: .string(key.name))):\(text(of: value))"
  }
}

extension String {
  /// 64-bit FNV-1a, in hexadecimal.
  var fnv1a: String {
    let hash = utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
