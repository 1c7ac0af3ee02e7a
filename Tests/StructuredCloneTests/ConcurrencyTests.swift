import CloneGeneration
import StructuredClone
import Testing

/// Values are Sendable: tasks that share one see what a single task sees, and a change to a copy is nobody else's.
///
/// What is worth the thread sanitizer's while here: the key indexes, which the first look-up makes; the marks of
/// sharing; uniqueness, which decides whether a change is made in place; and the release of chains of graphs.
struct ConcurrencyTests {
  private static let taskCount = 8
  private static let batchSize = 20
  private static let seed: UInt64 = 7

  @Test func `eight tasks see and change the same values as one`() async throws {
    for start in stride(from: 0, to: TestScale.sharedValues, by: Self.batchSize) {
      let numbers = start..<min(start + Self.batchSize, TestScale.sharedValues)
      // The tasks get values of their own make, on which nobody has looked anything up before.
      let expected = numbers.map { Observation(of: Self.value($0), startingAt: 0) }
      let bytes = numbers.map { try? Self.value($0).encoded(profile: .deno) }
      let shared = numbers.map { Self.value($0) }
      await withTaskGroup(of: Void.self) { group in
        for task in 0..<Self.taskCount {
          group.addTask {
            for (value, (number, expected)) in zip(shared, zip(numbers, expected)) {
              let seen = Observation(of: value, startingAt: task)
              if seen != expected {
                Issue.record(
                  "value \(number), task \(task): \(seen.difference(from: expected) ?? "")")
              }
            }
          }
        }
      }
      for (value, (number, bytes)) in zip(shared, zip(numbers, bytes))
      where (try? value.encoded(profile: .deno)) != bytes {
        Issue.record("value \(number) has changed")
      }
    }
  }

  @Test func `the last mention may be given up by any task`() async {
    for number in 0..<max(1, TestScale.sharedValues / 10) {
      let depth = 50
      var value = Self.value(number)
      var mentions = [value]
      for _ in 0..<depth {
        value = [value, ["inner": value]]
        mentions.append(value)
      }
      let texts = mentions.prefix(3).map(\.debugDescription)
      await withTaskGroup(of: Void.self) { group in
        for task in 0..<Self.taskCount {
          let mine = mentions.indices.filter { $0 % Self.taskCount == task }.map { mentions[$0] }
          group.addTask {
            var rest = mine
            while !rest.isEmpty { rest.removeLast() }
          }
        }
        let kept = Array(mentions.prefix(3))
        mentions = []
        value = .undefined
        await group.waitForAll()
        #expect(kept.map(\.debugDescription) == texts)
      }
    }
  }

  /// A random value among others: alone or in containers that are large enough for an index of their keys, as it was
  /// built or as it was decoded.
  private static func value(_ number: Int) -> CloneValue {
    var random = SplitMix64(seed: seed, index: number)
    var value = ValueGenerator.value(seed: seed, index: number)
    if random.chance(60) {
      let other = ValueGenerator.value(seed: seed + 1, index: number)
      let keys = (0..<9 + random.below(8)).map { ClonePropertyKey("key\($0)") }
      var object = CloneObject(keys.map { ($0, random.chance(50) ? value : CloneValue(1)) })
      object[5] = other
      let map = CloneMap(keys.map { (CloneValue.string($0.name), random.chance(30) ? other : 2) })
      let set = CloneSet(keys.map { CloneValue.string($0.name) } + [value, other])
      value = .array([.object(object), .map(map), .set(set), value, 4.5])
    }
    guard random.chance(70), let bytes = try? value.encoded(profile: .deno) else { return value }
    return (try? CloneValue(decoding: bytes)) ?? value
  }
}
