import NodeClone
import StructuredClone
import Testing
import _CloneFixtures

/// The stream of a test process, by what Node 20 to 24 wrote.
struct NodeTestReporterTests {
  typealias Item = NodeTestReporterDecoder.Item

  /// The items of a stream that arrives in pieces of a size; adjacent text is one.
  private func items(
    _ bytes: [UInt8], pieces size: Int, _ limits: CloneLimits = CloneLimits(inputSize: 1 << 20)
  ) throws -> [Item] {
    var decoder = NodeTestReporterDecoder(limits: limits)
    var items: [Item] = []
    func add(_ item: Item) {
      if case .text(let more) = item, case .text(let text) = items.last {
        items[items.count - 1] = .text(text + more)
      } else {
        items.append(item)
      }
    }
    for start in stride(from: 0, to: bytes.count, by: size) {
      decoder.append(bytes[start..<min(start + size, bytes.count)])
      while let item = try decoder.next() { add(item) }
    }
    if let item = try decoder.finish() { add(item) }
    return items
  }

  private func types(_ items: [Item]) -> [String] {
    items.map {
      switch $0 {
      case .event(let event): event["type"].string.map { String($0) } ?? "?"
      case .text(let text): "'\(String(decoding: text, as: UTF8.self))'"
      }
    }
  }

  @Test(arguments: ["node20", "node22", "node24"])
  func `events and text are told apart however they arrive`(engine: String) throws {
    let bytes = Fixtures.nodeReporter(of: engine)
    let whole = try items(bytes, pieces: bytes.count)
    let types = types(whole)
    #expect(types.count { $0 == "test:pass" } == 5)
    #expect(types.count { $0 == "test:fail" } == 1)
    #expect(types.contains { $0.contains("stray text before\n") })
    #expect(types.contains { $0.contains("stray text in the middle \u{ff}\u{f}\n") })
    #expect(!types.contains("?"))
    for size in [1, 2, 5, 6, 7, 64, 1000] { #expect(try items(bytes, pieces: size) == whole) }

    let encoder = NodeTestReporterEncoder()
    let written = try whole.flatMap { item throws -> [UInt8] in
      switch item {
      case .event(let event): try encoder.encode(event)
      case .text(let text): text
      }
    }
    #expect(written == bytes)
  }

  @Test func `a failure has its error`() throws {
    let events = try items(Fixtures.nodeReporter(of: "node24"), pieces: 1000)
    let failure = events.lazy.compactMap { item -> CloneValue? in
      if case .event(let event) = item, event["type"] == "test:fail" { event } else { nil }
    }.first
    let data = try #require(failure?["data"])
    #expect(data["name"] == "fails")
  }

  @Test func `what only looks like an event is text`() throws {
    let text: [[UInt8]] = [
      [0xFF], [0xFF, 0x0F], [0xFF, 0x0F, 0, 0, 0, 1, 0x30],
      [0xFF, 0x0F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
      [0xFF, 0x0F, 0, 0, 0, 9, 0x41, 0x0F], [0xFF, 0xFF, 0xFF, 0x0F, 0xFF],
    ]
    let event = try NodeTestReporterEncoder().encode(["type": "x"])
    for stray in text {
      for size in [1, 3, 100] {
        #expect(
          try items(stray + event + [0x41], pieces: size)
            == [.text(stray), .event(["type": "x"]), .text([0x41])])
      }
      #expect(try items(event + stray, pieces: 1) == [.event(["type": "x"]), .text(stray)])
    }
  }

  @Test func `an event that is none is one error, and what follows is read`() throws {
    let good = try NodeTestReporterEncoder().encode([1])
    var decoder = NodeTestReporterDecoder()
    decoder.append([0x61, 0xFF, 0x0F, 0, 0, 0, 3, 0xFF, 0x0F, 0x21] + good)
    #expect(try decoder.next() == .text([0x61]))
    let error = #expect(throws: NodeStreamError.self) { try decoder.next() }
    #expect(error?.offset == 1)
    #expect(try decoder.next() == .event([1]))
    #expect(try decoder.finish() == nil)
  }

  @Test func `a stream that ends within an event says so`() throws {
    let event = try NodeTestReporterEncoder().encode(["type": "x"])
    for cut in 8..<event.count {
      let error = #expect(throws: NodeStreamError.self) {
        try items(Array(event.prefix(cut)), pieces: 5)
      }
      guard case .truncated(let missing) = error?.reason else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(missing == event.count - cut)
    }
  }
}
