import BlinkClone
import Foundation
import Testing
import _CloneFixtures

/// The `clone-conformance` executable: frames in, frames out.
struct ConformanceDriverTests {
  struct Answer: Equatable {
    let status: UInt8
    let position: Int
    let rest: [UInt8]

    var text: String { String(decoding: rest, as: UTF8.self) }
  }

  private func driver(_ arguments: String..., input: [UInt8] = []) async throws
    -> Executable.Outcome
  {
    try await Executable("clone-conformance").run(arguments, input: input)
  }

  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func frame(_ bytes: [UInt8]) -> [UInt8] { number(bytes.count) + bytes }

  private static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func answers(_ output: [UInt8]) throws -> [Answer] {
    var answers: [Answer] = []
    var rest = output[...]
    while !rest.isEmpty {
      let length = number(rest.prefix(4))
      let body = rest.dropFirst(4).prefix(length)
      try #require(length >= 5 && body.count == length)
      answers.append(
        Answer(
          status: body[body.startIndex], position: number(body.dropFirst().prefix(4)),
          rest: Array(body.dropFirst(5))))
      rest = rest.dropFirst(4 + length)
    }
    return answers
  }

  /// What the driver answers to payloads; it must end well.
  private func answers(_ arguments: [String], _ payloads: [[UInt8]]) async throws -> [Answer] {
    let outcome = try await Executable("clone-conformance").run(
      arguments, input: payloads.flatMap(Self.frame))
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    let answers = try Self.answers(outcome.output)
    try #require(answers.count == payloads.count)
    return answers
  }

  private static func hex(_ text: String) -> [UInt8] { Fixtures.bytes(text) }

  // MARK: - Frames

  @Test
  func `no request is no answer`() async throws {
    #expect(try await answers([], []).isEmpty)
  }

  @Test
  func `an accepted payload comes back with the number of bytes consumed`() async throws {
    let payload = Self.hex("ff0f41024902490424 0002")
    #expect(
      try await answers([], [payload, payload + [1, 2]]) == [
        Answer(status: 1, position: payload.count, rest: payload),
        Answer(status: 1, position: payload.count, rest: payload),
      ])
  }

  @Test
  func `an engine's rewriting is the default with a profile`() async throws {
    let dense = Self.hex("ff0f41024902490424 0002")
    let sparse = Self.hex("ff0f610249004902490249044002 02")
    #expect(try await answers(["--profile", "node20"], [dense])[0].rest == sparse)
    #expect(
      try await answers(["--profile", "v8-11.3", "--rewrite", "engine"], [dense])[0].rest == sparse)
    #expect(
      try await answers(["--profile", "node20", "--rewrite", "faithful"], [dense])[0].rest == dense)
  }

  @Test
  func `a rejected payload has V8's text, a line break and the diagnosis`() async throws {
    let answers = try await answers(
      ["--no-legacy"], [Self.hex("ff0f41011b240001"), [], Self.hex("ff1130")])
    #expect(answers[0].status == 0)
    #expect(answers[0].position == 4)
    #expect(
      answers[0].text == """
        Unable to deserialize cloned data.
        offset 4, tag 0x1b, at $[0]: no value begins with this byte
        """)
    #expect(
      answers[1].text == """
        Unable to deserialize cloned data due to invalid or unsupported version.
        offset 0, at $: no header: the input does not start with ff and a version; set \
        supportsLegacyWireFormat in the profile to read it as version 0
        """)
    #expect(answers[2].position == 0)
  }

  @Test
  func `a request never ends the process`() async throws {
    let good = Self.hex("ff0f30")
    let nested =
      Self.hex("ff0f") + Self.nestedArrays(depth: 300)
    let bad: [[UInt8]] = [
      [], [0xFF], Self.hex("ff0f"), Self.hex("ff0f42ffffffff0f"), Self.hex("ff0f61ffffffff0f"),
      Self.hex("ff0f41ffffffff0f"), Self.hex("ff0f5e00"), nested, Self.hex("ff0f5aff ff ff ff 0f"),
    ]
    let answers = try await answers(["--depth", "200"], bad + [good])
    for answer in answers.dropLast() { #expect(answer.status == 0) }
    #expect(answers.last == Answer(status: 1, position: 3, rest: good))
    #expect(answers[7].text.hasPrefix("Maximum call stack size exceeded\n"))
  }

  private static func nestedArrays(depth: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<depth { bytes += [0x41, 1] }
    bytes.append(0x30)
    for _ in 0..<depth { bytes += [0x24, 0, 1] }
    return bytes
  }

  @Test
  func `a very deep value is read and written if the limit allows it`() async throws {
    let payload = Self.hex("ff0f") + Self.nestedArrays(depth: 200_000)
    #expect(try await answers([], [payload])[0].status == 0)
    let answer = try await answers(["--depth", "2000000"], [payload])[0]
    #expect(answer == Answer(status: 1, position: payload.count, rest: payload))
  }

  @Test
  func `a large payload and many small ones pass`() async throws {
    let large = Self.hex("ff0f42 80808002") + [UInt8](repeating: 0xA5, count: 4 << 20)
    let small = Self.hex("ff0f4902")
    let payloads = [small, large] + [[UInt8]](repeating: small, count: 20_000)
    let answers = try await answers([], payloads)
    #expect(answers[1].rest == large)
    #expect(answers.allSatisfy { $0.status == 1 })
  }

  @Test(.timeLimit(.minutes(5)))
  func `an answer comes before the next request is waited for`() async throws {
    let process = try Executable("clone-conformance").process([])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    defer { process.waitUntilExit() }
    for payload in [Self.hex("ff0f30"), Self.hex("ff0f54")] {
      // One frame and the beginning of the next.
      try input.fileHandleForWriting.write(contentsOf: Self.frame(payload))
      var received: [UInt8] = []
      while received.count < 9 + payload.count {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty)
        received += more
      }
      #expect(
        try Self.answers(received) == [Answer(status: 1, position: payload.count, rest: payload)])
    }
    try input.fileHandleForWriting.close()
  }

  // MARK: - Broken frames

  @Test(arguments: [
    ("0300", "the input ends inside the length of a frame"),
    ("03000000ff0f", "the input ends after 2 of the 3 bytes of a frame"),
    ("01000010", "a frame of 268435457 bytes is longer than 268435456"),
    ("ffffffff", "a frame of 4294967295 bytes is longer than 268435456"),
  ])
  func `a broken frame ends the driver after the answers before it`(
    _ frame: String, _ line: String
  ) async throws {
    let good = Self.hex("ff0f30")
    let outcome = try await driver(input: Self.frame(good) + Self.hex(frame))
    #expect(outcome.status == 1)
    #expect(outcome.errors == "clone-conformance: \(line)\n")
    #expect(try Self.answers(outcome.output) == [Answer(status: 1, position: 3, rest: good)])
  }

  @Test(.timeLimit(.minutes(5)))
  func `a reader that has gone away ends the driver with status 1`() async throws {
    try await Scratch.with { folder in
      let errors = folder.appending(path: "err")
      try Data().write(to: errors)
      let process = try Executable("clone-conformance").process([])
      let input = Pipe()
      let output = Pipe()
      process.standardInput = input
      process.standardOutput = output
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      try output.fileHandleForReading.close()
      try input.fileHandleForWriting.write(contentsOf: Self.frame(Self.hex("ff0f30")))
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 1)
      let text = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
      #expect(text == "clone-conformance: cannot write standard output: Broken pipe\n")
    }
  }

  // MARK: - Options

  @Test
  func `--list names the profiles and the dialects`() async throws {
    let outcome = try await driver("--list")
    #expect(outcome.status == 0)
    #expect(
      outcome.text == """
        profile node14 v8-8.4
        profile node16 v8-9.4
        profile node18 v8-10.2
        profile node20 v8-11.3
        profile node22 v8-12.4
        profile node24 v8-13.6
        profile deno
        profile v8-15.0
        profile chromium102
        profile chromium122
        profile chromium156
        dialect v8
        dialect node
        dialect node-ipc
        dialect blink
        dialect indexeddb
        dialect electron

        """)
  }

  @Test(arguments: [
    ["--profile", "node21"], ["--profile"], ["--rewrite", "engine"], ["--rewrite", "other"],
    ["--dialect", "other"],
    ["--depth", "many"], ["--depth", "-1"], ["--unknown"], ["file"], ["--legacy", "--no-legacy"],
  ])
  func `wrong options are one line and status 2`(_ arguments: [String]) async throws {
    let outcome = try await Executable("clone-conformance").run(
      arguments, input: Self.frame(Self.hex("ff0f30")))
    #expect(outcome.status == 2)
    #expect(outcome.output == [])
    #expect(outcome.errors.hasPrefix("clone-conformance: "))
    #expect(outcome.errors.count { $0.isNewline } == 1)
  }

  @Test
  func `options that change nothing are fine`() async throws {
    let payload = Self.hex("ff0f30")
    let answers = try await answers(
      ["--no-legacy", "--dialect", "v8", "--rewrite", "faithful"], [payload])
    #expect(answers == [Answer(status: 1, position: 3, rest: payload)])
  }

  @Test(arguments: [
    ([], true), (["--no-legacy"], false), (["--profile", "node20"], false),
    (["--profile", "node20", "--legacy"], true), (["--profile", "chromium102"], true),
    (["--profile", "chromium102", "--no-legacy"], false),
  ])
  func `versions below 13 are read where that is the default or asked for`(
    _ arguments: [String], _ isRead: Bool
  ) async throws {
    let payloads = ["ff0c220161", "7b00"].map(Self.hex)
    for (answer, payload) in zip(try await answers(arguments, payloads), payloads) {
      #expect(answer.status == (isRead ? 1 : 0))
      #expect(answer.position == (isRead ? payload.count : 0))
    }
  }

  // MARK: - Goldens

  @Test
  func `node20 goldens are rewritten as Node 20 rewrites them`() async throws {
    var payloads: [[UInt8]] = []
    var goldens: [(name: String, position: Int?, rewritten: String?)] = []
    for value in Fixtures.values
    where value.transfer == nil && value.prefix == nil && value.several == nil {
      for golden in value.goldens where golden.engines.contains("node20") {
        guard let written = golden.written, golden.unreadable == nil else { continue }
        payloads.append(Self.hex(written))
        goldens.append((value.name, golden.position, golden.rewritten))
      }
    }
    #expect(payloads.count > 300)
    for (answer, golden) in zip(try await answers(["--profile", "node20"], payloads), goldens) {
      #expect(answer.status == (golden.rewritten == nil ? 3 : 1), "\(golden.name)")
      if let position = golden.position { #expect(answer.position == position, "\(golden.name)") }
      if let rewritten = golden.rewritten {
        #expect(answer.rest == Self.hex(rewritten), "\(golden.name)")
      }
    }
  }

  @Test(arguments: [true, false])
  func `bytes made by hand are judged as Node 20 judges them`(_ legacy: Bool) async throws {
    var payloads: [[UInt8]] = []
    var verdicts: [(name: String, verdict: Fixtures.Verdict)] = []
    for read in Fixtures.reads where (read.legacy == true) == legacy {
      for verdict in read.verdicts where verdict.engines.contains("node20") && verdict.died != true
      {
        payloads.append(Self.hex(read.bytes))
        verdicts.append((read.name, verdict))
      }
    }
    #expect(payloads.count > 300)
    for (answer, (name, verdict)) in zip(
      try await answers(["--profile", "node20", legacy ? "--legacy" : "--no-legacy"], payloads),
      verdicts)
    {
      if verdict.accepted == true {
        #expect(answer.status == (verdict.rewritten == nil ? 3 : 1), "\(name)")
        if let position = verdict.position { #expect(answer.position == position, "\(name)") }
        if let rewritten = verdict.rewritten {
          #expect(answer.rest == Self.hex(rewritten), "\(name)")
        }
      } else {
        #expect(answer.status == 0, "\(name)")
        if let error = verdict.error {
          // The corpus has the class of the exception before its message.
          let kind = error.hasPrefix("SyntaxError: ") ? "SyntaxError: " : "Error: "
          #expect((kind + answer.text).hasPrefix(error + "\n"), "\(name)")
        }
      }
    }
  }

  @Test
  func `goldens of every engine come back byte for byte without a profile`() async throws {
    var payloads: [[UInt8]] = []
    var names: [String] = []
    for value in Fixtures.values
    where value.transfer == nil && value.prefix == nil && value.several == nil {
      for golden in value.goldens where golden.unreadable == nil {
        guard let written = golden.written else { continue }
        payloads.append(Self.hex(written))
        names.append("\(value.name) by \(golden.engines)")
      }
    }
    #expect(payloads.count > 1000)
    for ((answer, payload), name) in zip(zip(try await answers([], payloads), payloads), names) {
      #expect(answer == Answer(status: 1, position: payload.count, rest: payload), "\(name)")
    }
  }

  // MARK: - Dialects

  @Test(arguments: ["node14", "node20", "node24"])
  func `what Node wrote is what Node writes after reading`(engine: String) async throws {
    let goldens = Fixtures.nodeSerialize.flatMap(\.goldens).filter {
      $0.engines.contains(engine) && $0.written != nil
    }
    let payloads = goldens.map { Self.hex($0.written ?? "") }
    let rewritten = try await answers(["--profile", engine, "--dialect", "node"], payloads)
    #expect(rewritten.map(\.rest) == goldens.map { Self.hex($0.rewritten ?? "") })
    let same = try await answers(["--dialect", "node"], payloads)
    #expect(same.map(\.rest) == payloads)

    let frames = Fixtures.nodeChannel.flatMap(\.goldens).filter {
      $0.engines.contains(engine) && $0.written != nil
    }
    let bodies = frames.map { Array(Self.hex($0.written ?? "").dropFirst(4)) }
    let returned = try await answers(["--profile", engine, "--dialect", "node-ipc"], bodies)
    #expect(returned.map(\.rest) == frames.map { Array(Self.hex($0.returned ?? "").dropFirst(4)) })
  }

  @Test func `what Chromium stored is what Chromium stores after reading`() async throws {
    let items = Fixtures.blinkValues.filter {
      $0.stored?.hasPrefix("ff15") == true && $0.read != "null" && $0.rewrittenFile == nil
    }
    let payloads = items.map { Self.hex($0.stored ?? "") }
    let rewritten = try await answers(["--profile", "chromium156", "--dialect", "blink"], payloads)
    #expect(rewritten.map(\.rest) == items.map { Self.hex($0.rewritten ?? $0.stored ?? "") })
    #expect(items.count > 150)
    let same = try await answers(["--dialect", "blink"], payloads)
    #expect(same.map(\.rest) == payloads)
  }

  @Test func `what IndexedDB stores compressed is unwrapped and wrapped again`() async throws {
    let items = Fixtures.blinkValues.filter {
      $0.storedBytes != nil && $0.read != "null" && $0.rewrittenBytes == nil
    }
    let payloads = items.compactMap(\.storedBytes)
    let isInBlob = payloads.map { $0.starts(with: [0xFF, 0x11, 0x01]) }
    #expect(isInBlob.contains(true))
    #expect(payloads.contains { $0.starts(with: [0xFF, 0x11, 0x02]) })
    for arguments in [["--profile", "chromium156"], []] {
      let answers = try await answers(arguments + ["--dialect", "indexeddb"], payloads)
      for (index, answer) in answers.enumerated() {
        #expect(answer.status == (isInBlob[index] ? 0 : 1), "\(items[index].name)")
        if isInBlob[index] {
          #expect(answer.position == 3)
          #expect(answer.text.contains("blob"), "\(items[index].name): \(answer.text)")
        } else if payloads[index].starts(with: [0xFF, 0x11, 0x02]) {
          // Another release of Snappy may make another block of the same content.
          #expect(
            try IDBValueUnwrapper.unwrap(answer.rest) == IDBValueUnwrapper.unwrap(payloads[index]))
          #expect(answer.rest.starts(with: [0xFF, 0x11, 0x02]))
        } else {
          #expect(answer.rest == payloads[index], "\(items[index].name)")
        }
      }
    }
  }

  @Test func `an envelope of Electron is read and written, and must be there`() async throws {
    let payloads = ["ff13ff0f4101490224 0001", "ff0f30", "ff13ff105c6200"].map {
      Self.hex($0.filter { $0 != " " })
    }
    let answers = try await answers(
      ["--profile", "chromium156", "--dialect", "electron"], payloads)
    #expect(
      answers[0]
        == Answer(status: 1, position: 11, rest: Self.hex("ff13ff10610149004902400101")))
    #expect(answers.dropFirst().map(\.status) == [0, 0])
    #expect(answers.dropFirst().map(\.position) == [2, 4])
    #expect(
      answers[2].text.hasSuffix("Electron has no host object with the tag 98"))
  }
}
