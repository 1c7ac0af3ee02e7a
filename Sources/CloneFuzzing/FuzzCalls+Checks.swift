import StructuredClone

/// Properties that several targets ask for.
extension FuzzCalls {
  /// Everything that a refusal can say of itself, and that it points into the input.
  func check(_ error: CloneDecodingError, in bytes: [UInt8]) {
    require((0...bytes.count).contains(error.offset), "the offset \(error.offset) is in the input")
    let text = measure("CloneDecodingError.description") { error.description }
    require(text.hasPrefix(error.message), "the description begins with the message")
    require(text.contains(error.diagnosis), "the description holds the diagnosis")
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

  /// Writes a value, reads that, and expects the same value and, written again, the same bytes.
  ///
  /// - Parameter isFaithful: whether bytes are expected to come back; not of a value that was read as an engine holds
  ///   it, which may write flags of a view that version 13 does not have.
  /// - Returns: the bytes; `nil` if the value cannot be written.
  @discardableResult
  func checkWriting(
    _ value: CloneValue, isFaithful: Bool = true, profile: CloneProfile? = nil,
    writer: (any ValueSerializerDelegate)? = nil, reader: (any ValueDeserializerDelegate)? = nil
  ) -> [UInt8]? {
    let written: [UInt8]
    switch attempt(
      "encoded",
      { () throws(DataCloneError) in try value.encoded(profile: profile, delegate: writer) })
    {
    case .failure(let error):
      check(error)
      return nil
    case .success(let bytes): written = bytes
    }
    do throws(CloneDecodingError) {
      let again = try measure("decode what was written") { () throws(CloneDecodingError) in
        try CloneValue(decoding: written, profile: profile ?? .default, delegate: reader)
      }
      requireEqual(value, again, "a value is read as it was written")
      switch attempt(
        "encoded again",
        { () throws(DataCloneError) in try again.encoded(profile: profile, delegate: writer) })
      {
      case .failure(let error): fail("what was read can be written again: \(error)")
      case .success(let bytes):
        require(
          bytes == written || !isFaithful,
          "bytes are written alike again: \(hex(written)) and \(hex(bytes))")
      }
    } catch {
      fail("what was written can be read: \(error) in \(hex(written))")
    }
    return written
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
