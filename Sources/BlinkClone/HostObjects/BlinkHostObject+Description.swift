extension BlinkHostObject: CustomStringConvertible {
  /// The interface and what is known of the object, in the manner of a JavaScript console: long lists of numbers, such as
  /// pixels and keys, are named by their lengths.
  public var description: String { "\(tag.interface) \(BlinkHostObject.text(of: content))" }

  /// What the object consists of.
  private var content: Any { Mirror(reflecting: self).children.first?.value ?? self }

  /// How many elements of a list are shown.
  private static let longestList = 16

  /// The text of a property. Their types are nested three deep at most.
  private static func text(of value: Any) -> String {
    switch value {
    case let text as String: return "'\(text)'"
    case let usages as CryptoKeyUsages: return "[\(usages.names.joined(separator: ", "))]"
    case let bytes as ArraySlice<UInt8>: return "<\(bytes.count) bytes>"
    default: break
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { text(of: $0.value) } ?? "null"
    case .collection:
      guard mirror.children.count <= longestList else {
        return "[\(mirror.children.count) elements]"
      }
      return "[" + mirror.children.map { text(of: $0.value) }.joined(separator: ", ") + "]"
    case .struct where !mirror.children.isEmpty, .tuple:
      return "{ " + properties(of: mirror) + " }"
    case .enum:
      guard let payload = mirror.children.first else { return "\(value)" }
      let nested = Mirror(reflecting: payload.value)
      let inner = nested.displayStyle == .tuple ? properties(of: nested) : text(of: payload.value)
      return "\(payload.label ?? "") { \(inner) }"
    default: return "\(value)"
    }
  }

  private static func properties(of mirror: Mirror) -> String {
    mirror.children.map { child in
      let text = text(of: child.value)
      guard let label = child.label, !label.hasPrefix(".") else { return text }
      return "\(label): \(text)"
    }.joined(separator: ", ")
  }
}
