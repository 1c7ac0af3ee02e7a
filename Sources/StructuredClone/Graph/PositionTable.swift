/// Finds positions by the hash of what stands there: a hash table that keeps nothing but the positions.
///
/// The elements stay where they are, on a stack or among the cells of a graph, and the caller compares them.
/// A position takes 5 to 11 bytes, whatever the elements are. Hashes are seeded by the process, as those of
/// the standard library.
struct PositionTable: Sendable {
  /// Position + 1, 0 if vacant; a power of two of them, of which at most three quarters are taken.
  private var places: [UInt32]
  /// How many there are.
  private(set) var count = 0

  /// A table of no places, which is always full. Computed, as what is stored asks at each use whether it was made.
  @inline(__always)
  static var vacant: PositionTable { PositionTable(places: []) }

  private init(places: [UInt32]) { self.places = places }

  init(minimumCapacity: Int = 0) {
    var size = 8
    while 3 * size < 4 * minimumCapacity { size *= 2 }
    places = Array(repeating: 0, count: size)
  }

  /// What the table takes, in bytes.
  var byteCount: Int { MemoryLayout<UInt32>.size * places.count }

  /// How many places there are; a quarter of them stays vacant.
  var capacity: Int { places.count }

  /// All positions, in no order.
  var positions: some Sequence<UInt32> { places.lazy.filter { $0 != 0 }.map { $0 - 1 } }

  /// The position with a hash that the caller recognizes.
  @inline(__always)
  func find(hash: Int, where isMatch: (UInt32) -> Bool) -> UInt32? {
    var place = firstPlace(of: hash)
    while let position = position(at: place) {
      if isMatch(position) { return position }
      place = self.place(after: place)
    }
    return nil
  }

  /// Where positions with a hash begin.
  @inline(__always)
  func firstPlace(of hash: Int) -> Int { hash & (places.count - 1) }

  /// The next place where positions with the same hash can be.
  @inline(__always)
  func place(after place: Int) -> Int { (place + 1) & (places.count - 1) }

  /// The position at a place; `nil` behind the last with the same hash.
  @inline(__always)
  func position(at place: Int) -> UInt32? { places[place] == 0 ? nil : places[place] - 1 }

  /// Whether the next position needs a larger table.
  var isFull: Bool { 4 * (count + 1) > 3 * places.count }

  /// Adds a position. If the table has to grow, it asks for the hash of each that it holds.
  mutating func insert(_ position: UInt32, hash: Int, rehash: (UInt32) -> Int) {
    if isFull {
      let old = places
      places = Array(repeating: 0, count: 2 * places.count)
      count = 0
      for place in old where place != 0 { insert(place - 1, hash: rehash(place - 1)) }
    }
    insert(position, hash: hash)
  }

  /// Adds a position to a table that is not full.
  mutating func insert(_ position: UInt32, hash: Int) {
    let mask = places.count - 1
    var place = hash & mask
    while places[place] != 0 { place = (place + 1) & mask }
    places[place] = position + 1
    count += 1
  }
}
