import CloneInspection
import StructuredClone
import Testing
import _CloneFixtures

/// The text of every kind of value, character by character. Where nothing is shared or hidden, it is what
/// Node 20 prints for the same payload.
struct InspectionTextTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let hex: String
    let text: String

    init(_ description: String, _ hex: String, _ text: String) {
      self.description = description
      self.hex = hex
      self.text = text
    }
  }

  static let cases = [
    Case(
      "undefined",
      "ff0f5f",
      #"""
      undefined
      """#),
    Case(
      "null",
      "ff0f30",
      #"""
      null
      """#),
    Case(
      "a boolean",
      "ff0f54",
      #"""
      true
      """#),
    Case(
      "a number",
      "ff0f4e000000000000f8bf",
      #"""
      -1.5
      """#),
    Case(
      "negative zero",
      "ff0f4e0000000000000080",
      #"""
      -0
      """#),
    Case(
      "NaN",
      "ff0f4e000000000000f87f",
      #"""
      NaN
      """#),
    Case(
      "a large number",
      "ff0f4e50efe2d6e41a4b44",
      #"""
      1e+21
      """#),
    Case(
      "a BigInt",
      "ff0f5a2100000000000000004000000000000000",
      #"""
      -1180591620717411303424n
      """#),
    Case(
      "a string",
      "ff0f2203616263",
      #"""
      'abc'
      """#),
    Case(
      "a string with a single quote",
      "ff0f220469742773",
      #"""
      "it's"
      """#),
    Case(
      "a string with both quotes",
      "ff0f2206226974277322",
      #"""
      `"it's"`
      """#),
    Case(
      "a string with all quotes",
      "ff0f22082269742773222060",
      #"""
      '"it\'s" `'
      """#),
    Case(
      "control characters",
      "ff0f220a08090a0c0d001b7f9f5c",
      #"""
      '\b\t\n\f\r\x00\x1B\x7F\x9F\\'
      """#),
    Case(
      "a lone surrogate",
      "ff0f63063dd800de3dd8",
      #"""
      '😀\ud83d'
      """#),
    Case(
      "marks that change the direction of text",
      "ff0f63062e2066202820",
      #"""
      '\u202e\u2066\u2028'
      """#),
    Case(
      "an empty object",
      "ff0f6f7b00",
      #"""
      {}
      """#),
    Case(
      "an object",
      "ff0f6f22016149022201624102490249042400027b02",
      #"""
      { a: 1, b: [ 1, 2 ] }
      """#),
    Case(
      "keys that are no identifiers",
      """
      ff0f6f490249022203612d624904220124490622035f783149082201e9490a7b05
      """,
      #"""
      { '1': 1, 'a-b': 2, '$': 3, _x1: 4, 'é': 5 }
      """#),
    Case(
      "the key __proto__",
      "ff0f6f22095f5f70726f746f5f5f49027b01",
      #"""
      { ['__proto__']: 1 }
      """#),
    Case(
      "an empty array",
      "ff0f4100240000",
      #"""
      []
      """#),
    Case(
      "holes",
      "ff0f61064904490249084904400206",
      #"""
      [ <2 empty items>, 1, <1 empty item>, 2, <1 empty item> ]
      """#),
    Case(
      "an array with properties",
      "ff0f4101490222046e616d6522016e240101",
      #"""
      [ 1, name: 'n' ]
      """#),
    Case(
      "long arrays in columns",
      """
      ff0f41144900490249084912492049324948496249800149a20149c80149f20149a00249 \
      d20249880349c20349800449c20449880549d205240014
      """,
      #"""
      [
          0,   1,   4,   9,  16,  25,  36,
         49,  64,  81, 100, 121, 144, 169,
        196, 225, 256, 289, 324, 361
      ]
      """#),
    Case(
      "strings in columns",
      """
      ff0f410c2200220178220278782203787878220478787878220022017822027878220378 \
      7878220478787878220022017824000c
      """,
      #"""
      [
        '',     'x',    'xx',
        'xxx',  'xxxx', '',
        'x',    'xx',   'xxx',
        'xxxx', '',     'x'
      ]
      """#),
    Case(
      "a long array",
      """
      ff0f41664900490049004900490049004900490049004900490049004900490049004900 \
      490049004900490049004900490049004900490049004900490049004900490049004900 \
      490049004900490049004900490049004900490049004900490049004900490049004900 \
      490049004900490049004900490049004900490049004900490049004900490049004900 \
      490049004900490049004900490049004900490049004900490049004900490049004900 \
      49004900490049004900490049004900490049004900490049004900240066
      """,
      #"""
      [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0,
        ... 2 more items
      ]
      """#),
    Case(
      "more than fits a line",
      """
      ff0f6f22056669727374221e616161616161616161616161616161616161616161616161 \
      61616161616122067365636f6e64221e6262626262626262626262626262626262626262 \
      62626262626262626262220574686972646f2206666f7572746849027b017b03
      """,
      #"""
      {
        first: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        second: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        third: { fourth: 1 }
      }
      """#),
    Case(
      "more than three levels",
      "ff0f6f2201616f2201626f2201636f22016449027b017b017b017b01",
      #"""
      {
        a: { b: { c: { d: 1 } } }
      }
      """#),
    Case(
      "a string with line feeds",
      """
      ff0f6f22047465787422586c696e65206f6e650a6c696e652074776f0a78787878787878 \
      787878787878787878787878787878787878787878787878787878787878787878787878 \
      7878787878787878787878787878787878787878787878787878787b01
      """,
      #"""
      {
        text: 'line one\n' +
          'line two\n' +
          'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
      }
      """#),
    Case(
      "a map",
      "ff0f3b22016b49026f22016149027b013b3a003a04",
      #"""
      Map(2) { 'k' => 1, { a: 1 } => Map(0) {} }
      """#),
    Case(
      "a set",
      "ff0f274902220161272c002c03",
      #"""
      Set(3) { 1, 'a', Set(0) {} }
      """#),
    Case(
      "dates",
      """
      ff0f4103440000000000000000440000c65ae348ccc244000000000000f87f240003
      """,
      #"""
      [ 1970-01-01T00:00:00.000Z, -000001-01-01T00:00:00.000Z, Invalid Date ]
      """#),
    Case(
      "a regular expression",
      "ff0f522207615c2f5b2f5d6203",
      #"""
      /a\/[/]b/gi
      """#),
    Case(
      "boxes",
      """
      ff0f41056e000000000000f03f6e000000000000008073220173787a100a000000000000 \
      00240005
      """,
      #"""
      [
        [Number: 1],
        [Number: -0],
        [String: 's'],
        [Boolean: false],
        [BigInt: 10n]
      ]
      """#),
    Case(
      "a buffer",
      "ff0f42020102",
      #"""
      ArrayBuffer { [Uint8Contents]: <01 02>, byteLength: 2 }
      """#),
    Case(
      "a long buffer",
      """
      ff0f42670000000000000000000000000000000000000000000000000000000000000000 \
      000000000000000000000000000000000000000000000000000000000000000000000000 \
      0000000000000000000000000000000000000000000000000000000000000000000000
      """,
      #"""
      ArrayBuffer {
        [Uint8Contents]: <00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ... 3 more bytes>,
        byteLength: 103
      }
      """#),
    Case(
      "a resizable buffer",
      "ff0f7e010400",
      #"""
      ArrayBuffer { [Uint8Contents]: <00>, byteLength: 1, maxByteLength: 4 }
      """#),
    Case(
      "a typed array",
      """
      ff0f4218000000000000f83f0000000000000080000000000000f87f5646001800
      """,
      #"""
      Float64Array(3) [ 1.5, -0, NaN ]
      """#),
    Case(
      "big integers in a typed array",
      "ff0f42100100000000000000feffffffffffffff5671001000",
      #"""
      BigInt64Array(2) [ 1n, -2n ]
      """#),
    Case(
      "a long typed array",
      """
      ff0f42650000000000000000000000000000000000000000000000000000000000000000 \
      000000000000000000000000000000000000000000000000000000000000000000000000 \
      000000000000000000000000000000000000000000000000000000000000000000564200 \
      6500
      """,
      #"""
      Uint8Array(101) [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0,
        ... 1 more item
      ]
      """#),
    Case(
      "a DataView",
      "ff0f42020000563f000200",
      #"""
      DataView {
        byteLength: 2,
        byteOffset: 0,
        buffer: ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }
      }
      """#),
    Case(
      "part of a buffer",
      "ff0f4204000000005642010200",
      #"""
      Uint8Array(2) [
        0, 0,
        [byteOffset]: 1,
        [buffer]: ArrayBuffer { [Uint8Contents]: <00 00 00 00>, byteLength: 4 }
      ]
      """#),
    Case(
      "a view that tracks its buffer",
      "ff0f7e0408000000005657020003",
      #"""
      Uint16Array(1) [
        0,
        [byteOffset]: 2,
        [lengthTracking]: true,
        [buffer]: ArrayBuffer {
          [Uint8Contents]: <00 00 00 00>,
          byteLength: 4,
          maxByteLength: 8
        }
      ]
      """#),
    Case(
      "a long view of part of a buffer",
      """
      ff0f42180000000000000000000000000000000000000000000000005642041400
      """,
      #"""
      Uint8Array(20) [
        0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0,
        [byteOffset]: 4,
        [buffer]: ArrayBuffer {
          [Uint8Contents]: <00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>,
          byteLength: 24
        }
      ]
      """#),
    Case(
      "an object that is itself",
      "ff0f6f2201616f22016f5e007b017b01",
      #"""
      <ref *1> { a: { o: [Circular *1] } }
      """#),
    Case(
      "an object twice",
      "ff0f41036f22017849027b015e016f22016f5e017b01240003",
      #"""
      [ <ref *1> { x: 1 }, [Reference *1], { o: [Reference *1] } ]
      """#),
    Case(
      "two views on a buffer",
      "ff0f41024202000056420002005e015662000200240002",
      #"""
      [
        Uint8Array(2) [
          0, 0,
          [buffer]: <ref *1> ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }
        ],
        Int8Array(2) [ 0, 0, [buffer]: [Reference *1] ]
      ]
      """#),
    Case(
      "errors without a stack",
      "ff0f72546d22016d2e",
      #"""
      [TypeError: m]
      """#),
    Case(
      "errors with a stack",
      """
      ff0f6f22016572526d22016d73223b52616e67654572726f723a206d0a20202020617420 \
      66202866696c652e6a733a313a31290a2020202061742067202866696c652e6a733a323a \
      31292e7b01
      """,
      #"""
      {
        e: RangeError: m
            at f (file.js:1:1)
            at g (file.js:2:1)
      }
      """#),
    Case(
      "errors with a cause",
      """
      ff0f726d22016d636f22016149027b0173221f4572726f723a206d0a2020202061742066 \
      202866696c652e6a733a313a31292e
      """,
      #"""
      Error: m
          at f (file.js:1:1) {
        [cause]: { a: 1 }
      }
      """#),
    Case(
      "errors whose cause is null",
      "ff0f726d22016d63302e",
      #"""
      [Error: m] { [cause]: null }
      """#),
    Case(
      "errors with another stack",
      "ff0f726d22016d732209736f6d6577686572652e",
      #"""
      [Error: m] { [stack]: 'somewhere' }
      """#),
    Case(
      "errors with an empty message",
      "ff0f726d22002e",
      #"""
      [Error] { [message]: '' }
      """#),
    Case(
      "errors whose message moves the cursor",
      "ff0f726d22061b5b324a0a782e",
      #"""
      [Error: \x1B[2J\nx]
      """#),
  ]

  @Test(arguments: cases)
  func `a value is shown as util.inspect shows it`(_ value: Case) throws {
    let decoded = try CloneValue(decoding: Fixtures.bytes(value.hex))
    #expect(CloneInspector().text(of: decoded) == value.text)
  }

  @Test(arguments: cases)
  func `colours change nothing but colours`(_ value: Case) throws {
    let decoded = try CloneValue(decoding: Fixtures.bytes(value.hex))
    let colored = CloneInspector(options: InspectionOptions(usesColors: true)).text(of: decoded)
    #expect(colored.withoutColors == value.text)
  }
}

extension String {
  /// The text without the sequences that begin and end colours.
  var withoutColors: String {
    var text = ""
    var rest = self[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      text += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    return text + rest
  }
}
