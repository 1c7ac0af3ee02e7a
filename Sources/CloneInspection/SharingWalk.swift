import StructuredClone

/// A walk through a value that numbers every object in the order of appearance, and notes which are reached
/// again.
struct SharingWalk {
  /// A place inside an object, which is named by its ordinal.
  struct Place {
    let container: Int
    let step: ClonePath.Step
  }

  /// The mentions of an object after the first one.
  struct Mentions {
    /// How many of an object's mentions are noted with their places.
    static let longest = 3

    let identity: CloneIdentity
    let kind: String
    var count = 0
    var told: [Place] = []
    var isCircular = false

    init(of value: CloneValue, identity: CloneIdentity) {
      self.identity = identity
      kind = value.kindName
    }
  }

  /// How every object was reached first; the root stands nowhere.
  private(set) var arrivals: [Place?] = []
  /// The objects that are mentioned again, by ordinal.
  private(set) var mentions: [Int: Mentions] = [:]
  private var ordinals: [CloneIdentity: Int] = [:]
  private var stack: [(ordinal: Int, contents: Contents)] = []
  /// The objects on the stack.
  private var open: Set<Int> = []

  init(_ root: CloneValue) {
    visit(root, at: nil)
    while let (container, contents) = stack.last {
      switch contents.next() {
      case .value(let value, let step)?: visit(value, at: Place(container: container, step: step))
      case .holes?, .rest?: break
      case nil:
        stack.removeLast()
        open.remove(container)
      }
    }
  }

  private mutating func visit(_ value: CloneValue, at place: Place?) {
    guard let identity = value.identity else { return }
    if let ordinal = ordinals[identity], let place {
      var known = mentions[ordinal] ?? Mentions(of: value, identity: identity)
      known.count += 1
      if open.contains(ordinal) { known.isCircular = true }
      if known.told.count < Mentions.longest { known.told.append(place) }
      mentions[ordinal] = known
      return
    }
    let ordinal = arrivals.count
    ordinals[identity] = ordinal
    arrivals.append(place)
    open.insert(ordinal)
    stack.append((ordinal, value.contents()))
  }

  /// The path to a place, by the way on which its object was reached first.
  func path(to place: Place?) -> ClonePath {
    var steps: [ClonePath.Step] = []
    var place = place
    while let here = place {
      steps.append(here.step)
      place = arrivals[here.container]
    }
    return ClonePath(steps.reversed())
  }
}
