import StructuredClone

/// Properties that several targets ask for.
extension FuzzCalls {
  /// Everything that a refusal can say of itself, and that it points into the input.
  func check(_ error: CloneDecodingError, in bytes: [UInt8]) {
    require((0...bytes.count).contains(error.offset), "the offset \(error.offset) is in the input")
    let text = measure("CloneDecodingError.description") { error.description }
    require(
      text == "\(error.message) (\(error.diagnosis))", "a description is message and diagnosis")
    require(error.path.description.hasPrefix("$"), "a path begins at the root")
  }

  /// Everything that a refusal to write can say of itself.
  func check(_ error: DataCloneError) {
    let text = measure("DataCloneError.description") { error.description }
    require(text.hasPrefix(error.message), "the description begins with the message")
    require(error.diagnosis.contains(error.path.description), "the diagnosis names the path")
  }

  /// Two values that should be the same, in every sense of it.
  func requireEqual(_ left: CloneValue, _ right: CloneValue, _ promise: @autoclosure () -> String) {
    let areEqual = measure("==") { left == right }
    require(areEqual, "\(promise()): \(left.debugDescription) and \(right.debugDescription)")
    require(
      measure("hashValue") { left.hashValue } == right.hashValue,
      "\(promise()), and so are the hashes: \(left.debugDescription) and \(right.debugDescription)")
    require(
      measure("isContentEqual") { left.isContentEqual(to: right) },
      "\(promise()), and so is the content: \(left.debugDescription)")
  }

  /// How soon writing and reading by turns has to lead to the same bytes.
  enum Stability {
    /// What was written first is written again.
    case immediate
    /// Not at all: an engine reads some things otherwise each time.
    case none
  }

  /// Writes a value, reads that, and expects the same value and the same bytes.
  ///
  /// - Returns: the bytes; `nil` if the value cannot be written.
  @discardableResult
  func checkWriting(
    _ value: CloneValue, stability: Stability = .immediate,
    writer: (any ValueSerializerDelegate)? = nil, reader: (any ValueDeserializerDelegate)? = nil
  ) -> [UInt8]? {
    let first = attempt("encoded") { () throws(DataCloneError) in
      try value.encoded(delegate: writer)
    }
    checkSize(of: value, first, writer)
    guard case .success(let written) = first else {
      if case .failure(let error) = first { check(error) }
      return nil
    }
    let again = rewritten(written, expecting: value, writer, reader)
    switch stability {
    case .immediate where again != written:
      let last =
        hasViewFlagsOfVersion13(written)
        ? rewritten(again, expecting: value, writer, reader) : written
      require(again == last, "bytes are written alike: \(hex(written)), \(hex(again))")
    case .immediate, .none: break
    }
    return written
  }

  /// The size without the bytes, and the bytes in a buffer that holds something already.
  private func checkSize(
    of value: CloneValue, _ written: Result<[UInt8], DataCloneError>,
    _ writer: (any ValueSerializerDelegate)?
  ) {
    let size = attempt("encodedSize") { () throws(DataCloneError) in
      try value.encodedSize(delegate: writer)
    }
    let before: [UInt8] = [0x41, 0x42, 0x43]
    var buffer = before
    let result = attempt("encode(into:)") { () throws(DataCloneError) in
      try value.encode(into: &buffer, delegate: writer)
    }
    switch (written, size, result) {
    case (.success(let bytes), .success(let count), .success):
      require(count == bytes.count, "the size is exact: \(count), \(hex(bytes))")
      require(
        buffer == before + bytes, "a buffer gets the same bytes: \(hex(buffer)), \(hex(bytes))")
      checkRoom(for: value, bytes, writer)
    case (.failure(let error), .failure(let sizeError), .failure(let bufferError)):
      require(
        sizeError.description == error.description && bufferError.description == error.description,
        "a refusal is the same: \(error)")
      require(buffer == before, "a refusal leaves the buffer as it was")
    default: fail("what can be written has a size: \(written), \(size), \(result)")
    }
  }

  /// The bytes in room that is just enough, and none in less.
  private func checkRoom(
    for value: CloneValue, _ bytes: [UInt8], _ writer: (any ValueSerializerDelegate)?
  ) {
    let exact = [UInt8](capacity: bytes.count) { span in
      try? value.encode(into: &span, delegate: writer)
    }
    require(exact == bytes, "room that is just enough gets the same bytes: \(hex(bytes))")
    var less = [UInt8](repeating: 0, count: bytes.count - 1)
    var reason: DataCloneError.Reason?
    unsafe less.withUnsafeMutableBytes { memory in
      // The span does not leave the closure.
      var span = unsafe OutputRawSpan(buffer: memory, initializedCount: 0)
      do throws(DataCloneError) {
        try value.encode(into: &span, delegate: writer)
      } catch {
        reason = error.reason
      }
      require(span.byteCount == 0, "nothing counts where there is too little room")
    }
    require(reason == .insufficientRoom(bytes.count), "room that is too small is refused")
  }

  /// Whether bytes may have flags behind views of version 13. If all are 0, the first attempt takes them for padding, or for
  /// the rest of the input, and they are not written again.
  func hasViewFlagsOfVersion13(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xFF, 13]) }

  /// What is written of bytes that were written.
  private func rewritten(
    _ written: [UInt8], expecting value: CloneValue, _ writer: (any ValueSerializerDelegate)?,
    _ reader: (any ValueDeserializerDelegate)?
  ) -> [UInt8] {
    let again: CloneValue
    do throws(CloneDecodingError) {
      again = try measure("decode what was written") { () throws(CloneDecodingError) in
        try CloneValue(decoding: written, delegate: reader)
      }
    } catch {
      // A first attempt without flags may find what only an embedder reads, and then there is no second.
      guard hasViewFlagsOfVersion13(written) else {
        fail("what was written can be read: \(error) in \(hex(written))")
      }
      return written
    }
    requireEqual(value, again, "a value is read as it was written")
    let result = attempt("encoded again") { () throws(DataCloneError) in
      try again.encoded(delegate: writer)
    }
    switch result {
    case .failure(let error): fail("what was read can be written again: \(error)")
    case .success(let bytes): return bytes
    }
  }

  /// The text for people and the exact one.
  func checkPrinting(_ value: CloneValue) {
    let text = measure("description") { value.description }
    let exact = measure("debugDescription") { value.debugDescription }
    require(!text.isEmpty && !exact.isEmpty, "every value has a text")
  }

  func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
