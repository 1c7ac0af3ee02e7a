import StructuredClone

/// The texts of what has no contents.
extension ValueText {
  func style(_ style: Style, _ text: String) -> StyledText {
    style.apply(text, colors: options.usesColors)
  }

  /// A named number.
  func entry(_ name: String, _ value: Int) -> StyledText {
    StyledText("\(name): ") + style(.number, String(value))
  }

  /// Something that is so.
  func flag(_ name: String) -> StyledText {
    StyledText("\(name): ") + style(.boolean, "true")
  }

  func sanitized(_ string: CloneString) -> String {
    QuotedText.sanitized(string.utf16.prefix(options.mostUnits)) + rest(of: string).text
  }

  /// What tells how much of a string was left out.
  func rest(of string: CloneString) -> StyledText {
    let rest = string.utf16Count - options.mostUnits
    return StyledText(rest > 0 ? "... \(rest) more character\(rest == 1 ? "" : "s")" : "")
  }

  func keyText(_ key: ClonePropertyKey) -> StyledText {
    let name = key.name
    if name == "__proto__" { return StyledText("['__proto__']: ") }
    if name.isPlainKey { return StyledText("\(name): ") }
    let units = name.utf16.prefix(options.mostUnits)
    return style(.string, QuotedText.quoted(units)) + rest(of: name) + StyledText(": ")
  }

  func primitiveText(_ value: CloneValue) -> StyledText {
    let text = plainText(value)
    switch value {
    case .undefined: return style(.undefined, text)
    case .null: return style(.null, text)
    case .boolean: return style(.boolean, text)
    case .string(let string): return style(.string, text) + rest(of: string)
    default: return style(.number, text)
    }
  }

  /// A primitive without colours and without what tells how much of a string was left out.
  private func plainText(_ value: CloneValue) -> String {
    switch value {
    case .undefined: "undefined"
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .bigint(let integer): bigintText(integer)
    case .string(let string): QuotedText.quoted(string.utf16.prefix(options.mostUnits))
    default: numberText(value)
    }
  }

  /// A number as JavaScript prints it; −0 as `-0`.
  private func numberText(_ value: CloneValue) -> String {
    // Small integers are most numbers, and quickly printed.
    if let number = value.number, let integer = Int32(exactly: number),
      integer != 0 || number.sign == .plus
    {
      return String(integer)
    }
    return value.description
  }

  /// A big integer in decimal; a huge one in hexadecimal, and cut.
  private func bigintText(_ integer: CloneBigInt) -> String {
    let shown = 512
    guard let limit = options.stringLimit, integer.magnitude.count > max(limit, shown) else {
      return "\(integer)n"
    }
    let digits = HexText.digits(integer.magnitude.suffix(shown).reversed(), separator: "")
    let rest = integer.magnitude.count - shown
    return "\(integer.isNegative ? "-" : "")0x\(digits)... \(2 * rest) more digits n"
  }

  func bytesText(_ bytes: ArraySlice<UInt8>) -> String {
    let shown = bytes.prefix(options.mostItems)
    let rest = bytes.count - shown.count
    let text = HexText.digits(shown, separator: " ")
    return rest > 0 ? "\(text) ... \(rest) more byte\(rest == 1 ? "" : "s")" : text
  }

  func leafText(_ value: CloneValue) -> StyledText {
    switch value {
    case .date(let date):
      style(.date, date.isValid ? value.description : "Invalid Date")
    case .regExp(let regExp):
      style(.regExp, "/\(sanitized(regExp.escapedSource))/\(regExp.flags.letters)")
    case .boxedPrimitive(let box):
      boxText(box.primitive, kind: value.kindName)
    case .wasmModule(let module):
      StyledText("WebAssembly.Module { ") + entry("[id]", Int(module.transferID)) + StyledText(" }")
    case .sharedObject(let object):
      StyledText("SharedObject { ") + entry("[index]", Int(object.index)) + StyledText(" }")
    case .uncloneable(let object) where object.kind == .fault:
      style(.special, "[\(sanitized(object.description))]")
    case .uncloneable(let object):
      style(.special, "[uncloneable \(object.kind): \(sanitized(object.description))]")
    default: StyledText(value.kindName)
    }
  }

  private func boxText(_ primitive: CloneValue, kind: String) -> StyledText {
    // One colour for the whole, as `util.inspect` does it.
    var text = plainText(primitive)
    if case .string(let string) = primitive { text += rest(of: string).text }
    let color: Style =
      switch primitive {
      case .boolean: .boolean
      case .string: .string
      default: .number
      }
    return style(color, "[\(kind): \(text)]")
  }
}
