import StructuredClone
import Testing
import _CloneFixtures

/// What is read of damaged payloads.
struct SalvageTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let hex: String
    let value: String
    let faults: [String]

    init(_ description: String, _ hex: String, _ value: String, _ faults: String...) {
      self.description = description
      self.hex = hex
      self.value = value
      self.faults = faults
    }
  }

  static let cases = [
    Case(
      "nothing is wrong", "ff0f4905",
      #"-3"#),
    Case(
      "nothing", "",
      #"#0=Uncloneable("fault at 0")"#,
      #"0..<0 nowhere (offset 0, at $: no header: the input does not start with ff and a version; set supportsLegacyWireFormat in the profile to read it as version 0)"#,
      #"0..<0 #0=Uncloneable("fault at 0") (offset 0, at $: the input ends inside this item)"#),
    Case(
      "a reference to nothing", "ff0f4103 4902 5e07 4904 240003",
      #"#0=Array(3){"0":1,"1":#1=Uncloneable("fault at 6"),"2":2}"#,
      #"6..<8 #0=Uncloneable("fault at 6") (offset 6, tag 0x5e '^', at $[1]: no object has the id 7 at this point)"#
    ),
    Case(
      "an odd number of bytes", "ff0f4102 6303414243 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 4"),"1":2}"#,
      #"4..<9 #0=Uncloneable("fault at 4") (offset 4, tag 0x63 'c', at $[0]: a two-byte string has an odd number of bytes)"#
    ),
    Case(
      "a big integer of a sign alone", "ff0f4102 5a01 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 5"),"1":2}"#,
      #"5..<6 #0=Uncloneable("fault at 5") (offset 5, at $[0]: a sign without digits, or a size the engine refuses)"#
    ),
    Case(
      "a view beyond its buffer, and a mention of it",
      "ff0f4103 420201025642000300 5e02 4904 240003",
      #"#0=Array(3){"0":#1=Uncloneable("fault at 8"),"1":#1,"2":2}"#,
      #"8..<13 #0=Uncloneable("fault at 8") (offset 8, at $[0]: the view reaches beyond its buffer or is not aligned)"#
    ),
    Case(
      "an unknown kind of view", "ff0f4102 420201025621000200 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 8"),"1":2}"#,
      #"8..<13 #0=Uncloneable("fault at 8") (offset 8, at $[0]: unknown kind of buffer view)"#
    ),
    Case(
      "a pattern that does not compile", "ff0f4102 5222012800 5e01 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 4"),"1":#1}"#,
      #"4..<9 #0=Uncloneable("fault at 4") (/: Unterminated group (offset 4, at $[0].source: the pattern does not compile: unit 0)"#
    ),
    Case(
      "flags that are none", "ff0f4102 5222016180 20 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 8"),"1":2}"#,
      #"4..<10 #0=Uncloneable("fault at 8") (offset 8, at $[0].source: regular expression flags 4096 are not valid)"#
    ),
    Case(
      "a pattern that is no string", "ff0f4102 52490200 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 7"),"1":2}"#,
      #"4..<8 #0=Uncloneable("fault at 7") (offset 7, at $[0].source: a string must stand here)"#),
    Case(
      "a boxed string that is none", "ff0f4102 734902 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 7"),"1":2}"#,
      #"4..<7 #0=Uncloneable("fault at 7") (offset 7, at $[0].string: a string must stand here)"#),
    Case(
      "a message that is no string", "ff0f4102 726d49022e 4904 240002",
      #"#0=Array(2){"0":#1=Error("Error"),"1":2}"#,
      #"8..<8 nowhere (offset 8, at $[0].message: a string must stand here)"#),
    Case(
      "a key that is none", "ff0f6f 5f4902 220161 4904 7b02",
      #"#0={"fault at 4":1,"a":2}"#,
      #"4..<4 nowhere (offset 4, at $: a key must be a string or a number)"#),
    Case(
      "a key that is repeated", "ff0f6f 2201614902 2201614904 2201614906 7b03",
      #"#0={"a":1,"fault at 13":2,"fault at 18":3}"#,
      #"13..<13 nowhere (offset 13, at $.a: the key occurs twice)"#,
      #"18..<18 nowhere (offset 18, at $.a: the key occurs twice)"#),
    Case(
      "an index that is repeated", "ff0f4102 4902 4904 4900 4908 240102",
      #"#0=Array(2){"0":1,"1":2,"fault at 12":4}"#,
      #"12..<12 nowhere (offset 12, at $[0]: the key occurs twice)"#),
    Case(
      "a wrong count", "ff0f6f 2201614902 7b07",
      #"#0={"a":1}"#,
      #"10..<10 nowhere (offset 9, at $: the end says 7, but 1 were read)"#),
    Case(
      "two wrong counts", "ff0f4101 4902 240102",
      #"#0=Array(1){"0":1}"#,
      #"8..<8 nowhere (offset 7, at $: the end says 1, but 0 were read)"#,
      #"9..<9 nowhere (offset 8, at $: the end says 2, but 1 were read)"#),
    Case(
      "shared memory that nobody has", "ff0f4102 7500 5e01 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 4"),"1":#1}"#,
      #"4..<6 #0=Uncloneable("fault at 4") (offset 4, tag 0x75 'u', at $[0]: needs a delegate that resolves it, and there is none or it has no answer)"#
    ),
    Case(
      "a module that nobody has", "ff0f4102 7700 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 4"),"1":2}"#,
      #"4..<6 #0=Uncloneable("fault at 4") (offset 4, tag 0x77 'w', at $[0]: needs a delegate that resolves it, and there is none or it has no answer)"#
    ),
    Case(
      "a buffer that was not transferred", "ff0f4102 7400 4904 240002",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 4"),"1":2}"#,
      #"4..<6 #0=Uncloneable("fault at 4") (offset 4, tag 0x74 't', at $[0]: no buffer is registered under the transfer id 0)"#
    ),
    Case(
      "a byte that begins nothing", "ff0f6f 220161 4103 4902 21 4904 240003 220162 4906 7b02",
      #"#0={"a":#1=Array(3){"0":1,"1":#2=Uncloneable("fault at 10")}}"#,
      #"10..<23 #0=Uncloneable("fault at 10") (offset 10, tag 0x21 '!', at $.a[1]: no value begins with this byte)"#
    ),
    Case(
      "cut in a string", "ff0f6f 220161 4902 220162 2205414243",
      #"#0={"a":1,"b":#1=Uncloneable("fault at 11")}"#,
      #"11..<16 #0=Uncloneable("fault at 11") (offset 11, tag 0x22 '"', at $.b: a length of 5 is more than the input still holds)"#
    ),
    Case(
      "cut behind a key", "ff0f6f 220161 4902 220162",
      #"#0={"a":1,"b":#1=Uncloneable("fault at 11")}"#,
      #"11..<11 #0=Uncloneable("fault at 11") (offset 11, at $.b: the input ends inside this item)"#
    ),
    Case(
      "cut in a key", "ff0f6f 220161 4902 2205",
      #"#0={"a":1}"#,
      #"8..<10 #0=Uncloneable("fault at 8") (offset 8, tag 0x22 '"', at $: a length of 5 is more than the input still holds)"#
    ),
    Case(
      "cut in a map's key", "ff0f3b 220161 4902 22",
      #"#0=Map{"a"=>1}"#,
      #"9..<9 #0=Uncloneable("fault at 9") (offset 9, tag 0x22 '"', at $.key(1): the input ends inside this item)"#
    ),
    Case(
      "cut in a map's value", "ff0f3b 220161 4902 220162 22",
      #"#0=Map{"a"=>1,"b"=>#1=Uncloneable("fault at 12")}"#,
      #"12..<12 #0=Uncloneable("fault at 12") (offset 12, tag 0x22 '"', at $.value(1): the input ends inside this item)"#
    ),
    Case(
      "cut in a set", "ff0f27 220161 22",
      #"#0=Set{"a",#1=Uncloneable("fault at 7")}"#,
      #"7..<7 #0=Uncloneable("fault at 7") (offset 7, tag 0x22 '"', at $.element(1): the input ends inside this item)"#
    ),
    Case(
      "cut in a sparse array", "ff0f6105 4902 220161 4904",
      #"#0=Array(5){"1":"a","2":#1=Uncloneable("fault at 11")}"#,
      #"11..<11 #0=Uncloneable("fault at 11") (offset 11, at $[2]: the input ends inside this item)"#
    ),
    Case(
      "cut in an array with an unknown end", "ff0f4105 4902 4904 41ff0f 4906",
      #"#0=Array(5){"0":1,"1":2,"2":#1=Uncloneable("fault at 8")}"#,
      #"8..<13 #0=Uncloneable("fault at 8") (offset 8, tag 0x41 'A', at $[2]: a length of 2047 is more than the input still holds)"#
    ),
    Case(
      "cut in an error", "ff0f72456d220161 63 6f 220161",
      #"#0=Error("EvalError",message:"a",cause:#1={"a":#2=Uncloneable("fault at 13")})"#,
      #"13..<13 #0=Uncloneable("fault at 13") (offset 13, at $.cause.a: the input ends inside this item)"#
    ),
    Case(
      "cut in a pattern", "ff0f4102 52 2205",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 5")}"#,
      #"5..<7 #0=Uncloneable("fault at 5") (offset 5, tag 0x22 '"', at $[0].source: a length of 5 is more than the input still holds)"#
    ),
    Case(
      "cut in a date", "ff0f4102 44 0000",
      #"#0=Array(2){"0":#1=Uncloneable("fault at 5")}"#,
      #"5..<7 #0=Uncloneable("fault at 5") (offset 5, tag 0x44 'D', at $[0]: the input ends inside this item)"#
    ),
    Case(
      "a host object", "ff0f4102 4902 5c00",
      #"#0=Array(2){"0":1,"1":#1=Uncloneable("fault at 6")}"#,
      #"6..<8 #0=Uncloneable("fault at 6") (offset 6, tag 0x5c '\', at $[1]: needs a delegate that resolves it, and there is none or it has no answer)"#
    ),
    Case(
      "no header", "6f 220161 4902 7b01",
      #"#0={"a":1}"#),
    Case(
      "a version of the future", "ff63 6f 220161 4902 7b01",
      #"#0={"a":1}"#,
      #"2..<2 nowhere (offset 0, tag 0xff, at $: format version 99 is newer than the reader or the named engine)"#
    ),
    Case(
      "no version", "ff",
      #"#0=Uncloneable("fault at 1")"#,
      #"1..<1 nowhere (offset 0, tag 0xff, at $: format version 0 is newer than the reader or the named engine)"#,
      #"1..<1 #0=Uncloneable("fault at 1") (offset 1, at $: the input ends inside this item)"#),
  ]

  @Test(arguments: cases)
  func `is what was there`(_ item: Case) {
    let salvage = CloneSalvage(of: Fixtures.bytes(item.hex))
    #expect(salvage.value.debugDescription == item.value)
    let faults = salvage.faults.map { fault in
      let place = fault.value.map { "\($0.debugDescription)" } ?? "nowhere"
      let text = "\(fault)"
      return "\(fault.bytes) \(place) " + text[(text.firstIndex(of: "(") ?? text.startIndex)...]
    }
    #expect(faults == item.faults)
  }

  @Test func `a fault too many ends the value`() {
    let salvage = CloneSalvage(
      of: Fixtures.bytes("ff0f4104 5e07 5e08 5e09 4902 240004"), maximumFaults: 1)
    #expect(
      salvage.value.debugDescription
        == #"#0=Array(4){"0":#1=Uncloneable("fault at 4"),"1":#2=Uncloneable("fault at 6")}"#)
    #expect(salvage.faults.map(\.bytes) == [4..<6, 6..<15])
  }

  @Test func `what holds nothing but a fault is the fault`() {
    // A boxed string whose text has an odd number of bytes, and memories in each other.
    for hex in ["ff0f 73 6303414243", "ff0f 6d00 6d00 6d00 7507"] {
      let salvage = CloneSalvage(of: Fixtures.bytes(hex))
      #expect(salvage.faults.count == 1)
      #expect(salvage.faults.first?.value === salvage.value)
    }
  }

  @Test func `the middle of a long path is left out`() {
    let depth = 30
    let salvage = CloneSalvage(
      of: Fixtures.bytes("ff0f" + String(repeating: "4101", count: depth) + "5e7f"))
    let ends = String(repeating: "[0]", count: 8)
    #expect(
      salvage.faults.first.map { "\($0.error.path)" } == "$\(ends)…(14 steps)…\(ends)")
  }

  @Test func `what is shared stays shared`() {
    // [a, a, nothing] where a is {b: 1}
    let salvage = CloneSalvage(of: Fixtures.bytes("ff0f4103 6f 220162 4902 7b01 5e01 5e09 240003"))
    #expect(salvage.value[0] === salvage.value[1])
    #expect(salvage.faults.count == 1)
    #expect(salvage.faults.first?.value === salvage.value[2])
  }

  /// Elements that end before the cut are those of the whole array.
  @Test func `a payload that is cut anywhere gives what was before`() throws {
    let whole: CloneValue = [1, "two", ["three": [4, 5]], nil, "six"]
    let bytes = try whole.encoded()
    var counts: [Int] = []
    for end in 0..<bytes.count {
      let salvage = CloneSalvage(of: Array(bytes[..<end]))
      #expect(!salvage.faults.isEmpty)
      let count = (0..<5).prefix { salvage.value[$0] == whole[$0] }.count
      #expect(count >= counts.last ?? 0)
      counts.append(count)
    }
    #expect(counts.last == 5)
    #expect(Set(counts) == [0, 1, 2, 3, 4, 5])
  }

  @Test func `a fault cannot be written`() {
    let salvage = CloneSalvage(of: Fixtures.bytes("ff0f4101 5e07 240001"))
    let error = #expect(throws: DataCloneError.self) { try salvage.value.encoded() }
    #expect(error?.message == "fault at 4 could not be cloned.")
    #expect(error.map { "\($0.path)" } == "$[0]")
  }
}
