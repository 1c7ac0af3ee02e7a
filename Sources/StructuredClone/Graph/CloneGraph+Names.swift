/// Looking for a property by Swift text: the text is compared with the bytes of the names where they lie, and nothing is made
/// of either.
extension CloneGraph {
  /// Objects with more entries have an index of their keys instead.
  private static let mostCompared = 64
  /// How long a name is whose length takes one byte in a payload.
  fileprivate static let longestName = 0x7F

  /// The value of an object's property.
  ///
  /// - Returns: `nil` if the property has to be looked for as a ``ClonePropertyKey``, because the text may be an index, is not
  ///   ASCII or is long, or the object has many properties.
  func value(ofName name: String, in index: UInt32) -> CloneValue? {
    let record = records[Int(index)]
    guard record.count <= CloneGraph.mostCompared else { return nil }
    // Neither the name's bytes nor the graph's addresses are used after the closure.
    let found = unsafe name.utf8.withContiguousStorageIfAvailable { text in
      unsafe access.valueCell(ofName: text, in: record)
    }
    guard case .some(.some(let cell)) = found else { return nil }
    return value(of: cell)
  }

  /// Whether text is ASCII of a usual length and no index.
  fileprivate static func isPlainName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = unsafe text.first, text.count <= longestName,
      !(0x30...0x39).contains(first)
    else { return false }
    for position in 0..<text.count {
      if unsafe text[position] >= 0x80 { return false }
    }
    return true
  }
}

extension GraphAccess {
  /// The cell of a property's value, `undefined` if there is none; `nil` if the name is none that is compared here.
  fileprivate func valueCell(
    ofName text: UnsafeBufferPointer<UInt8>, in record: Record
  ) -> Cell? {
    guard unsafe CloneGraph.isPlainName(text) else { return nil }
    var position = Int(record.start)
    for _ in 0..<record.count {
      if unsafe isName(cells[position], text) { return unsafe cells[position + 1] }
      position += 2
    }
    return .undefined
  }

  private func isName(_ key: Cell, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch key.tag {
    case .string:
      // A string of a graph is its tag, its length and so many bytes.
      let offset = Int(key.payload)
      let length = unsafe Int(input[offset + 1])
      guard unsafe input[offset] == WireTag.oneByteString, length <= CloneGraph.longestName else {
        return unsafe isEqual(wireString: key, text)
      }
      guard length == text.count else { return false }
      for distance in 0..<text.count {
        if unsafe input[offset + 2 + distance] != text[distance] { return false }
      }
      return true
    case .slot: return unsafe isEqual(slot: key.payload, text)
    default: return false
    }
  }

  /// Names in two bytes a unit are rare among those that need one, and so are lengths in more bytes than they need, which engines
  /// read.
  private func isEqual(wireString key: Cell, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let name = unsafe graph._withUnsafeGuaranteedRef { $0.string(of: key) }
    return unsafe name?.isEqual(to: text) ?? false
  }

  private func isEqual(slot: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard case .string(let name) = unsafe slots[Int(slot)] else { return false }
    return unsafe name.isEqual(to: text)
  }
}

extension CloneString {
  /// Whether the units are those of ASCII text.
  fileprivate func isEqual(to text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard utf16Count == text.count else { return false }
    // The bytes are read within the closure only; there are one or two for each unit.
    return unsafe content.withBytes { stored in
      let width = isTwoByte ? 2 : 1
      for position in 0..<text.count {
        guard unsafe stored[width * position] == text[position],
          unsafe !isTwoByte || stored[width * position + 1] == 0
        else { return false }
      }
      return true
    }
  }
}
