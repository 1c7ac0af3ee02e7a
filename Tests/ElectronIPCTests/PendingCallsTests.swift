import CloneGeneration
import ElectronIPC
import Testing

/// Calls without a reply, against a set.
struct PendingCallsTests {
  private struct Pair {
    var calls = PendingCalls()
    var model: Set<UInt64> = []

    mutating func insert(_ number: UInt64) {
      let isNew = calls.insert(number)
      #expect(isNew == model.insert(number).inserted, "\(number)")
      #expect(calls.count == model.count)
    }

    mutating func remove(_ number: UInt64) {
      calls.remove(number)
      model.remove(number)
      #expect(calls.count == model.count, "\(number)")
    }
  }

  @Test(arguments: [1, 2, 100, 5000, 1 << 40])
  func `calls come and go as in a set`(span: Int) {
    var random = SplitMix64(seed: UInt64(span))
    var pair = Pair()
    var next: UInt64 = 0
    for _ in 0..<5000 {
      switch random.below(8) {
      case 0...2:
        // As most callers number them.
        next += 1
        pair.insert(next)
      case 3:
        next += UInt64(random.below(span))
        pair.insert(next)
      case 4: pair.insert(UInt64(random.below(Int(next) + 1)))
      case 5: pair.remove(UInt64(random.below(Int(next) + 2)))
      default:
        if let number = pair.model.min() { pair.remove(number) }
      }
    }
    for number in pair.model {
      pair.insert(number)
      pair.remove(number)
    }
    #expect(pair.model.isEmpty)
  }

  @Test func `the largest number is one`() {
    var pair = Pair()
    let largest: UInt64 = 1 << 53 - 1
    for number in [largest, largest, 1, 0, 1] { pair.insert(number) }
    pair.remove(largest)
    pair.remove(2)
    pair.insert(largest)
  }
}
