/// The ports of a connection: which numbers there are, and our end of the pipe behind each that is open.
struct StreamPorts {
  private let role: StreamRole
  private let limit: Int
  private var ends: [UInt32: PortEnd] = [:]
  /// The next number that we give; `nil` if there is none left.
  private var next: UInt32?
  /// The highest number of the other side's.
  private var lastOfPeer: UInt32 = 0

  init(role: StreamRole, limit: Int) {
    self.role = role
    // A frame counts its ports in two bytes.
    self.limit = min(limit, Int(UInt16.max))
    next = role.firstPort
  }

  /// Gives numbers to ends that are sent.
  ///
  /// - Returns: the numbers, or `nil` if that would be too many ports.
  mutating func number(_ sent: [PortEnd]) -> [UInt32]? {
    guard ends.count + sent.count <= limit else { return nil }
    var numbers: [UInt32] = []
    for end in sent {
      guard let number = next else { return nil }
      let (following, isPast) = number.addingReportingOverflow(2)
      next = isPast ? nil : following
      ends[number] = end
      numbers.append(number)
    }
    return numbers
  }

  /// Makes the pipes of ports that the other side sent.
  ///
  /// - Returns: our ends, to be drained, and those for the receiver.
  mutating func receive(
    _ numbers: [UInt32]
  ) throws(StreamError.Reason) -> (ours: [(UInt32, PortEnd)], theirs: [PortEnd]) {
    guard ends.count + numbers.count <= limit else { throw .tooManyPorts(limit: limit) }
    var ours: [(UInt32, PortEnd)] = []
    var theirs: [PortEnd] = []
    for number in numbers {
      guard isOfPeer(number), number > lastOfPeer else { throw .repeatedPort(number) }
      lastOfPeer = number
      let (end, other) = PortEnd.makePair()
      ends[number] = end
      ours.append((number, end))
      theirs.append(other)
    }
    return (ours, theirs)
  }

  /// Our end of a port, if it is open.
  ///
  /// - Throws: if there was never such a port.
  func end(of number: UInt32) throws(StreamError.Reason) -> PortEnd? {
    if let end = ends[number] { return end }
    let isKnown = isOfPeer(number) ? number <= lastOfPeer : number < (next ?? .max)
    guard number > 0, isKnown else { throw .unknownPort(number) }
    return nil
  }

  subscript(number: UInt32) -> PortEnd? { ends[number] }

  mutating func remove(_ number: UInt32) -> PortEnd? { ends.removeValue(forKey: number) }

  mutating func removeAll() -> [PortEnd] {
    defer { ends = [:] }
    return Array(ends.values)
  }

  private func isOfPeer(_ number: UInt32) -> Bool { number % 2 != role.firstPort % 2 }
}

extension StreamError.Reason: Error {}
