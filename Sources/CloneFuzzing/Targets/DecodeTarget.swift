import StructuredClone

/// Reads bytes in every way there is to read them, one way an input: many quick runs find more than few long ones.
struct DecodeTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let bytes = input.payload
    var decisions = Decisions(input.options)
    switch decisions.below(4) {
    case 0: compareRepresentations(bytes)
    case 1: checkCopies(bytes, decode(bytes, .faithful))
    case 2:
      checkLimits(bytes, decode(bytes, .faithful), &decisions)
      checkPlain(bytes)
    default: readSeveral(bytes, &decisions)
    }
  }

  private func compareRepresentations(_ bytes: [UInt8]) {
    let faithful = decode(bytes, .faithful)
    let engine = decode(bytes, .engine)
    switch (faithful, engine) {
    case (.success(let left), .success(let right)):
      calls.require(
        left.byteCount == right.byteCount, "both representations read equally far")
      // After a first attempt that failed, references of version 13 lead to what an engine had half built.
      if left.wireFormatVersion != 13 {
        calls.requireEqual(left.value, right.value, "both representations are one value")
      }
      checkWithoutRest(left, bytes)
      calls.checkVisiting(left.value)
    case (.failure(let left), .failure(let right)):
      calls.require(left == right, "both representations are refused alike: \(left), \(right)")
    default: calls.fail("both representations are read or refused")
    }
  }

  private func decode(
    _ bytes: [UInt8], _ representation: ValueDeserializer.Representation
  ) -> Result<ClonePayload, CloneDecodingError> {
    let result = calls.attempt("ClonePayload(decoding:)") { () throws(CloneDecodingError) in
      try ClonePayload(decoding: bytes, representation: representation)
    }
    switch result {
    case .success(let payload):
      calls.require(
        (1...max(1, bytes.count)).contains(payload.byteCount), "the value ends in the input")
    case .failure(let error): calls.check(error, in: bytes)
    }
    return result
  }

  /// Bytes behind a value make no difference, except in version 0; and V8 reads an overlong number only if more bytes
  /// follow than it can have. In version 13 that leads to a second attempt, which can fail in any way.
  private func checkWithoutRest(_ payload: ClonePayload, _ bytes: [UInt8]) {
    guard payload.wireFormatVersion > 0, payload.byteCount < bytes.count else { return }
    switch decode(Array(bytes.prefix(payload.byteCount)), .faithful) {
    case .success(let alone):
      calls.require(alone.byteCount == payload.byteCount, "bytes behind the value do not count")
      calls.requireEqual(alone.value, payload.value, "bytes behind the value change nothing")
    case .failure(let error):
      calls.require(
        error.reason == .truncated || payload.wireFormatVersion == 13,
        "bytes behind a value do not count: \(error)")
    }
  }

  /// From a span, without the fast path, with a reader that was used, and with a value that lets go of the input.
  private func checkCopies(_ bytes: [UInt8], _ expected: Result<ClonePayload, CloneDecodingError>) {
    let detached = calls.attempt("CloneValue(decoding:retainingInput:)") {
      () throws(CloneDecodingError) in
      try CloneValue(decoding: bytes, retainingInput: false)
    }
    let copied = calls.attempt("ValueDeserializer(copying:)") { () throws(CloneDecodingError) in
      var deserializer = ValueDeserializer(copying: RawSpan(_elements: bytes.span))
      deserializer.usesFastPath = false
      try deserializer.readHeader()
      return try deserializer.readValue()
    }
    // Used for what is nearly the same.
    var used = ValueDeserializer(bytes.dropLast())
    try? used.readHeader()
    _ = try? used.readValue()
    let reused = calls.attempt("ValueDeserializer.reset") { () throws(CloneDecodingError) in
      used.reset(copying: RawSpan(_elements: bytes.span))
      try used.readHeader()
      return try used.readValue()
    }
    switch (expected, detached, copied, reused) {
    case (.success(let payload), .success(let first), .success(let second), .success(let third)):
      calls.requireEqual(payload.value, first, "a copy is equal")
      calls.requireEqual(payload.value, second, "a span is read as an array is")
      calls.requireEqual(payload.value, third, "a used reader reads what a new one reads")
    case (.failure(let error), .failure(let first), .failure(let second), .failure(let third)):
      calls.require(
        error == first && error == second && error == third,
        "refusals do not depend on the entry")
    default: calls.fail("a span is read or refused as an array is")
    }
  }

  /// What is read without a graph is what the reader reads.
  private func checkPlain(_ bytes: [UInt8]) {
    if let elements = PlainPayload.elements(of: bytes, headerAt: 0) {
      checkPlain(CloneValue(elements), bytes)
    }
    if let value = PlainPayload.property("a", of: bytes, headerAt: 0) {
      checkPlain(["a": value], bytes)
    }
  }

  private func checkPlain(_ value: CloneValue, _ bytes: [UInt8]) {
    guard case .success(let payload) = decode(bytes, .engine) else {
      calls.fail("bytes that are read without a graph are refused with one")
    }
    calls.requireEqual(payload.value, value, "a payload is the same without a graph")
  }

  /// Limits refuse, and change nothing else.
  private func checkLimits(
    _ bytes: [UInt8], _ expected: Result<ClonePayload, CloneDecodingError>,
    _ decisions: inout Decisions
  ) {
    let limits = CloneLimits.small(&decisions)
    let limited = calls.attempt("ClonePayload(decoding:limits:)") { () throws(CloneDecodingError) in
      try ClonePayload(decoding: bytes, limits: limits)
    }
    switch (expected, limited) {
    case (.success(let payload), .success(let value)):
      calls.requireEqual(payload.value, value.value, "limits do not change a value")
    case (_, .failure(let error)): calls.check(error, in: bytes)
    case (.failure(let error), .success): calls.fail("limits make nothing readable: \(error)")
    }
    if case .success(let payload) = expected {
      let result = calls.attempt("encoded(limits:)") { () throws(DataCloneError) in
        try payload.value.encoded(limits: limits)
      }
      if case .failure(let error) = result { calls.check(error) }
    }
  }

  /// Values and raw reads behind one header, as the options say.
  private func readSeveral(_ bytes: [UInt8], _ decisions: inout Decisions) {
    var deserializer = ValueDeserializer(
      bytes, representation: decisions.flag() ? .engine : .faithful)
    var values: [CloneValue] = []
    do throws(CloneDecodingError) {
      if decisions.flag() { _ = try deserializer.readRawBytes(decisions.below(4)) }
      try deserializer.readHeader()
      for _ in 0..<16 {
        let start = deserializer.position
        switch decisions.below(10) {
        case 5: _ = try deserializer.readUInt32()
        case 6: _ = try deserializer.readUInt64()
        case 7: _ = try deserializer.readDouble()
        case 8: _ = try deserializer.readRawBytes(decisions.pick([0, 1, 2, 5, -1, .max, .min]))
        // A header in the middle is read again.
        case 9: try deserializer.readHeader()
        default:
          let value = try calls.measure("readValue") { () throws(CloneDecodingError) in
            try deserializer.readValue()
          }
          values.append(value)
        }
        calls.require(
          (start...bytes.count).contains(deserializer.position), "reading goes forwards")
      }
    } catch {
      calls.check(error, in: bytes)
    }
    calls.require(deserializer.position <= bytes.count, "reading stays in the input")
    writeSeveral(values)
  }

  /// Values that were read together can be written together, with raw data between them.
  private func writeSeveral(_ values: [CloneValue]) {
    var serializer = ValueSerializer()
    serializer.writeHeader()
    var written = 0
    for value in values {
      let result = calls.attempt("writeValue") { () throws(DataCloneError) in
        try serializer.writeValue(value)
      }
      guard case .success = result else { break }
      serializer.writeUInt32(.max)
      serializer.writeUInt64(.max)
      serializer.writeDouble(0.5)
      serializer.writeRawBytes([1, 2])
      written += 1
    }
    let count = serializer.count
    let bytes = serializer.release()
    calls.require(bytes.count == count, "as many bytes are released as were counted")
    var deserializer = ValueDeserializer(bytes)
    do throws(CloneDecodingError) {
      try deserializer.readHeader()
      for value in values.prefix(written) {
        calls.requireEqual(try deserializer.readValue(), value, "several values are read again")
        let numbers = (
          try deserializer.readUInt32(), try deserializer.readUInt64(),
          try deserializer.readDouble()
        )
        let bytes = Array(try deserializer.readRawBytes(2))
        calls.require(
          numbers == (.max, .max, 0.5) && bytes == [1, 2], "raw data is read again")
      }
    } catch {
      calls.fail("several values that were written can be read: \(error) in \(calls.hex(bytes))")
    }
  }
}

extension CloneLimits {
  /// Limits that are reached soon; each byte chooses one.
  static func small(_ decisions: inout Decisions) -> CloneLimits {
    func limit(_ choices: [Int]) -> Int { decisions.pick(choices) }
    return CloneLimits(
      depth: limit([100_000, 0, 1, 2, 3, 8]), inputSize: limit([.max, 0, 1, 16, 64]),
      nodes: limit([.max, 0, 1, 2, 5]), arrayLength: limit([1 << 20, 0, 1, 3]),
      sparseArrayLength: limit([.max, 0, 1, 5]), bigIntSize: limit([1 << 20, 0, 1, 8]),
      stringLength: limit([1 << 20, 0, 1, 3]), regExpLength: limit([.max, 0, 1, 3]),
      hostObjectDepth: limit([100_000, 0, 1]), memory: limit([.max, 0, 1, 100, 1000]))
  }
}
