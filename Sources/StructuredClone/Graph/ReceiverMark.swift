/// Which receiver another one is or was, without keeping what it holds: as long as there is a mark, no other graph takes the
/// address of its own.
struct ReceiverMark: Equatable, Sendable {
  private let identifier: ObjectIdentifier
  private let index: UInt32
  // Never read: the graph may be gone.
  private unowned let graph: CloneGraph

  init(_ receiver: Receiver) {
    identifier = ObjectIdentifier(receiver.graph)
    index = receiver.index
    graph = receiver.graph
  }

  /// Whether the mark is of a receiver.
  func isOf(_ receiver: Receiver) -> Bool {
    identifier == ObjectIdentifier(receiver.graph) && index == receiver.index
  }

  static func == (left: ReceiverMark, right: ReceiverMark) -> Bool {
    left.identifier == right.identifier && left.index == right.index
  }
}
