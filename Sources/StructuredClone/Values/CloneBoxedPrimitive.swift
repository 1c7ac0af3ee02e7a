/// A `Boolean`, `Number`, `String` or `BigInt` object: a primitive with an identity.
public struct CloneBoxedPrimitive: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new object around a boolean, number, string or big integer; `nil` for any other value.
  public init?(_ primitive: CloneValue) {
    receiver = Receiver(.boxedPrimitive)
    switch primitive {
    case .boolean, .string, .bigint: receiver.graph.cells.append(receiver.graph.makeCell(primitive))
    case .number(let number): receiver.graph.cells.append(.double(number))
    default: return nil
    }
  }

  /// The primitive inside.
  public var primitive: CloneValue { receiver.graph.value(of: receiver.cell(0)) }
}
