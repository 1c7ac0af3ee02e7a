/// What `util.inspect` colours, with the codes that switch each colour on and off.
enum Style {
  case special, number, boolean, undefined, null, string, date, regExp

  private var codes: (on: Int, off: Int) {
    switch self {
    case .special: (36, 39)
    case .number, .boolean: (33, 39)
    case .undefined: (90, 39)
    case .null: (1, 22)
    case .string: (32, 39)
    case .date: (35, 39)
    case .regExp: (31, 39)
    }
  }

  func apply(_ text: String, colors: Bool) -> StyledText {
    var styled = StyledText(text)
    if colors { styled.text = "\u{1B}[\(codes.on)m\(text)\u{1B}[\(codes.off)m" }
    return styled
  }
}
