/// How what follows a tag is laid out, and where ``WireNode`` keeps it.
enum WireLayout {
  /// Nothing follows.
  case bare
  /// One varint: `fields`.
  case varint
  /// Eight bytes: `bytes`.
  case eightBytes
  /// A length and that many bytes: `fields`, `bytes`.
  case string
  /// The same, and perhaps a view: `children`.
  case buffer
  /// Length, greatest length and bytes, and perhaps a view.
  case resizableBuffer
  /// A reference or transferred buffer: a varint, and perhaps a view.
  case reference
  /// Kind, offset, length and perhaps flags: `fields`.
  case view
  /// A bit field and digits: `fields`, `bytes`.
  case bigint
  /// A string: `children`.
  case boxedString
  /// A string, then flags: `children`, `fields`.
  case regExp
  /// Sections, each a node whose tag is the section's.
  case error
  /// Keys and values in turn, and a count: `children`, `ending`.
  case object, map
  /// A length, keys and values, counts of both.
  case sparseArray
  /// A length, as many values, keys and values, counts of both.
  case denseArray
  /// Values and a count.
  case set
  /// A varint and a value: `fields`, `children`.
  case verified

  init?(tag: UInt8) {
    switch Unicode.Scalar(tag) {
    case "_", "0", "T", "F", "-", "x", "y": self = .bare
    case "I", "U", "u", "w", "p": self = .varint
    case "N", "D", "n": self = .eightBytes
    case "\"", "c", "S": self = .string
    case "B", "C": self = .buffer
    case "~": self = .resizableBuffer
    case "^", "t": self = .reference
    case "V": self = .view
    case "Z", "z": self = .bigint
    case "s": self = .boxedString
    case "R": self = .regExp
    case "r": self = .error
    case "o": self = .object
    case ";": self = .map
    case "'": self = .set
    case "a": self = .sparseArray
    case "A": self = .denseArray
    case "?": self = .verified
    default: return nil
    }
  }

  /// The tag that ends the container, and how many varints follow it.
  var end: (tag: UInt8, fields: Int)? {
    switch self {
    case .object: (UInt8(ascii: "{"), 1)
    case .map: (UInt8(ascii: ":"), 1)
    case .set: (UInt8(ascii: ","), 1)
    case .sparseArray: (UInt8(ascii: "@"), 2)
    case .denseArray: (UInt8(ascii: "$"), 2)
    default: nil
    }
  }

  /// Sections of errors that hold a string or a value.
  static func sectionHoldsValue(_ tag: UInt8) -> Bool {
    tag == UInt8(ascii: "m") || tag == UInt8(ascii: "s") || tag == UInt8(ascii: "c")
  }
}
