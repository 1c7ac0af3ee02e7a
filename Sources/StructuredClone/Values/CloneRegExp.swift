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

  /// The source that an engine writes which escapes sources, or does not: an empty one always is.
  static func writtenSource(_ source: CloneString, isEscaped: Bool) -> CloneString {
    isEscaped || source.isEmpty ? escape(source) : source
  }

  static func escape(_ source: CloneString) -> CloneString {
    if source.isEmpty { return CloneString("(?:)") }
    // Most sources are one-byte and stay as they are. The bytes are read within the closure only.
    let isEscaped = unsafe source.content.withBytes { bytes in
      unsafe !source.isTwoByte && CloneRegExp.isEscaped(bytes)
    }
    guard !isEscaped else { return source }
    let units = source.units
    var escaped: [UInt16] = []
    escaped.reserveCapacity(units.count + 8)
    var inClass = false
    var afterBackslash = false
    for unit in units {
      let letters =
        unit == 0x2F && (inClass || afterBackslash) ? nil : CloneRegExp.escape(of: unit)
      if let letters {
        // A backslash before a line terminator escapes it already: the terminator's own is dropped.
        if !afterBackslash { escaped.append(0x5C) }
        escaped.append(contentsOf: letters.utf16)
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

  /// Whether nothing has to be escaped in a source of one-byte units.
  static func isEscaped(_ units: UnsafeRawBufferPointer) -> Bool {
    var inClass = false
    var afterBackslash = false
    for position in 0..<units.count {
      let unit = unsafe units[position]
      // Line terminators always have to.
      if unit == 0x0A || unit == 0x0D { return false }
      if afterBackslash {
        afterBackslash = false
        continue
      }
      switch unit {
      case 0x5C: afterBackslash = true
      case 0x5B: inClass = true
      case 0x5D: inClass = false
      case 0x2F: if !inClass { return false }
      default: break
      }
    }
    return true
  }

  /// What stands behind the backslash in place of a unit that is escaped.
  @inline(__always)
  private static func escape(of unit: UInt16) -> String? {
    guard unit == 0x2F || unit == 0x0A || unit == 0x0D || unit | 1 == 0x2029 else { return nil }
    return switch unit {
    case 0x0A: "n"
    case 0x0D: "r"
    case 0x2028: "u2028"
    case 0x2029: "u2029"
    default: "/"
    }
  }
}
