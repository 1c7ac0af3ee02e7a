extension PayloadContent {
  /// The bytes of a payload behind zeros that somebody else is going to set, if the content consists of primitives other than
  /// big integers and ``LiteralAccess/isWritten(by:)``: most calls of other processes have such arguments, and such a result.
  ///
  /// What it takes to write any value takes several times as long as to write a few of these.
  package func plainPayload(
    _ profile: CloneProfile, behindZeros zeroCount: Int, depth: Int
  ) -> [UInt8]? {
    let rules = profile.rules
    guard isPlain, LiteralAccess.isWritten(by: rules), depth > 0 else { return nil }
    let version = (zeroCount > 0 ? rules.versionBehindPrefix : nil) ?? rules.format.version
    let estimate = zeroCount + ValueSerializer.longestHeader + estimatedSize
    return WireWriter.payload(ofAbout: estimate) { writer in
      var writer = writer
      writer.append(headerOf: version, behindZeros: zeroCount)
      writer.append(plain: self)
      return writer
    }
  }

  private var isPlain: Bool {
    switch self {
    case .value(let value): PayloadContent.isPlain(value)
    case .property(_, let value): PayloadContent.isPlain(value)
    case .elements(let elements): elements.allSatisfy { PayloadContent.isPlain($0) }
    }
  }

  @inline(__always)
  private static func isPlain(_ value: CloneValue) -> Bool {
    switch value {
    case .undefined, .null, .boolean, .number, .string: true
    default: false
    }
  }
}
