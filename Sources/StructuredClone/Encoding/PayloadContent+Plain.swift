extension CloneValue {
  /// How many bytes it takes at most if it is plain, a primitive other than a big integer: what can be written and read
  /// without a serializer; `nil` for all others.
  @inline(__always)
  var mostPlainBytes: Int? {
    switch self {
    case .undefined, .null, .boolean, .number: 16
    case .string(let string):
      string.content.count <= CloneValue.longestPlainString ? string.content.count + 16 : nil
    default: nil
    }
  }

  /// So much text every reader takes.
  private static var longestPlainString: Int { CloneLimits.default.stringLength }

  /// Whether a plain value is the same after it has been written and read, and keeps little else in memory.
  @inline(__always)
  fileprivate var isAsRead: Bool {
    switch self {
    case .number(let number): !number.isNaN || number.bitPattern == Double.nan.bitPattern
    case .string(let string): string.content.isCompact
    default: true
    }
  }

  /// A plain value as it is after it has been written and read.
  package var asRead: CloneValue {
    if case .number(let number) = self, number.isNaN { return .number(.nan) }
    return detached()
  }
}

extension PayloadContent {
  /// Whether all values of plain content are what they would be after they have been written and read, and keep little else
  /// in memory.
  package var isAsRead: Bool {
    switch self {
    case .value(let value), .property(_, let value): return value.isAsRead
    case .elements(let elements):
      for index in elements.indices where !elements[index].isAsRead { return false }
      return true
    }
  }

  /// The bytes of a payload behind zeros that somebody else is going to set, if the content is plain and
  /// ``LiteralAccess/isWritten(by:)``: most calls of other processes have such arguments, and such a result.
  ///
  /// What it takes to write any value takes several times as long as to write a few of these.
  package func plainPayload(
    _ profile: CloneProfile, behindZeros zeroCount: Int, depth: Int
  ) -> [UInt8]? {
    guard let most = mostPlainBytes(behindZeros: zeroCount),
      let version = PayloadContent.versionOfPlain(profile, behindZeros: zeroCount, depth: depth)
    else { return nil }
    return WireWriter.payload(ofAbout: most + WritingRoom.forAnyCell) {
      write(version, behindZeros: zeroCount, with: $0)
    }
  }

  /// Appends the bytes of ``plainPayload(_:behindZeros:depth:)`` to others.
  ///
  /// - Parameter most: what ``mostPlainBytes(behindZeros:)`` is, as the content is plain.
  /// - Returns: whether there are such bytes; otherwise nothing is appended.
  package func appendPlainPayload(
    ofAtMost most: Int, to bytes: inout [UInt8], _ profile: CloneProfile,
    behindZeros zeroCount: Int,
    depth: Int
  ) -> Bool {
    guard
      let version = PayloadContent.versionOfPlain(profile, behindZeros: zeroCount, depth: depth)
    else { return false }
    WireWriter.append(ofAbout: most + WritingRoom.forAnyCell, to: &bytes) {
      write(version, behindZeros: zeroCount, with: $0)
    }
    return true
  }

  /// The bytes of ``plainPayload(_:behindZeros:depth:)`` in pieces: long strings are those of the content.
  package func plainPieces(
    _ profile: CloneProfile, behindZeros zeroCount: Int, depth: Int
  ) -> (start: [UInt8], rest: [ArraySlice<UInt8>])? {
    guard
      let version = PayloadContent.versionOfPlain(profile, behindZeros: zeroCount, depth: depth)
    else { return nil }
    return WireWriter.pieces {
      write(version, behindZeros: zeroCount, with: $0)
    }
  }

  /// How many bytes the payload takes at most, if the content is plain; `nil` if it is not.
  package func mostPlainBytes(behindZeros zeroCount: Int) -> Int? {
    let around = zeroCount + ValueSerializer.longestHeader
    switch self {
    case .value(let value): return value.mostPlainBytes.map { $0 + around }
    case .property(let name, let value):
      return value.mostPlainBytes.map { $0 + around + PayloadContent.around(name) }
    case .elements(let elements):
      var sum = around + PayloadContent.aroundElements
      for index in elements.indices {
        guard let most = elements[index].mostPlainBytes else { return nil }
        sum += most
      }
      return sum
    }
  }

  @inline(__always)
  private func write(
    _ version: UInt32, behindZeros zeroCount: Int, with writer: consuming WireWriter
  ) -> WireWriter {
    var writer = writer
    writer.append(headerOf: version, behindZeros: zeroCount)
    writer.append(plain: self)
    return writer
  }

  /// The version in the header of plain content; `nil` if it is to be written as any other.
  @inline(__always)
  private static func versionOfPlain(
    _ profile: CloneProfile, behindZeros zeroCount: Int, depth: Int
  ) -> UInt32? {
    let rules = profile.rules
    guard LiteralAccess.isWritten(by: rules), depth > 0 else { return nil }
    return (zeroCount > 0 ? rules.versionBehindPrefix : nil) ?? rules.format.version
  }
}
