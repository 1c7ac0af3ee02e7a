import Foundation
import Testing
import _CloneFixtures

/// `clone convert`: what it writes for what it reads, and how it exits.
struct ConvertCommandTests {
  private func convert(
    _ arguments: String..., input: [UInt8] = []
  ) async throws -> Executable.Outcome {
    try await Executable("clone").run(["convert"] + arguments, input: input)
  }

  private static let layout =
    #"{"$":"payload","version":15,"stackBeforeCause":true,"viewFlags":true,"value":"#

  @Test func `a payload as JSON, and back byte for byte`() async throws {
    let bytes = Fixtures.bytes("ff0f6f22016149022201624102490249042400027b02")
    let text = try await convert("-", input: bytes)
    #expect(text.text == Self.layout + #"{"a":1,"b":[1,2]}}"# + "\n")
    #expect(text.errors == "")
    #expect(text.status == 0)
    let again = try await convert("-", "--from", "json", input: text.output)
    #expect(again.output == bytes)
    #expect(again.status == 0)
    let value = try await convert("-", "--no-header", input: bytes)
    #expect(value.text == #"{"a":1,"b":[1,2]}"# + "\n")
    let indented = try await convert("-", "--no-header", "--indent", input: bytes)
    #expect(
      indented.text == """
        {
          "a": 1,
          "b": [
            1,
            2
          ]
        }

        """)
  }

  @Test func `goldens of every dialect`() async throws {
    // What stands in a text is enough to write all of it again.
    let goldens: [(bytes: String, arguments: [String])] = [
      ("ff0f5c0a0301020303", ["--dialect", "node"]),
      ("ff0f41015c0a0301020324000107", ["--dialect", "node"]),
    ]
    for golden in goldens {
      let bytes = Fixtures.bytes(golden.bytes).dropLast()
      let text = try await convert("-", input: Array(bytes))
      let again = try await Executable("clone").run(
        ["convert", "-", "--from", "json"] + golden.arguments, input: text.output)
      #expect(again.output == Array(bytes), "\(text.text)")
    }
    let frame = try await convert("--hex", "ff0f4902", "--to", "hex", "--dialect", "nodeChannel")
    #expect(frame.text == "00000004ff0f4902\n")
    let message = try await convert("--hex", "00000004ff0f4902 00000004ff0f4904")
    #expect(message.text == "1\n2\n")
    let electron = try await convert(
      "-", "--from", "plain", "--to", "hex", "--dialect", "electron", input: Array("[1]".utf8))
    #expect(electron.text.hasPrefix("ff13ff10"))
    let back = try await convert("--hex", String(electron.text.dropLast()), "--to", "plain")
    #expect(back.text == "[1]\n")
    let blink = try await convert(
      "-", "--from", "plain", "--to", "hex", "--dialect", "blink", input: Array("[1]".utf8))
    #expect(blink.text.hasPrefix("ff"))
    let blinkBack = try await convert("--hex", String(blink.text.dropLast()), "--to", "plain")
    #expect(blinkBack.text == "[1]\n")
  }

  @Test func `plain JSON in both directions, with options`() async throws {
    let json = #"{"a":[1,2.5,null],"b":"x"}"#
    let hex = try await convert("-", "--from", "plain", "--to", "hex", input: Array(json.utf8))
    #expect(
      hex.text
        == "ff0f6f22016141034902"
        + "4e0000000000000440302400032201622201787b02\n")
    let old = try await convert(
      "-", "--from", "plain", "--to", "hex", "--profile", "node14", input: Array("[1]".utf8))
    #expect(old.text == "ff0d4101490224000" + "1\n")
    let bare = try await convert(
      "-", "--from", "plain", "--to", "hex", "--no-header", input: Array("[1]".utf8))
    #expect(bare.text == "4101490224" + "0001\n")
    let map = "ff0f3b2201615a0801000000000000003a02"
    #expect(try await convert("--hex", map, "--to", "plain").text == #"[["a","1"]]"# + "\n")
    #expect(
      try await convert(
        "--hex", map, "--to", "plain", "--map-objects", "--bigint-numbers"
      ).text == #"{"a":1}"# + "\n")
  }

  @Test func `what cannot be converted`() async throws {
    let text = try await convert("-", input: Array("[1]".utf8))
    #expect(
      text.errors
        == "clone: standard input does not look like a payload: it is text. For JSON there is --from json or plain\n"
    )
    #expect(text.status == 1)
    let json = try await convert("-", "--from", "json", input: Array(#"{"$":"Mop"}"#.utf8))
    #expect(
      json.errors
        == "clone: standard input cannot be read as json: offset 5, at $: there is no kind 'Mop'\n")
    #expect(json.status == 1)
    let function = try await convert(
      "-", "--from", "json",
      input: Array(#"{"f":{"$":"Uncloneable","reason":"function","description":"f"}}"#.utf8))
    #expect(
      function.errors
        == "clone: standard input cannot be written as v8: f could not be cloned. (at $.f)\n")
    #expect(function.status == 1)
    #expect(function.output.isEmpty)
    #expect(try await convert("--hex", "ff0f30", "--dialect", "nonsense").status == 2)
    #expect(try await convert("--hex", "ff0f30", "--to", "xml").status == 2)
  }
}
