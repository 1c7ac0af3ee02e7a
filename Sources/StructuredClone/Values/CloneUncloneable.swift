/// Something that structured clone refuses, with the description that the refusal names.
public struct CloneUncloneable: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// What kind of thing it is.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// A function or class; the description is its source text.
    case function
    /// A symbol, `Symbol(description)`.
    case symbol
    /// `#<Promise>`
    case promise
    /// `#<WeakMap>`
    case weakMap
    /// `#<WeakSet>`
    case weakSet
    /// `#<WeakRef>`
    case weakRef
    /// A proxy; the description is its target's.
    case proxy
    /// `[object Generator]`
    case generator
    /// An object of the DOM or of another host.
    case platformObject
    /// Anything else.
    case other
    /// What could not be read of a damaged payload (``CloneSalvage``); the description says where.
    case fault
  }

  /// Makes a new uncloneable object.
  ///
  /// - Parameter description: what V8 puts before `could not be cloned.`; by default V8's own text for
  ///   the kind.
  public init(_ kind: Kind, description: CloneString? = nil) {
    receiver = Receiver(.uncloneable, detail: UInt16(kind.rawValue))
    receiver.graph.cells.append(
      receiver.graph.makeCell(description ?? CloneUncloneable.description(of: kind)))
  }

  /// The kind of thing.
  public var kind: Kind {
    Kind(rawValue: UInt8(truncatingIfNeeded: receiver.record.detail)) ?? .other
  }

  /// What V8 calls it.
  public var description: CloneString {
    receiver.graph.string(of: receiver.cell(0)) ?? CloneString("")
  }

  private static func description(of kind: Kind) -> CloneString {
    switch kind {
    case .function: "()=>{}"
    case .symbol: "Symbol()"
    case .promise: "#<Promise>"
    case .weakMap: "#<WeakMap>"
    case .weakSet: "#<WeakSet>"
    case .weakRef: "#<WeakRef>"
    case .generator: "[object Generator]"
    case .proxy, .platformObject, .other, .fault: "#<Object>"
    }
  }
}
