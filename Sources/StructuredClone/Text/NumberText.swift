/// Numbers as JavaScript prints them (ECMAScript, Number::toString, radix 10).
package enum NumberText {
  /// The text of a number.
  package static func string(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == 0 { return "0" }
    if let integer = Int64(exactly: value), integer.magnitude < 1 << 53 { return String(integer) }
    // Swift prints the shortest digits that read back as the same number, which is what the standard
    // asks for; only the layout differs.
    var digits = ""
    var exponent = 0
    var text = Substring("\(value.magnitude)")
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = text[..<mark]
    }
    if let point = text.firstIndex(of: ".") {
      let fraction = text[text.index(after: point)...]
      digits = String(text[..<point]) + (fraction == "0" ? "" : fraction)
      exponent += text.distance(from: text.startIndex, to: point)
    } else {
      digits = String(text)
      exponent += digits.count
    }
    let leading = digits.prefix { $0 == "0" }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == "0" { digits.removeLast() }

    let sign = value < 0 ? "-" : ""
    let count = digits.count
    if count <= exponent, exponent <= 21 {
      return sign + digits + String(repeating: "0", count: exponent - count)
    }
    if 0 < exponent, exponent <= 21 {
      return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
    }
    if -6 < exponent, exponent <= 0 {
      return sign + "0." + String(repeating: "0", count: -exponent) + digits
    }
    let power = exponent - 1
    let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(abs(power))
  }
}
