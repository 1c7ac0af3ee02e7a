import StructuredClone
import Testing

/// Strings, the alignment of two-byte strings, and regular expressions.
struct BuiltText: BuildsValues {
  static let cases = strings() + alignment() + regexps()

  @Test(arguments: strings()) func `strings as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: alignment()) func `alignment as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: regexps()) func `regexps as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  /// A text many times.
  private static func many(_ text: String, _ count: Int) -> CloneValue {
    CloneValue(String(repeating: text, count: count))
  }

  private static func units(_ units: UInt16...) -> CloneValue {
    .string(CloneString(utf16: units))
  }

  private static func slice(_ text: String) -> CloneValue { .string(wide(text)) }

  static func strings() -> [BuiltCase] {
    var table = BuiltTable("strings")
    table.add("empty", "")
    table.add("ascii", "hello")
    table.add("one", "a")
    table.add("space", " ")
    table.add("quote", "\"")
    table.add("backslash", "\\")
    table.add("newline", "\n")
    table.add("nul", "\0")
    table.add("nuls", "a\0b\0")
    table.add("controls", "\u{1}\u{1f}\u{7f}")
    table.add("latin1", "\u{e9}")
    table.add("latin1-all-high", .string(CloneString(latin1: [0x80, 0xA0, 0xBF, 0xC0, 0xFF])))
    table.add("latin1-last", "\u{ff}")
    table.add("first-two-byte", "\u{100}")
    table.add("two-byte", "\u{20ac}")
    table.add("mixed", "a\u{20ac}")
    table.add("mixed-latin1", "\u{e9}\u{20ac}")
    table.add("cjk", "\u{65e5}\u{672c}\u{8a9e}")
    table.add("emoji", "\u{1f600}")
    table.add("emoji-sequence", "\u{1f468}\u{200d}\u{1f469}")
    table.add("high-surrogate", units(0xD800))
    table.add("low-surrogate", units(0xDC00))
    table.add("swapped-surrogates", units(0xDE00, 0xD83D))
    table.add("surrogate-in-text", units(0x61, 0xD83D, 0x62))
    table.add("last-unit", units(0xFFFF))
    table.add("bom", "\u{feff}")
    table.add("byte-order", "\u{102}\u{201}")
    table.add("zero-low-byte", "\u{100}\u{200}")
    table.add("replacement", "\u{fffd}")
    table.add("line-separators", "\u{2028}\u{2029}")
    table.add("combining", "e\u{301}")
    table.add("rtl", "\u{5e9}\u{5dc}")
    table.add("looks-like-header", "\u{ff}\u{f}")
    table.add("looks-like-object", "o{")
    table.add("looks-like-padding", "\0\0\u{20ac}")
    for count in [126, 127, 128, 129, 255, 256, 300, 16384] {
      table.add("one-byte-\(count)", many("a", count))
    }
    for count in [127, 128] { table.add("latin1-\(count)", many("\u{e9}", count)) }
    for count in [2, 3, 62, 63, 64, 65, 127, 128] {
      table.add("two-byte-\(count)", many("\u{20ac}", count))
    }

    // Slices keep the storage of what they were cut from, unless they are short.
    table.add("two-byte-8192-of-latin1", slice(String(repeating: "a", count: 8192)))
    table.add("slice-long", slice("abcdefghijklmnop"))
    table.add("slice-of-11", on: .before("node22"), slice("abcdefghijk"))
    table.add("slice-of-11", on: .since("node22"), "abcdefghijk")
    table.add("slice-of-12", on: .before("node22"), slice("abcdefghijkl"))
    table.add("slice-of-12", on: .since("node22"), "abcdefghijkl")
    table.add("slice-of-13", slice("abcdefghijklm"))
    table.add("slice-of-14", slice("abcdefghijklmn"))
    table.add(
      "substring-latin1-12", on: .before("node22"), slice(String(repeating: "\u{e9}", count: 12)))
    table.add("substring-latin1-12", on: .since("node22"), many("\u{e9}", 12))
    table.add("substring-latin1-13", slice(String(repeating: "\u{e9}", count: 13)))
    table.add("substring-latin1-14", slice(String(repeating: "\u{e9}", count: 14)))
    table.add("slice-two-byte", "cdefghijklmnop\u{20ac}qrst")
    table.add("slice-one-byte-parent", "cdefghijklmnopqrst")
    table.add("replace", on: .before("node22"), slice("abc"))
    table.add("replace", on: .since("node22"), "abc")
    table.add("replace-long", slice("abcdefghijklmnop"))
    table.add("replace-all-pattern", "ab")
    table.add(
      "split", on: .before("node22"), ["\u{20ac}", slice("abc"), slice("abcdefghijklmnop")])
    table.add(
      "split", on: .only("node22", "node24"), ["\u{20ac}", "abc", slice("abcdefghijklmnop")])
    table.add("split", on: .since("deno"), ["\u{20ac}", "abc", "abcdefghijklmnop"])
    table.add("split-units", holey("\u{20ac}", "a"))
    table.add("char-at", "a")
    table.add("char-at-two-byte", "\u{20ac}")
    table.add("concatenation", "abc\u{20ac}")
    table.add("concatenation-long", "abcdefghijklmnop\u{20ac}")
    table.add("concatenation-one-byte", "abcdefghijklmnopxxx")
    table.add("join-of-slices", slice("abcdefghijklmnopb"))
    table.add("trim", slice("abcdefghijklmnop"))
    table.add("trim-short", on: .before("node22"), slice("ab"))
    table.add("trim-short", on: .since("node22"), "ab")
    table.add("to-upper", "\u{178}")
    table.add("to-lower", "i\u{307}")
    table.add("normalize", "\u{e9}")
    table.add("normalize-long", "\u{e9}abcdefghijklmnop")
    table.add("from-char-codes", units(0x61, 0x62))
    table.add("from-char-codes-two-byte", units(0x61, 0x20AC))
    table.add("from-code-point", "\u{1f600}a")
    table.add("json-parse", on: .only("node18"), slice("abc"))
    table.add(
      "json-parse",
      on: .only("node14", "node16", "node20", "node22", "node24", "deno", "v8-15.0"), "abc")
    table.add("json-parse-of-two-byte-text", ["\u{20ac}", "abcdefghijklmnop"])
    table.add("json-stringify", "{\"a\":\"\u{20ac}\"}")
    table.add("template", "1a\u{e9}")
    table.add("number-to-string", "1.5")
    table.add("decoded-utf8", "a\u{e9}")
    table.add("pad-start", CloneValue(String(repeating: "\u{e9}", count: 19) + "a"))
    table.add("match", slice("abcdefghijklmnop"))
    table.add("regexp-exec-group", slice("abcdefghijklmnop"))
    table.add("raw", #"\n"#)
    table.add("symbol-description", "abc")
    table.add("function-name", "abc")
    table.add("escaped", "%u20AC")
    table.add("uri-decoded", "\u{20ac}a")
    table.add("uri-decoded-latin1", slice("\u{e9}a"))
    return table.cases
  }

  static func alignment() -> [BuiltCase] {
    var table = BuiltTable("alignment")
    for count in 0...5 { table.add("after-\(count)", [many("a", count), "\u{20ac}"]) }
    for count in 126...129 { table.add("after-long-\(count)", [many("a", count), "\u{20ac}"]) }
    for count in 63...64 {
      table.add("length-\(count)-even", ["", many("\u{20ac}", count)])
      table.add("length-\(count)-odd", ["a", many("\u{20ac}", count)])
    }
    table.add("twice", ["\u{20ac}", "\u{20ac}"])
    table.add("many", ["\u{20ac}", 1, "\u{20ac}", nil, "\u{20ac}\u{20ac}", true, "\u{20ac}"])
    table.add("in-object", ["a": "\u{20ac}"])
    table.add("in-object-odd", ["ab": "\u{20ac}"])
    table.add("key", ["\u{20ac}": 1])
    table.add("key-after-small", ["\u{e9}": 1, "\u{20ac}": 2])
    table.add("keys", ["\u{20ac}1": 1, "\u{20ac}22": 22, "\u{20ac}333": 3333])
    table.add("key-and-value", ["\u{20ac}": "\u{20ac}"])
    table.add("boxed", boxed("\u{20ac}"))
    table.add("boxed-in-array", [boxed("\u{20ac}"), boxed("\u{20ac}\u{20ac}")])
    table.add("regexp", regExp(#"\u20ac"#))
    table.add("regexp-with-text", regExp("\u{20ac}"))
    table.add("regexp-with-text-odd", [1, regExp("\u{20ac}")])
    table.add("map", map(("\u{20ac}", "\u{20ac}"), ("a", "\u{20ac}")))
    table.add("set", set("\u{20ac}", "a", "\u{20ac}\u{20ac}"))
    table.add("after-double", [0.5, "\u{20ac}"])
    table.add("after-bigint", [.bigint(1), "\u{20ac}"])
    table.add("after-buffer", [.arrayBuffer(zeros(3)), "\u{20ac}"])
    let object: CloneValue = [:]
    table.add("after-reference", [object, object, "\u{20ac}"])
    table.add("nested", ["a": ["b": ["c": "\u{20ac}"]]])
    table.add("sparse", holey(nil, "\u{20ac}"))
    table.add("message", error(.error, "\u{20ac}"))
    table.add("message-and-stack", error(.error, "\u{20ac}", stack: "\u{20ac}\u{20ac}"))
    return table.cases
  }

  static func regexps() -> [BuiltCase] {
    var table = BuiltTable("regexps")
    for letters in ["g", "i", "m", "s", "u", "y", "d", "v"] {
      table.add("flag-\(letters)", regExp("a", CloneRegExp.Flags(letters: letters) ?? []))
    }
    let combinations = [
      "gi", "gim", "gimsuy", "dgimsuy", "dgimsvy", "my", "su", "uy", "gv", "dg", "is", "gimy",
    ]
    for letters in combinations {
      table.add("flags-\(letters)", regExp("a", CloneRegExp.Flags(letters: letters) ?? []))
    }
    table.add("plain", regExp("abc"))
    table.add("empty", regExp(""))
    table.add("empty-group", regExp("(?:)"))
    table.add("slash", regExp(#"\/"#))
    table.add("slash-in-text", regExp("/"))
    table.add("slashes-in-text", regExp("a/b/c"))
    table.add("slash-in-class", regExp("[/]"))
    table.add("escaped-slash-in-text", regExp(#"\/"#))
    table.add("backslash-slash-in-text", regExp(#"\\/"#))
    table.add("newline-in-text", regExp("\n"))
    table.add("return-in-text", regExp(CloneString(latin1: [0x0D, 0x0A])))
    table.add("separators-in-text", regExp("\u{2028}\u{2029}"))
    table.add("escaped-newline", regExp(#"\n"#))
    table.add("backslash-newline-in-text", regExp("\\\n"))
    table.add("tab-in-text", regExp("\t"))
    table.add("latin1", regExp(#"\xe9"#))
    table.add("latin1-in-text", regExp("\u{e9}"))
    table.add("two-byte-in-text", regExp("\u{20ac}"))
    table.add("two-byte-slash-in-text", regExp("\u{20ac}/"))
    table.add("emoji-unicode", regExp("\u{1f600}", .unicode))
    table.add("named-groups", regExp(#"(?<year>\d{4})-(?<month>\d\d)"#, .unicode))
    table.add("lookbehind", regExp("(?<=a)b(?!c)"))
    table.add("property-escape", regExp(#"\p{Lu}"#, .unicode))
    table.add("set-notation", regExp("[a--b]", .unicodeSets))
    table.add("modifiers", regExp("(?i:a)"))
    table.add("duplicate-groups", regExp("(?<x>a)|(?<x>b)"))
    table.add("quantifiers", regExp("a*b+?c{2,3}"))
    table.add("class", regExp(#"[^a-z\d\]]"#, .ignoreCase))
    table.add("last-index-lost", regExp("a", .global))
    table.add("properties-dropped", regExp("a"))
    table.add("source-overridden", regExp("a"))
    table.add("flags-overridden", regExp("a", .global))
    table.add("subclass", regExp("a", .global))
    table.add("of-regexp", regExp("a", .ignoreCase))
    table.add("compiled-again", regExp("b", .global))
    let pattern = regExp("a", .global)
    table.add("repeated", [pattern, pattern])
    table.add("equal-not-shared", [regExp("a", .global), regExp("a", .global)])

    // V8 9.4 and 15.0 find the storage of a source in their cache of compiled patterns.
    let text: CloneString = "abcdefghijklmnop"
    let slice = wide("abcdefghijklmnop")
    table.add("slice-source", regExp(slice))
    table.add(
      "slice-source-after-literal", on: .only("node14", "node16", "deno", "v8-15.0"),
      [regExp(text), regExp(text)])
    table.add(
      "slice-source-after-literal", on: .only("node18", "node20", "node22", "node24"),
      [regExp(text), regExp(slice)])
    table.add(
      "slice-source-before-literal", on: .only("node14", "node16", "deno", "v8-15.0"),
      [regExp(slice), regExp(slice)])
    table.add(
      "slice-source-before-literal", on: .only("node18", "node20", "node22", "node24"),
      [regExp(slice), regExp(text)])
    table.add("slice-source-other-flags", [regExp(text), regExp(slice, .global)])
    table.add("long-source", regExp(CloneString(String(repeating: "a", count: 130))))
    table.add("nul", regExp("\0"))
    table.add("lone-surrogate", regExp(CloneString(utf16: [0xD800])))
    return table.cases
  }
}
