import StructuredClone
import Testing

/// Values behind other bytes, and several values behind one header.
struct BuiltStreams: BuildsValues {
  static let cases = prefixes() + streams()

  @Test(arguments: prefixes()) func `prefixes as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: streams()) func `streams as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  static func prefixes() -> [BuiltCase] {
    var table = BuiltTable("prefixes")
    let prefixes = [
      "aa", "aabb", "aabbcc", "aabbccdd", "ff15fe000000000000000000000000", "00", "ff", "ff0f",
      "ff13",
    ]
    for prefix in prefixes {
      table.add("\(prefix)-null", nil)
      table.add("\(prefix)-u20ac", "\u{20ac}")
      table.add("\(prefix)-a-u20ac", ["a": "\u{20ac}"])
      table.add("\(prefix)-a-u20ac-u20ac", ["a", "\u{20ac}", "\u{20ac}"])
    }
    table.add("refused", path: "$.f", ["a": "\u{20ac}", "f": function("f() {}")])
    let four = zeros(4)
    table.add("transferred", transfer: [four], [.arrayBuffer(four), "\u{20ac}"])
    table.add("view", viewing(.uint8, CloneArrayBuffer([1, 2])))
    return table.cases
  }

  static func streams() -> [BuiltCase] {
    var table = BuiltTable("streams")
    table.add("two-primitives", several: [1, 2])
    table.add("primitives", several: [nil, .undefined, true, "s", 1.5, .bigint(1)])
    table.add("two-objects", several: [["a": 1], ["b": 2]])
    let object: CloneValue = ["a": 1]
    table.add("same-object", several: [object, object])
    let empty: CloneValue = [:]
    table.add("same-object-inside", several: [empty, [empty], ["o": empty]])
    let epoch = date(0)
    table.add("same-date", several: [epoch, epoch])
    let one = zeros(1)
    let view = viewing(.uint8, one)
    table.add("same-view", several: [view, .arrayBuffer(one), view])
    table.add("buffer-then-view", several: [.arrayBuffer(one), viewing(.uint8, one)])
    table.add("two-byte", several: ["\u{20ac}", "a", "\u{20ac}", "\u{20ac}"])
    table.add("maps", several: [map((empty, 1)), set(empty)])
    let text: CloneValue = "abc"
    table.add("same-string", several: [text, text])
    table.add("refused-third", path: "$", several: [1, [:], function()])
    let two = zeros(2)
    let buffer = CloneValue.arrayBuffer(two)
    table.add("transferred", transfer: [two], several: [buffer, buffer, viewing(.uint8, two)])
    table.add("prefixed", several: ["\u{20ac}", ["a": 1], "\u{20ac}"])
    return table.cases
  }
}
