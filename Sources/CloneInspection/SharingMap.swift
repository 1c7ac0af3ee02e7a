import StructuredClone

/// Which objects of a value are mentioned more than once, and where.
struct SharingMap {
  /// An object with more than one mention.
  struct SharedObject {
    /// What it is called in the text, from 1 on in the order of appearance.
    let number: Int
    /// What kind of object it is.
    let kind: String
    /// Where it stands first.
    let place: ClonePath
    /// Where it is mentioned again; the first few.
    let mentions: [ClonePath]
    /// How often it is mentioned after the first time.
    let mentionCount: Int
    /// Whether a mention is inside the object itself.
    let isCircular: Bool
  }

  /// How many shared objects are told with their paths.
  private static let toldObjects = 20

  /// The shared objects whose places are told.
  private(set) var told: [SharedObject] = []
  private var numbers: [CloneIdentity: Int] = [:]

  /// Looks through a value in a loop. A value that promises to share nothing costs nothing.
  init(_ root: CloneValue) {
    guard root.hasSharedReferences else { return }
    let walk = SharingWalk(root)
    let shared = walk.mentions.sorted { $0.key < $1.key }
    for (number, (ordinal, mentions)) in zip(1..., shared) {
      numbers[mentions.identity] = number
      guard number <= SharingMap.toldObjects else { continue }
      told.append(
        SharedObject(
          number: number, kind: mentions.kind, place: walk.path(to: walk.arrivals[ordinal]),
          mentions: mentions.told.map(walk.path(to:)), mentionCount: mentions.count,
          isCircular: mentions.isCircular))
    }
  }

  /// The number of all shared objects.
  var count: Int { numbers.count }

  /// The number of a shared object; `nil` for anything that is mentioned once.
  func number(of value: CloneValue) -> Int? {
    guard count > 0 else { return nil }
    return value.identity.flatMap { numbers[$0] }
  }
}
