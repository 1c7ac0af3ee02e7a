import DifferentialTesting
import StructuredClone
import Testing

/// The three causes, and nothing else.
struct JudgeTests {
  private func cause(
    _ ours: String, _ engine: String, profile: CloneProfile = .node20,
    payload: [UInt8] = [0xFF, 15]
  ) throws -> Cause? {
    Judge(profile: profile).cause(
      payload: payload, ours: .accepted(position: 9, rewritten: try #require(Hex.bytes(ours))),
      engine: .accepted(position: 9, rewritten: try #require(Hex.bytes(engine))))
  }

  private func cause(of engine: Answer, bytes: Int) -> Cause? {
    Judge(profile: .node20).cause(
      payload: [UInt8](repeating: 0, count: bytes), ours: .accepted(position: 9, rewritten: []),
      engine: engine)
  }

  @Test func `a full stack takes a long payload`() {
    let full = Answer.rejected("Maximum call stack size exceeded")
    #expect(cause(of: full, bytes: 5000) == .stackDepth)
    #expect(
      cause(of: .refused(position: 9, "Maximum call stack size exceeded"), bytes: 5000)
        == .stackDepth)
    #expect(cause(of: full, bytes: 100) == nil)
    let classes = Answer.rejected(
      "Invalid regular expression: /[[]]/v: Maximum call stack size exceeded")
    #expect(cause(of: classes, bytes: 5000) == .stackDepth)
  }

  @Test func `an engine without memory says so, dies or hangs`() {
    #expect(cause(of: .died, bytes: 9) == .memory)
    #expect(cause(of: .timedOut, bytes: 9) == .memory)
    #expect(cause(of: .rejected("Array buffer allocation failed"), bytes: 9) == .memory)
    #expect(cause(of: .rejected("Unable to deserialize cloned data."), bytes: 9) == nil)
  }

  @Test func `resizable buffers may be too much for the address space together`() throws {
    func cause(_ text: String) throws -> Cause? {
      Judge(profile: .deno).cause(
        payload: [], ours: .accepted(position: 9, rewritten: try #require(Hex.bytes(text))),
        engine: .rejected("Unable to deserialize cloned data."))
    }
    let half = "7e 00 80808080808008"
    #expect(try cause("ff0f 61 02 4900 \(half) 4902 \(half) 40 02 02") == .memory)
    #expect(try cause("ff0f \(half)") == nil)
  }

  @Test func `widths of names are history, others are not`() throws {
    let (narrow, wide) = ("ff0f 6f 22026162 30 7b01", "ff0f 6f 00 6304 61006200 30 7b01")
    #expect(try cause(narrow, wide) == .history)
    #expect(try cause(wide, narrow) == .history)
    #expect(try cause(narrow, "ff0f 6f 00 6304 61006300 30 7b01") == nil)
    // A value, and not a name.
    #expect(try cause("ff0f 22026162", "ff0f 00 6304 61006200") == nil)
    #expect(try cause("ff0f 52 22026162 00", "ff0f 52 6304 61006200 00") == .history)
    // In old engines, a string of one unit is looked up among the names wherever it stands.
    #expect(try cause("ff0f 2201e9", "ff0f 6302e900", profile: .node18) == .history)
    #expect(try cause("ff0f 2201e9", "ff0f 6302e900") == nil)
    let (narrowKey, wideKey) = ("ff0f 3b 22026162 30 3a02", "ff0f 3b 00 6304 61006200 30 3a02")
    #expect(try cause(narrowKey, wideKey) == nil)
    #expect(try cause(narrowKey, wideKey, profile: .deno) == .history)
  }

  @Test func `an integer in the form of a double is history in a field only`() throws {
    let (integer, double) = ("4902", "4e000000000000f03f")
    #expect(
      try cause("ff0f 6f 220161 \(integer) 7b01", "ff0f 6f 220161 \(double) 7b01") == .history)
    #expect(try cause("ff0f 72 63 \(integer) 2e", "ff0f 72 63 \(double) 2e") == .history)
    #expect(try cause("ff0f 6f 4900 \(integer) 7b01", "ff0f 6f 4900 \(double) 7b01") == nil)
    #expect(try cause("ff0f \(integer)", "ff0f \(double)") == nil)
    #expect(try cause("ff0f 6f 220161 4900 7b01", "ff0f 6f 220161 4e0000000000000080 7b01") == nil)
  }

  @Test func `what an aborted attempt left behind is history in version 13`() throws {
    let (full, empty) = ("ff0f 41 01 6f 220161 30 7b01 24 00 01", "ff0f 41 01 6f 7b00 24 00 01")
    #expect(try cause(full, empty, payload: [0xFF, 13]) == .history)
    #expect(try cause(full, empty, payload: [0xFF, 15]) == nil)
  }

  @Test func `another position is a bug`() {
    let cause = Judge(profile: .node20).cause(
      payload: [], ours: .accepted(position: 1, rewritten: [1]),
      engine: .accepted(position: 2, rewritten: [1]))
    #expect(cause == nil)
  }
}
