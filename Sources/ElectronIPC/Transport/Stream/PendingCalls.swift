/// The calls of the other side that have no reply, by the numbers that it gave them.
///
/// Most numbers rise by one, and most replies come in about that order: the highest numbers are bits in a ring, which need no
/// hashing; what has waited for long is in a set. A number is in one of them only.
package struct PendingCalls {
  private static let wordCount: UInt64 = 16
  private static let wordSize: UInt64 = 64

  /// The bits of as many words from the first one on, each at its number modulo theirs.
  private var ring = [UInt64](repeating: 0, count: Int(wordCount))
  private var firstWord: UInt64 = 0
  private var earlier: Set<UInt64> = []
  /// How many there are.
  package private(set) var count = 0

  /// Makes an empty collection.
  package init() {}

  /// Adds a call.
  ///
  /// - Returns: false if it is there already.
  package mutating func insert(_ number: UInt64) -> Bool {
    let (word, bit) = PendingCalls.place(of: number)
    if word >= firstWord + PendingCalls.wordCount {
      setAside(wordsBelow: word - PendingCalls.wordCount + 1)
    }
    let isNew: Bool
    if word >= firstWord {
      isNew = ring[PendingCalls.index(of: word)] & bit == 0
      ring[PendingCalls.index(of: word)] |= bit
    } else {
      isNew = earlier.insert(number).inserted
    }
    if isNew { count += 1 }
    return isNew
  }

  /// Takes a call out, if it is there.
  package mutating func remove(_ number: UInt64) {
    let (word, bit) = PendingCalls.place(of: number)
    let isThere: Bool
    if word >= firstWord, word < firstWord + PendingCalls.wordCount {
      isThere = ring[PendingCalls.index(of: word)] & bit != 0
      ring[PendingCalls.index(of: word)] &= ~bit
    } else {
      isThere = earlier.remove(number) != nil
    }
    if isThere { count -= 1 }
  }

  /// Moves what the ring has of words below one to the set; each call is moved once at most.
  private mutating func setAside(wordsBelow newFirst: UInt64) {
    for word in firstWord..<min(newFirst, firstWord + PendingCalls.wordCount) {
      var bits = ring[PendingCalls.index(of: word)]
      while bits != 0 {
        earlier.insert(word * PendingCalls.wordSize + UInt64(bits.trailingZeroBitCount))
        bits &= bits - 1
      }
      ring[PendingCalls.index(of: word)] = 0
    }
    firstWord = newFirst
  }

  private static func place(of number: UInt64) -> (word: UInt64, bit: UInt64) {
    (number / wordSize, 1 << (number % wordSize))
  }

  private static func index(of word: UInt64) -> Int { Int(word % wordCount) }
}
