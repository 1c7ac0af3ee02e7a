import StructuredClone

/// Which objects of a value are mentioned more than once, and where.
///
/// Two walks: the first finds the objects, the second numbers them and notes their places. What is kept is four
/// bytes for each record of the value; paths are made only of what is told.
struct SharingMap {
  /// An object with more than one mention.
  struct SharedObject {
    /// How many of an object's mentions are told with their places.
    static let mostMentions = 3

    /// What it is called in the text, from 1 on in the order of appearance.
    let number: Int
    /// What kind of object it is.
    let kind: String
    /// Where it stands first.
    let place: ClonePath
    /// Where it is mentioned again; the first few.
    var mentions: [ClonePath] = []
    /// How often it is mentioned after the first time.
    var mentionCount = 0
    /// Whether a mention is inside the object itself.
    var isCircular = false
    /// Whether the walk is inside the object.
    var isOpen = true
  }

  /// What the table says of an object; more is the mark of a shared object and its number.
  private enum Mark {
    static let single: UInt32 = 0
    static let shared: UInt32 = 1
  }

  /// How many shared objects are told with their paths.
  private static let toldObjects = 20

  /// The shared objects whose places are told.
  private(set) var told: [SharedObject] = []
  /// The number of all shared objects.
  private(set) var count = 0
  private var marks = ReceiverTable()

  /// Looks through a value in a loop. A value that promises to share nothing costs nothing.
  init(_ root: CloneValue) {
    guard root.hasSharedReferences, let receiver = root.receiver else { return }
    var walk = ContentWalk()
    SharingMap.follow(&walk, from: receiver) { walk, receiver in
      switch walk.table.insert(receiver, Mark.single) {
      case nil: return true
      case Mark.single:
        walk.table.assign(Mark.shared, to: receiver)
        count += 1
      default: break
      }
      return false
    }
    guard count > 0 else { return }
    var numberCount = 0
    SharingMap.follow(&walk, from: receiver) { walk, receiver in
      let mark = walk.table[receiver] ?? Mark.single
      guard mark != Mark.single else { return true }
      guard mark == Mark.shared else {
        noteMention(of: Int(mark - Mark.shared), in: walk)
        return false
      }
      numberCount += 1
      walk.table.assign(Mark.shared + UInt32(numberCount), to: receiver)
      if numberCount <= SharingMap.toldObjects {
        told.append(
          SharedObject(number: numberCount, kind: receiver.value.kindName, place: walk.path))
      }
      return true
    } close: { walk, receiver in
      if let number = walk.table[receiver].map({ Int($0) - Int(Mark.shared) }), number > 0,
        number <= told.count
      {
        told[number - 1].isOpen = false
      }
    }
    marks = walk.table
  }

  /// Walks through a value in the order of appearance; `meet` says whether to look into a receiver.
  private static func follow(
    _ walk: inout ContentWalk, from root: Receiver, meet: (inout ContentWalk, Receiver) -> Bool,
    close: (inout ContentWalk, Receiver) -> Void = { _, _ in }
  ) {
    if meet(&walk, root) { walk.open(root) }
    while let current = walk.current {
      if let item = walk.next() {
        if let receiver = item.receiver, meet(&walk, receiver) { walk.open(receiver) }
      } else {
        close(&walk, current)
        walk.close()
      }
    }
  }

  private mutating func noteMention(of number: Int, in walk: ContentWalk) {
    guard number <= told.count else { return }
    told[number - 1].mentionCount += 1
    if told[number - 1].isOpen { told[number - 1].isCircular = true }
    if told[number - 1].mentions.count < SharedObject.mostMentions {
      told[number - 1].mentions.append(walk.path)
    }
  }

  /// The number of a shared object; `nil` for anything that is mentioned once.
  func number(of receiver: Receiver) -> Int? {
    guard count > 0, let mark = marks.known(receiver), mark > Mark.shared else { return nil }
    return Int(mark - Mark.shared)
  }
}
