/// Where in a value something is: `$.users[3].name`.
public struct ClonePath: Hashable, Sendable, CustomStringConvertible {
  /// One step from a container to what it contains.
  public enum Step: Hashable, Sendable {
    /// A property of an object, or a named property of an array.
    case property(ClonePropertyKey)
    /// An element of an array.
    case element(Int)
    /// The key of the entry of a map at a position.
    case mapKey(Int)
    /// The value of the entry of a map at a position.
    case mapValue(Int)
    /// The element of a set at a position.
    case setElement(Int)
    /// A section of an error: `message`, `stack` or `cause`.
    case section(String)
    /// What is inside another object: the buffer of a view, the payload of a host object.
    case content(String)
  }

  /// The steps from the root on; of a very deep path, the first and last hundred.
  public internal(set) var steps: [Step]

  /// How many steps were left out in the middle.
  public internal(set) var omittedSteps = 0

  /// How many steps are before those that were left out.
  private var outerCount = ClonePath.longestEnd

  /// How many steps at each end are kept.
  static let longestEnd = 100
  private static let longestName = 64

  /// Makes a path.
  public init(_ steps: [Step] = []) {
    self.steps = steps
    if steps.count > 2 * ClonePath.longestEnd {
      omittedSteps = steps.count - 2 * ClonePath.longestEnd
      self.steps = Array(
        steps.prefix(ClonePath.longestEnd) + steps.suffix(ClonePath.longestEnd))
    }
  }

  /// Makes the path through so many open containers, the outermost first, some of which are no step. Of a very deep one only the
  /// ends are made.
  ///
  /// - Parameter longestEnd: how many steps at each end are made.
  init(
    through count: Int, longestEnd: Int = ClonePath.longestEnd, _ step: (Int) -> Step?
  ) {
    var outer: [Step] = []
    var depth = 0
    while depth < count, outer.count < longestEnd {
      if let step = step(depth) { outer.append(step) }
      depth += 1
    }
    var inner: [Step] = []
    for innerDepth in (depth..<count).reversed() {
      guard let step = step(innerDepth) else { continue }
      if inner.count < longestEnd { inner.append(step) } else { omittedSteps += 1 }
    }
    outerCount = outer.count
    steps = outer + inner.reversed()
  }

  /// Makes a path of so many steps, of which only those that it keeps are made.
  init(count: Int, _ step: (Int) -> Step) {
    let end = ClonePath.longestEnd
    guard count > 2 * end else {
      steps = (0..<count).map(step)
      return
    }
    omittedSteps = count - 2 * end
    steps = (0..<end).map(step) + ((count - end)..<count).map(step)
  }

  func appending(_ step: Step) -> ClonePath {
    var longer = self
    longer.steps.append(step)
    return longer
  }

  /// The path from a container on, in which a step leads to where this one begins.
  func behind(_ step: Step) -> ClonePath {
    var longer = self
    longer.steps.insert(step, at: 0)
    if longer.steps.count > 2 * ClonePath.longestEnd {
      longer.steps.remove(at: ClonePath.longestEnd)
      longer.omittedSteps += 1
    }
    return longer
  }

  /// The path as JavaScript would be written from a root `$`. Very long names and paths are cut.
  public var description: String {
    var text = "$"
    for (position, step) in steps.enumerated() {
      if omittedSteps > 0, position == outerCount { text += "…(\(omittedSteps) steps)…" }
      switch step {
      case .property(let key):
        if let index = key.index {
          text += "[\(index)]"
        } else if ClonePath.isIdentifier(key.name) {
          text += ".\(key.name)"
        } else {
          text += "[\(ClonePath.quoted(key.name))]"
        }
      case .element(let index): text += "[\(index)]"
      case .mapKey(let index): text += ".key(\(index))"
      case .mapValue(let index): text += ".value(\(index))"
      case .setElement(let index): text += ".element(\(index))"
      case .section(let name), .content(let name): text += ".\(name)"
      }
    }
    return text
  }

  /// A name in quotes, cut if it is very long.
  private static func quoted(_ name: CloneString) -> String {
    guard name.utf16Count > longestName else { return name.debugDescription }
    return CloneString(utf16: name.utf16.prefix(longestName)).debugDescription + "…"
  }

  static func isIdentifier(_ name: CloneString) -> Bool {
    guard let first = name.utf16.first, name.utf16Count <= longestName else { return false }
    func isStart(_ unit: UInt16) -> Bool {
      (0x61...0x7A).contains(unit) || (0x41...0x5A).contains(unit) || unit == 0x5F || unit == 0x24
    }
    return isStart(first)
      && name.utf16.allSatisfy { isStart($0) || (0x30...0x39).contains($0) }
  }
}
