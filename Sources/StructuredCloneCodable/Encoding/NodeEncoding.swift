import StructuredClone

/// Values as nodes of an editor, for types that do not write in the order of the bytes: containers can be filled at any time,
/// and keys given twice.
final class NodeEncoding {
  private let editor = CloneGraphEditor()
  private var targets: [Target] = []
  private var containers: [CloneGraphEditor.Node] = []
  private var instances: [ObjectIdentifier: (node: CloneGraphEditor.Value?, instance: AnyObject)] =
    [:]

  /// Where a value goes.
  private struct Target {
    enum Position {
      case root
      /// Kept here until it is asked for.
      case kept
      case property(CloneGraphEditor.Node, ClonePropertyKey)
      case element(CloneGraphEditor.Node, Int)
    }

    let position: Position
    var value: CloneGraphEditor.Value?
    /// The container that was begun there.
    var container: UInt32?
  }

  private func add(_ position: Target.Position) -> EncodingState.Place {
    targets.append(Target(position: position))
    return EncodingState.Place(level: UInt32(targets.count - 1), start: 0)
  }

  // MARK: - Places

  func root() -> EncodingState.Place { add(.root) }
  func kept() -> EncodingState.Place { add(.kept) }

  func property(_ handle: EncodingState.Handle, _ name: String) -> EncodingState.Place {
    add(.property(containers[Int(handle.level)], ClonePropertyKey(name)))
  }

  /// A new element of an array or a set, which holds its place.
  func element(_ handle: EncodingState.Handle) -> EncodingState.Place {
    let node = containers[Int(handle.level)]
    let index = node.count
    node.append(.undefined)
    return add(.element(node, index))
  }

  func count(of handle: EncodingState.Handle) -> Int { containers[Int(handle.level)].count }

  func set(_ value: CloneGraphEditor.Value, at place: EncodingState.Place) {
    targets[Int(place.level)].value = value
    put(value, at: place)
  }

  /// Makes an empty object that is replaced by what is written there later.
  func putPlaceholder(at place: EncodingState.Place) { put(.node(editor.object()), at: place) }

  private func put(_ value: CloneGraphEditor.Value, at place: EncodingState.Place) {
    switch targets[Int(place.level)].position {
    case .root, .kept: break
    case .property(let node, let key): node[key] = value
    case .element(let node, let index): node[ClonePropertyKey(index)] = value
    }
  }

  /// Takes away what was begun at a place: a property is none then, an element `undefined`.
  func clear(_ place: EncodingState.Place) {
    let target = targets[Int(place.level)]
    targets[Int(place.level)] = Target(position: target.position)
    guard target.value != nil else { return }
    switch target.position {
    case .root, .kept: break
    case .property(let node, let key): node.removeProperty(key)
    case .element(let node, let index): node[ClonePropertyKey(index)] = .undefined
    }
  }

  func set(_ value: CloneValue, at place: EncodingState.Place) {
    set(editor.add(value), at: place)
  }

  func isSet(_ place: EncodingState.Place) -> Bool { targets[Int(place.level)].value != nil }

  func value(at place: EncodingState.Place) -> CloneGraphEditor.Value {
    targets[Int(place.level)].value ?? .undefined
  }

  /// Makes an empty object where nothing was written.
  func finish(_ place: EncodingState.Place) {
    if !isSet(place) { set(.node(editor.object()), at: place) }
  }

  // MARK: - Containers

  /// The container of a place, which is made if there is none.
  func container(
    at place: EncodingState.Place, _ make: (CloneGraphEditor) -> CloneGraphEditor.Node
  ) -> EncodingState.Handle {
    if let known = targets[Int(place.level)].container {
      return EncodingState.Handle(level: known, serial: 0)
    }
    let node = make(editor)
    containers.append(node)
    let number = UInt32(containers.count - 1)
    targets[Int(place.level)].container = number
    set(.node(node), at: place)
    return EncodingState.Handle(level: number, serial: 0)
  }

  func insert(_ element: EncodingState.Place, into set: EncodingState.Handle) {
    containers[Int(set.level)].insert(value(at: element))
  }

  func set(
    _ key: EncodingState.Place, _ value: EncodingState.Place, in map: EncodingState.Handle
  ) {
    containers[Int(map.level)][mapKey: self.value(at: key)] = self.value(at: value)
  }

  /// The value of all nodes.
  func finish(root: EncodingState.Place) -> CloneValue { editor.finish(value(at: root)) }

  // MARK: - Instances

  /// Whether an instance is known: it takes its place then if it has one already.
  func begin(_ instance: AnyObject, at place: EncodingState.Place) -> Known {
    let identifier = ObjectIdentifier(instance)
    guard let known = instances[identifier] else {
      instances[identifier] = (nil, instance)
      instancePlaces[identifier] = place
      return .new
    }
    let first = instancePlaces[identifier]
    guard let value = known.node ?? first.flatMap({ targets[Int($0.level)].value }) else {
      return .unfinished
    }
    set(value, at: place)
    return .written
  }

  private var instancePlaces: [ObjectIdentifier: EncodingState.Place] = [:]

  enum Known { case new, written, unfinished }

  func end(_ instance: AnyObject) { instances[ObjectIdentifier(instance)] = nil }
}
