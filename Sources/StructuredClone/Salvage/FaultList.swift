/// What was wrong so far in a payload that is salvaged.
struct FaultList: Sendable {
  struct Item: Sendable {
    let error: CloneDecodingError
    let bytes: Range<Int>
    /// The record that stands in its place.
    var record: UInt32?
  }

  /// There may be many of them, so that long paths would take much memory.
  static let longestPathEnd = 8

  /// How many are tolerated.
  let limit: Int
  private(set) var items: [Item] = []

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { items.count >= limit }

  mutating func append(_ item: Item) { items.append(item) }
}
