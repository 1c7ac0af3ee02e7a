/// An object of the embedder: an interface name and a payload, whose meaning is the dialect's.
public struct CloneHostObject: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new host object.
  ///
  /// - Parameter layout: see ``layout``.
  public init(interface name: CloneString, payload: CloneValue, layout: UInt32 = 0) {
    receiver = Receiver(.hostObject, extra: layout)
    let graph = receiver.graph
    graph.cells = [graph.makeCell(name), graph.makeCell(payload)]
  }

  /// The name of the interface, such as `Blob`.
  public var interface: CloneString {
    receiver.graph.string(of: receiver.cell(0)) ?? CloneString("")
  }

  /// How the payload is laid out, as a number whose meaning is the dialect's: where an embedder has changed its own
  /// format, the version of that. 0 if there is only one layout.
  public var layout: UInt32 { receiver.record.extra }

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
