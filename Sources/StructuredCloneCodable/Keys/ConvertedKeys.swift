/// What a strategy makes of the keys of objects that are being read, as far as they were asked for: the positions of the keys by their
/// new names.
///
/// Containers are copied for each property, so that they do not hold this. All is forgotten once there are twice as many keys as
/// any object has, but not below two thousand; so an object is not gone through again before as many keys of others were.
struct ConvertedKeys {
  private var positions: [PathStack.Reference: [String: Int]] = [:]
  private var count = 0
  private var mostOfOne = 1024

  /// The positions of the keys of the object at a path: strategies may look at the path, and references lead to one object
  /// by several.
  subscript(path: PathStack.Reference) -> [String: Int]? { positions[path] }

  /// Adds an object.
  mutating func insert(_ keys: [String: Int], at path: PathStack.Reference) {
    mostOfOne = max(mostOfOne, keys.count)
    if count + keys.count > 2 * mostOfOne {
      positions.removeAll(keepingCapacity: true)
      count = 0
    }
    positions[path] = keys
    // Objects without keys take room, too.
    count += keys.count + 1
  }
}
