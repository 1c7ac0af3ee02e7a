/// What a codec says to a payload.
public enum Answer: Hashable, Sendable {
  /// It cannot be read, with the text of the exception.
  case rejected(String)
  /// It was read up to a position, and written again.
  case accepted(position: Int, rewritten: [UInt8])
  /// It was read up to a position, but writing it again failed, with the text of the exception.
  case refused(position: Int, String)
  /// The process did not survive.
  case died
  /// The process did not answer in time.
  case timedOut

  /// The answer in a frame as `clone-conformance` and the oracle send it; `nil` for anything else.
  init?(frame: ArraySlice<UInt8>) {
    guard frame.count >= 5 else { return nil }
    let start = frame.startIndex
    let position = (1...4).reversed().reduce(0) { $0 << 8 | Int(frame[start + $1]) }
    let rest = frame[(start + 5)...]
    switch frame[start] {
    case 0: self = .rejected(String(decoding: rest, as: UTF8.self))
    case 1: self = .accepted(position: position, rewritten: Array(rest))
    case 3: self = .refused(position: position, String(decoding: rest, as: UTF8.self))
    default: return nil
    }
  }

  /// Whether a value was read.
  public var isAccepted: Bool {
    switch self {
    case .accepted, .refused: true
    case .rejected, .died, .timedOut: false
    }
  }

  /// The text of the exception, if there was one.
  public var message: String? {
    switch self {
    case .rejected(let text), .refused(_, let text): text
    case .accepted, .died, .timedOut: nil
    }
  }
}

extension Answer: CustomStringConvertible {
  /// For people.
  public var description: String {
    switch self {
    case .rejected(let text): "rejected: \(Answer.printable(text))"
    case .accepted(let position, let bytes):
      "accepted up to \(position), rewritten \(Hex.text(bytes))"
    case .refused(let position, let text):
      "accepted up to \(position), rewriting refused: \(Answer.printable(text))"
    case .died: "the process died"
    case .timedOut: "no answer in time"
    }
  }

  /// A message in which what a payload brought along does no harm to a terminal.
  private static func printable(_ text: String) -> String {
    text.unicodeScalars.map {
      (0x20..<0x7F).contains($0.value) ? String($0) : $0.escaped(asASCII: true)
    }
    .joined()
  }
}
