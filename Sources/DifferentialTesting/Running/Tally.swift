/// What came of some payloads.
public struct Tally: Sendable {
  /// How many payloads were compared.
  public var payloads = 0
  /// How many the engine read.
  public var accepted = 0
  /// How many values the profile cannot write, so that there was nothing to ask.
  public var unwritable = 0
  /// How many values neither side can read again.
  public var unreadable = 0
  /// Differences that are no bugs.
  public var causes: [Cause: Int] = [:]
  /// How many of these a fresh process does not show: its answer is this package's.
  public var vanishing = 0
  /// For each cause, the shortest payloads to which a fresh engine answers otherwise.
  public var examples: [Cause: [Difference]] = [:]
  /// Bugs by kind.
  public var bugs: [String: Int] = [:]
  /// Of each kind of bug, the shortest payloads.
  public var samples: [String: [Difference]] = [:]

  /// How many of each kind are kept.
  static let kept = 3

  mutating func add(_ difference: Difference, cause: Cause?) {
    if let cause {
      causes[cause, default: 0] += 1
      Tally.keep(difference, in: &examples[cause, default: []])
    } else {
      bugs[difference.kind, default: 0] += 1
      Tally.keep(difference, in: &samples[difference.kind, default: []])
    }
  }

  /// Adds what came of other payloads.
  mutating func add(_ other: Tally) {
    payloads += other.payloads
    accepted += other.accepted
    unwritable += other.unwritable
    unreadable += other.unreadable
    vanishing += other.vanishing
    causes.merge(other.causes, uniquingKeysWith: +)
    bugs.merge(other.bugs, uniquingKeysWith: +)
    for (cause, list) in other.examples {
      for difference in list { Tally.keep(difference, in: &examples[cause, default: []]) }
    }
    for (kind, list) in other.samples {
      for difference in list { Tally.keep(difference, in: &samples[kind, default: []]) }
    }
  }

  /// Keeps the shortest; of equally long ones, those that came first.
  private static func keep(_ difference: Difference, in list: inout [Difference]) {
    let place =
      list.firstIndex { $0.payload.count > difference.payload.count } ?? list.endIndex
    list.insert(difference, at: place)
    if list.count > kept { list.removeLast() }
  }
}
