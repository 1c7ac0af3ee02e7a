import Foundation
import Testing
import _CloneFixtures

/// The `clone` executable: what it prints where, and how it exits.
struct CloneCommandTests {
  private func clone(
    _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> Executable.Outcome {
    try await Executable("clone").run(arguments, input: input, environment: environment)
  }

  private static let payload = Fixtures.bytes("ff0f6f22016149022201624102490249042400027b02")
  private static let report = """
    bare V8 stream, version 15
    22 bytes, all used

    { a: 1, b: [ 1, 2 ] }

    """

  // MARK: - salvage

  @Test
  func `what is left of a damaged payload is shown, and what is wrong with it`() async throws {
    let outcome = try await clone(
      "salvage", "--hex", "ff0f6f 220161 4103 4902 5e21 4904 240003 220162 2206 4142")
    #expect(
      outcome.text == """
        { a: [ 1, [fault at 10], 2 ], b: [fault at 20] }

        fault at 10, 2 bytes left out: offset 10, tag 0x5e '^', at $.a[1]: no object has the id 33 at this point
        00000002  6f 22 01 61 41 03 49 02 5e 21 49 04 24 00 03 22  |o".aA.I.^!I.$.."|
                                          ^^

        fault at 20, 4 bytes left out: offset 20, tag 0x22 '"', at $.b: a length of 6 is more than the input still holds
        00000008  49 02 5e 21 49 04 24 00 03 22 01 62 22 06 41 42  |I.^!I.$..".b".AB|
                                                      ^^

        """)
    #expect(outcome.errors == "clone: --hex has 2 faults\n")
    #expect(outcome.status == 1)
    let whole = try await clone("salvage", "-", input: Self.payload)
    #expect(whole.text == "{ a: 1, b: [ 1, 2 ] }\n")
    #expect(whole.status == 0)
  }

  // MARK: - inspect

  @Test
  func `a payload is read from a file, from standard input and from hexadecimal digits`()
    async throws
  {
    try await Scratch.with { folder in
      let file = folder.appending(path: "payload")
      try Data(Self.payload).write(to: file)
      for outcome in [
        try await clone("inspect", file.path()),
        try await clone("inspect", "-", input: Self.payload),
        try await clone("inspect", "--hex", "0xff0f6f2201614902 2201624102\n490249042400027B02"),
      ] {
        #expect(outcome.text == Self.report)
        #expect(outcome.errors == "")
        #expect(outcome.status == 0)
      }
    }
  }

  @Test
  func `old versions are shown, and refused where that is asked for`() async throws {
    #expect(
      try await clone("inspect", "--hex", "530161 4954 7b01").text == """
        bare V8 stream, version 0 (no header)
        7 bytes, all used

        { a: 42 }

        """)
    let old = try await clone("inspect", "--hex", "ff0b 410273 0161 5f 240002", "--legacy")
    #expect(old.text.hasPrefix("bare V8 stream, version 11\n"))
    for arguments in [["--no-legacy"], ["--profile", "node20"]] {
      let refused = try await Executable("clone").run(
        ["inspect", "--hex", "ff0b 30"] + arguments, input: [])
      #expect(refused.status == 1)
      #expect(
        refused.text.hasPrefix(
          "Unable to deserialize cloned data due to invalid or unsupported version.\n"))
    }
    let trip = try await clone("roundtrip", "-", input: [0x7B, 0])
    #expect(
      trip.text.hasPrefix(
        "DIFFERENT standard input: version 0 is only read; such a value is written as version 13\n")
    )
  }

  @Test
  func `bytes that cannot be read exit 1 with a report and one line on standard error`()
    async throws
  {
    let outcome = try await clone("inspect", "--hex", "ff0f41011b240001")
    #expect(
      outcome.text == """
        Unable to deserialize cloned data.
        offset 4, tag 0x1b, at $[0]: no value begins with this byte
        00000000  ff 0f 41 01 1b 24 00 01                          |..A..$..|
                              ^^

        """)
    #expect(
      outcome.errors
        == "clone: --hex cannot be read as a payload: offset 4, tag 0x1b, at $[0]: no value begins with this byte\n"
    )
    #expect(outcome.status == 1)
  }

  @Test
  func `a profile makes reading as strict as its engine`() async throws {
    let resizable = "ff0f7e010400"
    #expect(try await clone("inspect", "--hex", resizable, "--profile", "v8-11.3").status == 0)
    #expect(try await clone("inspect", "--hex", resizable, "--profile", "node18").status == 1)
  }

  @Test
  func `colours are for terminals, or if asked`() async throws {
    let plain = try await clone("inspect", "--hex", "ff0f30")
    #expect(!plain.text.contains("\u{1B}"))
    let asked = try await clone(
      "inspect", "--hex", "ff0f30", "--color", "always", environment: ["NO_COLOR": "1"])
    #expect(asked.text.hasSuffix("\u{1B}[1mnull\u{1B}[22m\n"))
  }

  @Test
  func `--all shows what is cut otherwise`() async throws {
    let long = "ff0f42ac02" + String(repeating: "00", count: 300)
    #expect(try await clone("inspect", "--hex", long).text.contains("... 200 more bytes"))
    #expect(try await !clone("inspect", "--hex", long, "--all").text.contains("more"))
  }

  @Test
  func `--depth limits nesting`() async throws {
    let nested = "ff0f4101410130240001240001"
    #expect(try await clone("inspect", "--hex", nested, "--depth", "2").status == 0)
    let refused = try await clone("inspect", "--hex", nested, "--depth", "1")
    #expect(refused.status == 1)
    #expect(refused.text.hasPrefix("Maximum call stack size exceeded\n"))
  }

  // MARK: - roundtrip

  @Test
  func `roundtrip tells about every file and sums up`() async throws {
    try await Scratch.with { folder in
      let good = folder.appending(path: "good").path()
      try Data(Self.payload + [0, 0]).write(to: URL(fileURLWithPath: good))
      let short = folder.appending(path: "short").path()
      try Data(Self.payload.dropLast()).write(to: URL(fileURLWithPath: short))
      let missing = folder.appending(path: "missing").path()
      // A count in two bytes where one would do: no engine writes it.
      let wide = folder.appending(path: "wide").path()
      try Data(Fixtures.bytes("ff0f4980000000".prefix(6) + "8200")).write(
        to: URL(fileURLWithPath: wide))

      let fine = try await clone("roundtrip", good)
      #expect(fine.text == "ok \(good) (22 bytes)\n1 payload: 1 ok\n")
      #expect(fine.status == 0)

      let mixed = try await clone("roundtrip", good, short, wide)
      #expect(
        mixed.text == """
          ok \(good) (22 bytes)
          ERROR \(short)
          DIFFERENT \(wide): first difference at offset 3 (5 bytes read, 4 written)
          3 payloads: 1 ok, 1 different, 1 not readable

          """)
      #expect(
        mixed.errors
          == "clone: \(short) cannot be read as a payload: offset 21, at $: the input ends inside this item\n"
      )
      #expect(mixed.status == 1)

      let absent = try await clone("roundtrip", missing, good)
      #expect(absent.errors == "clone: cannot read \(missing): No such file or directory\n")
      #expect(absent.status == 2)
    }
  }

  @Test
  func `goldens make the round trip`() async throws {
    try await Scratch.with { folder in
      var files: [String] = []
      for value in Fixtures.values where value.transfer == nil && value.prefix == nil {
        guard value.several == nil, let written = value.goldens.last?.written, files.count < 200
        else { continue }
        let file = folder.appending(path: String(files.count))
        try Data(Fixtures.bytes(written)).write(to: file)
        files.append(file.path())
      }
      let outcome = try await Executable("clone").run(["roundtrip"] + files)
      #expect(outcome.text.hasSuffix("\n200 payloads: 200 ok\n"))
      #expect(outcome.status == 0)
    }
  }

  // MARK: - Bad input

  @Test
  func `an input that is no payload is one line`() async throws {
    try await Scratch.with { folder in
      func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return url.path()
      }
      let empty = try file("empty", [])
      let text = try file("text", Array("Grüße,\nno payload here €".utf8))
      let hex = try file("hex", Array("ff0f 6f7b00\n".utf8))
      let large = try file("large", [])
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: large))
      try handle.truncate(atOffset: 5 << 30)
      try handle.close()
      let absent = folder.appending(path: "absent").path()

      let cases: [(file: String, status: Int32, line: String)] = [
        (absent, 2, "cannot read \(absent): No such file or directory"),
        (folder.path(), 2, "\(folder.path()) is a directory"),
        (empty, 1, "\(empty) is empty"),
        (text, 1, "\(text) does not look like a payload: it is text"),
        (
          hex, 1,
          "\(hex) does not look like a payload: it is text. For hexadecimal digits there is --hex"
        ),
        (large, 2, "\(large) has 5368709120 bytes; a payload is shorter than 4 GiB"),
      ]
      for (file, status, line) in cases {
        let outcome = try await clone("inspect", file)
        #expect(outcome.errors == "clone: \(line)\n")
        #expect(outcome.text == "")
        #expect(outcome.status == status)
        let trip = try await clone("roundtrip", file)
        #expect(trip.errors == "clone: \(line)\n")
        #expect(trip.status == status)
      }
    }
  }

  @Test
  func `empty standard input and binary rubbish are told apart`() async throws {
    let empty = try await clone("inspect", "-")
    #expect(empty.errors == "clone: standard input is empty\n")
    #expect(empty.status == 1)
    let rubbish = try await clone("inspect", "-", input: [0x89, 0x50, 0x4E, 0x47])
    #expect(
      rubbish.errors
        == "clone: standard input cannot be read as a payload: offset 0, tag 0x89, at $: needs a delegate that resolves it, and there is none or it has no answer; the input does not start with a header, ff and a version, and is not version 0 either\n"
    )
    #expect(rubbish.status == 1)
  }

  @Test(arguments: [
    (["inspect"], "a file, - or --hex is needed; see clone inspect --help"),
    (["inspect", "x", "--hex", "00"], "a file and --hex exclude each other"),
    (["inspect", "--hex", "0g"], "--hex: \"g\" is no hexadecimal digit"),
    (["inspect", "--hex", "123"], "--hex: an odd number of hexadecimal digits"),
    (["inspect", "--hex", "30", "--depth", "-1"], nil),
    (["inspect", "--hex", "30", "--color", "blue"], nil),
    (["inspect", "--hex", "30", "--profile", "node21"], nil),
    (["roundtrip"], nil),
    (["unknown"], nil),
    (["inspect", "--unknown"], nil),
  ])
  func `wrong use is one line and status 2`(_ arguments: [String], _ line: String?) async throws {
    let outcome = try await Executable("clone").run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.text == "")
    #expect(outcome.errors.hasPrefix("clone: "))
    #expect(outcome.errors.count { $0.isNewline } == 1)
    if let line { #expect(outcome.errors == "clone: \(line)\n") }
  }

  @Test
  func `help documents the exit status`() async throws {
    for arguments in [["--help"], ["help", "inspect"], ["roundtrip", "--help"]] {
      let outcome = try await Executable("clone").run(arguments)
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      #expect(outcome.text.contains("Exit status: 0 if all is well; 1 if"))
    }
  }
}
