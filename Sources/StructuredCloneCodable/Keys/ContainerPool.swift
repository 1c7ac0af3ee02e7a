/// Keyed containers that were handed out and are nobody's any more, to be handed out again: making one takes memory, and the
/// runtime looks up three types, which was a tenth of the instructions of `decode` (Documentation/Performance.md).
///
/// A keyed container of the standard library is a reference to a box, and ours in the box is a reference to an object that
/// says what it is the container of. Who holds a container holds the box: as long as somebody does, another is made.
struct ContainerPool<Object: AnyObject> {
  private struct Entry {
    var keys: ObjectIdentifier?
    var box: AnyObject?
    var object: Object?
  }

  /// By depth and type of keys: what is side by side at one depth is often of one type, and never in use at the same time.
  private var entries: [Entry] = []
  private var isClosed = false

  /// From which length of payloads on containers are kept: in fewer bytes there are few objects.
  static var shortestPayload: Int { 1024 }

  private static var widthBits: Int { 2 }

  @inline(__always)
  private static func place(_ keys: ObjectIdentifier, _ depth: Int) -> Int {
    let bits = Int(bitPattern: keys)
    return depth &<< widthBits | (bits &>> 4 ^ bits &>> 8) & ((1 &<< widthBits) &- 1)
  }

  /// A container for keys of a type that is nobody's, and its object.
  @inline(__always)
  mutating func take<Key: CodingKey>(
    _ type: Key.Type, at depth: Int
  ) -> (box: AnyObject, object: Object)? {
    let keys = ObjectIdentifier(type)
    let place = ContainerPool.place(keys, depth)
    guard place < entries.count, entries[place].keys == keys,
      isKnownUniquelyReferenced(&entries[place].box), let box = entries[place].box,
      let object = entries[place].object
    else { return nil }
    return (box, object)
  }

  /// Keeps a container for later.
  mutating func put<Key: CodingKey>(
    _ box: AnyObject, _ object: Object, _ type: Key.Type, at depth: Int
  ) {
    guard !isClosed else { return }
    let keys = ObjectIdentifier(type)
    let place = ContainerPool.place(keys, depth)
    while entries.count <= place { entries.append(Entry()) }
    entries[place] = Entry(keys: keys, box: box, object: object)
  }

  /// Lets go of all containers, which hold the coder that holds the pool. No more are kept.
  mutating func close() {
    entries = []
    isClosed = true
  }
}
