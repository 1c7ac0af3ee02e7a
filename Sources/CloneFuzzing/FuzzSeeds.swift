/// Inputs of a target from things that are not inputs yet: options are added behind.
extension FuzzTarget {
  /// The input that begins with a payload. A number makes the options; equal numbers make equal ones.
  public func seed(payload: [UInt8], number: Int) -> [UInt8] {
    switch self {
    case .decode: payload + spread(number, count: 16)
    case .roundtrip, .profiles: payload + [UInt8(truncatingIfNeeded: number)]
    case .inspect, .codable: payload + spread(number, count: 4)
    case .edit: payload + spread(number, count: 15) + [15]
    case .transfer: payload + spread(number, count: 12)
    case .salvage: payload + spread(number, count: 2)
    case .values, .strings, .node, .blink, .electron, .detect, .json, .convert, .bridges,
      .connection:
      payload + spread(number, count: 1)
    case .regexp: payload + [0, 0, 0, 0]
    }
  }

  /// The input that is a regular expression. A number chooses the engine.
  public func seed(pattern: [UInt16], flags: UInt32, number: Int) -> [UInt8] {
    let options = [
      UInt8(truncatingIfNeeded: flags), UInt8(truncatingIfNeeded: flags >> 8),
      UInt8(truncatingIfNeeded: number),
    ]
    if pattern.allSatisfy({ $0 <= 0xFF }) {
      return pattern.map { UInt8(truncatingIfNeeded: $0) } + [0] + options
    }
    let bytes = pattern.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    return bytes + [2] + options
  }

  /// Bytes that look random. Every fourth number leaves all of them 0, the plain choice.
  private func spread(_ number: Int, count: Int) -> [UInt8] {
    guard !number.isMultiple(of: 4) else { return [UInt8](repeating: 0, count: count) }
    return (0..<count).map {
      UInt8(truncatingIfNeeded: (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> UInt64($0 * 3 % 56))
    }
  }
}
