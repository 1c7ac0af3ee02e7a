/// A JavaScript `RegExp`: source and flags. `lastIndex` does not travel.
public struct CloneRegExp: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// The flags of a regular expression, with the bits V8 writes.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits as they are written.
    public let rawValue: UInt32
    /// Makes flags from the bits as they are written.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// `g`
    public static let global = Flags(rawValue: 1)
    /// `i`
    public static let ignoreCase = Flags(rawValue: 2)
    /// `m`
    public static let multiline = Flags(rawValue: 4)
    /// `y`
    public static let sticky = Flags(rawValue: 8)
    /// `u`
    public static let unicode = Flags(rawValue: 16)
    /// `s`
    public static let dotAll = Flags(rawValue: 32)
    /// `d`
    public static let hasIndices = Flags(rawValue: 128)
    /// `v`
    public static let unicodeSets = Flags(rawValue: 256)

    private static let letters: [(letter: Character, flag: Flags)] = [
      ("d", .hasIndices), ("g", .global), ("i", .ignoreCase), ("m", .multiline), ("s", .dotAll),
      ("u", .unicode), ("v", .unicodeSets), ("y", .sticky),
    ]

    /// The flags in the order of JavaScript's `flags` property.
    public var letters: String {
      String(Flags.letters.filter { contains($0.flag) }.map(\.letter))
    }

    /// Makes flags from their letters, or `nil` if one is unknown or repeated.
    public init?(letters: String) {
      var flags: Flags = []
      for letter in letters {
        guard let flag = Flags.letters.first(where: { $0.letter == letter })?.flag,
          flags.insert(flag).inserted
        else { return nil }
      }
      self = flags
    }
  }

  /// Makes a new regular expression. The source is the text between the slashes; it is not checked
  /// here and can be written, but nobody reads one that does not compile: ``syntaxError(for:)`` tells.
  public init(_ source: CloneString, flags: Flags = []) {
    receiver = Receiver(.regExp, extra: flags.rawValue)
    receiver.graph.cells.append(receiver.graph.makeCell(source))
  }

  /// The source as it is stored.
  public var source: CloneString { receiver.graph.string(of: receiver.cell(0)) ?? CloneString("") }

  /// The flags.
  public var flags: Flags { Flags(rawValue: receiver.record.extra) }

  /// The source as JavaScript's `source` property shows it (ECMAScript, EscapeRegExpPattern as V8 does
  /// it): slashes outside classes and line terminators escaped, an empty one as `(?:)`.
  public var escapedSource: CloneString { CloneRegExp.escape(source) }

  static func escape(_ source: CloneString) -> CloneString {
    if source.isEmpty { return CloneString("(?:)") }
    // Most sources are one-byte and stay as they are. The bytes are read within the closure only.
    let mayChange = unsafe source.content.withBytes { bytes in
      unsafe source.isTwoByte || bytes.contains { $0 == 0x2F || $0 == 0x0A || $0 == 0x0D }
    }
    guard mayChange else { return source }
    let units = source.units
    var escaped: [UInt16] = []
    escaped.reserveCapacity(units.count + 8)
    var inClass = false
    var afterBackslash = false
    for unit in units {
      var replacement: String?
      switch unit {
      case 0x0A: replacement = "\\n"
      case 0x0D: replacement = "\\r"
      case 0x2028: replacement = "\\u2028"
      case 0x2029: replacement = "\\u2029"
      case 0x2F where !inClass && !afterBackslash: replacement = "\\/"
      default: break
      }
      if let replacement {
        // A backslash before a line terminator escapes it already: the terminator's own is dropped.
        escaped.append(contentsOf: replacement.utf16.dropFirst(afterBackslash ? 1 : 0))
        afterBackslash = false
        continue
      }
      escaped.append(unit)
      if afterBackslash {
        afterBackslash = false
      } else if unit == 0x5C {
        afterBackslash = true
      } else if unit == 0x5B {
        inClass = true
      } else if unit == 0x5D {
        inClass = false
      }
    }
    return source.isTwoByte ? CloneString(twoByte: escaped) : CloneString(utf16: escaped)
  }
}
