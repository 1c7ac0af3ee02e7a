import CloneGeneration

/// What differs, in words that are the same for differences of one kind: bugs are grouped by it.
struct DifferenceKind {
  let codec: LocalCodec

  func callAsFunction(payload: [UInt8], ours: Answer, engine: Answer) -> String {
    let version = oldVersion(payload)
    switch (ours, engine) {
    case (.rejected, _):
      return "\(version)we: \(codec.rejection(of: payload)); engine: \(verdict(engine))"
    case (.accepted(let ourEnd, let ourBytes), .accepted(let end, let bytes)):
      if ourEnd != end { return "\(version)both accept; the positions differ" }
      return "\(version)both accept; rewritten otherwise: \(place(ourBytes, bytes))"
    case (.refused(let ourEnd, _), .refused(let end, _)) where ourEnd != end:
      return "\(version)both accept; the positions differ"
    default: return "\(version)we: \(verdict(ours)); engine: \(verdict(engine))"
    }
  }

  /// Versions below 13 are read by rules of their own.
  private func oldVersion(_ payload: [UInt8]) -> String {
    guard payload.first == 0xFF, payload.count > 1 else { return "version 0; " }
    let version = payload[1] & 0x7F
    return version < 13 ? "version \(version); " : ""
  }

  private func verdict(_ answer: Answer) -> String {
    switch answer {
    case .accepted: "accepts"
    case .refused(_, let text): "accepts, does not write: \(general(text))"
    case .rejected(let text): "rejects: \(general(text))"
    case .died: "dies"
    case .timedOut: "hangs"
    }
  }

  /// A message without what it quotes: a regular expression stands between the first and the last colon.
  private func general(_ text: String) -> String {
    guard text.hasPrefix("Invalid regular expression"), let last = text.lastIndex(of: ":") else {
      return text
    }
    return "Invalid regular expression" + text[last...]
  }

  /// The tags of the items in which two rewritings differ first.
  private func place(_ ours: [UInt8], _ theirs: [UInt8]) -> String {
    let common = zip(ours, theirs).prefix { $0 == $1 }.count
    return "\(tag(ours, at: common)) here, \(tag(theirs, at: common)) there"
  }

  private func tag(_ bytes: [UInt8], at offset: Int) -> String {
    guard let start = WirePayload(parsing: bytes)?.tagOffsets.last(where: { $0 <= offset }) else {
      return "end"
    }
    return TagName.text(bytes[start])
  }
}
