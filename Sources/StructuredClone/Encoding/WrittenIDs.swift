/// The wire ids of the receivers that were written.
///
/// A graph that was read is mostly written whole and in its order: its receivers have a table by their numbers, from
/// the first one that was written on, which grows with them. All others, such as values that were built, each of
/// which is a graph of its own, have entries in a table of addresses with open addressing.
///
/// The graph that a walk begins with is kept, and keeps all that the walk can reach: identity lasts as long as the
/// ids, and no new object takes an address.
struct WrittenIDs: Sendable {
  private struct Entry: Sendable {
    /// The address of the graph; 0 where there is no entry.
    var graph: UInt = 0
    var index: UInt32 = 0
    var id: UInt32 = 0
  }

  /// The graph that has a table by number.
  private var numberedGraph: UInt = 0
  private var firstNumber: UInt32 = 0
  /// Id + 1 of each record from `firstNumber` on, 0 if it has none.
  private var numbered: [UInt32] = []
  private var numberedCount = 0
  /// Whether records of the numbered graph may be in the other table.
  private var hasOutliers = false

  /// As many as a power of two, and at most half of them are taken.
  private var entries: [Entry] = []
  private var entryCount = 0

  private var kept: [CloneGraph] = []

  init() {}

  /// Keeps a graph that is going to be written from.
  mutating func keep(_ graph: CloneGraph) {
    if kept.last !== graph { kept.append(graph) }
  }

  /// Notes that a walk enters a graph at a record.
  @inline(__always)
  mutating func enter(_ graph: CloneGraph, at index: UInt32) {
    if numberedGraph == 0, !graph.isEditable {
      numberedGraph = WrittenIDs.address(of: graph)
      firstNumber = index
      // The buffer of a view that was built may be a record of it and written already.
      hasOutliers = !entries.isEmpty
    }
  }

  @inline(__always)
  static func address(of graph: CloneGraph) -> UInt { UInt(bitPattern: ObjectIdentifier(graph)) }

  /// The id of a record, if it has one in the table by number.
  @inline(__always)
  func findNumbered(_ graph: UInt, _ index: UInt32) -> UInt32? {
    guard graph == numberedGraph else { return nil }
    let number = Int(index) - Int(firstNumber)
    guard number >= 0, number < numbered.count, numbered[number] != 0 else { return nil }
    return numbered[number] - 1
  }

  /// The id of a record, if it has one.
  func find(_ graph: UInt, _ index: UInt32) -> UInt32? {
    if let id = findNumbered(graph, index) { return id }
    if graph == numberedGraph, !hasOutliers { return nil }
    guard !entries.isEmpty else { return nil }
    let entry = entries[place(graph, index)]
    return entry.graph == 0 ? nil : entry.id
  }

  /// Gives a record its id, unless it has one, which is answered then.
  @inline(__always)
  mutating func insert(_ graph: UInt, _ index: UInt32, _ id: UInt32) -> UInt32? {
    if graph == numberedGraph {
      let number = Int(index) - Int(firstNumber)
      if number >= 0, number < numbered.count {
        let known = numbered[number]
        if known != 0 { return known - 1 }
        if !hasOutliers {
          numbered[number] = id + 1
          numberedCount += 1
          return nil
        }
      }
    }
    return insertElsewhere(graph, index, id)
  }

  @inline(never)
  private mutating func insertElsewhere(
    _ graph: UInt, _ index: UInt32, _ id: UInt32
  ) -> UInt32? {
    if hasOutliers || graph != numberedGraph, !entries.isEmpty {
      let entry = entries[place(graph, index)]
      if entry.graph != 0 { return entry.id }
    }
    if graph == numberedGraph {
      let number = Int(index) - Int(firstNumber)
      // Room only in proportion to what is written: a small part of a large graph may reach far.
      if number >= 0, number < 64 + 4 * numberedCount {
        if number >= numbered.count {
          numbered.append(
            contentsOf: repeatElement(
              0, count: max(number + 1, 2 * numbered.count) - numbered.count))
        }
        numbered[number] = id + 1
        numberedCount += 1
        return nil
      }
      hasOutliers = true
    }
    if 2 * entryCount >= entries.count { growEntries() }
    entries[place(graph, index)] = Entry(graph: graph, index: index, id: id)
    entryCount += 1
    return nil
  }

  private mutating func growEntries() {
    let old = entries
    entries = Array(repeating: Entry(), count: max(16, 2 * old.count))
    for entry in old where entry.graph != 0 { entries[place(entry.graph, entry.index)] = entry }
  }

  /// Where the entry of a record is or would be. There is a free one, as half of them are.
  private func place(_ graph: UInt, _ index: UInt32) -> Int {
    // Addresses are multiples of 16 and no attacker's choice, and records that can be chosen are too few of a
    // graph to fall together often.
    let key = UInt64(graph >> 4) &+ UInt64(index) &* 0xD6E8_FEB8_6659_FD93
    let bits = entries.count.trailingZeroBitCount
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 - bits))
    while true {
      let entry = entries[place]
      if entry.graph == 0 || (entry.graph == graph && entry.index == index) { return place }
      place = (place + 1) & (entries.count - 1)
    }
  }
}
