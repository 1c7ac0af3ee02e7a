/// An object of the embedder: an interface name and a payload, whose meaning is the dialect's.
public struct CloneHostObject: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new host object.
  public init(interface name: CloneString, payload: CloneValue) {
    receiver = Receiver(.hostObject)
    let graph = receiver.graph
    graph.cells = [graph.makeCell(name), graph.makeCell(payload)]
  }

  /// The name of the interface, such as `Blob`.
  public var interface: CloneString {
    receiver.graph.string(of: receiver.cell(0)) ?? CloneString("")
  }

  /// What the object consists of.
  public var payload: CloneValue {
    get { receiver.graph.value(of: receiver.cell(1)) }
    _modify {
      receiver.makeEditable()
      var value = receiver.graph.takeValue(at: 1)
      defer { receiver.graph.putBack(value, at: 1) }
      yield &value
    }
  }
}
