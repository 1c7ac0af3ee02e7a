/// A JavaScript error: its class, and what of message, stack and cause it has.
public struct CloneErrorObject: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// The classes that travel. Anything else arrives as ``error``.
  public enum Name: UInt8, Sendable, CaseIterable, CustomStringConvertible {
    /// `Error`
    case error
    /// `EvalError`
    case evalError
    /// `RangeError`
    case rangeError
    /// `ReferenceError`
    case referenceError
    /// `SyntaxError`
    case syntaxError
    /// `TypeError`
    case typeError
    /// `URIError`
    case uriError

    /// The class name in JavaScript.
    public var description: String {
      switch self {
      case .error: "Error"
      case .evalError: "EvalError"
      case .rangeError: "RangeError"
      case .referenceError: "ReferenceError"
      case .syntaxError: "SyntaxError"
      case .typeError: "TypeError"
      case .uriError: "URIError"
      }
    }

    /// The section byte on the wire; `Error` has none.
    var tag: UInt8? {
      switch self {
      case .error: nil
      case .evalError: UInt8(ascii: "E")
      case .rangeError: UInt8(ascii: "R")
      case .referenceError: UInt8(ascii: "F")
      case .syntaxError: UInt8(ascii: "S")
      case .typeError: UInt8(ascii: "T")
      case .uriError: UInt8(ascii: "U")
      }
    }

    init?(tag: UInt8) {
      guard let name = Name.allCases.first(where: { $0.tag == tag }) else { return nil }
      self = name
    }
  }

  /// Positions of the sections among the record's cells.
  enum Section: Int {
    case message, stack, cause
  }

  /// Makes a new error.
  public init(
    _ name: Name = .error, message: CloneString? = nil, stack: CloneString? = nil,
    cause: CloneValue? = nil
  ) {
    receiver = Receiver(.error, detail: UInt16(name.rawValue))
    let graph = receiver.graph
    graph.cells = [
      message.map { graph.makeCell($0) } ?? .hole,
      stack.map { graph.makeCell($0) } ?? .hole,
      cause.map { graph.makeCell($0) } ?? .hole,
    ]
  }

  /// The class.
  public var name: Name {
    get { Name(rawValue: UInt8(truncatingIfNeeded: receiver.record.detail)) ?? .error }
    set { receiver.edit { _, record in record.detail = UInt16(newValue.rawValue) } }
  }

  /// The own `message`, if there is one.
  public var message: CloneString? {
    get { string(.message) }
    set { set(.message, newValue.map { .string($0) }) }
  }

  /// The `stack`, if there is one.
  public var stack: CloneString? {
    get { string(.stack) }
    set { set(.stack, newValue.map { .string($0) }) }
  }

  /// The own `cause`, if there is one; it may be `undefined`.
  public var cause: CloneValue? {
    get {
      let cell = receiver.cell(Section.cause.rawValue)
      // A bare `nil` would be the value `null` here.
      return cell.isHole ? .none : .some(receiver.graph.value(of: cell))
    }
    set { set(.cause, newValue) }
    _modify {
      receiver.makeEditable()
      let position = Section.cause.rawValue
      let isAbsent = receiver.graph.cells[position].isHole
      var value: CloneValue? = isAbsent ? nil : .some(receiver.graph.takeValue(at: position))
      defer {
        if let value {
          receiver.graph.putBack(value, at: position)
        } else {
          receiver.graph.cells[position] = .hole
        }
      }
      yield &value
    }
  }

  private func string(_ section: Section) -> CloneString? {
    receiver.graph.string(of: receiver.cell(section.rawValue))
  }

  private mutating func set(_ section: Section, _ value: CloneValue?) {
    receiver.makeEditable()
    let graph = receiver.graph
    graph.releaseCell(graph.cells[section.rawValue])
    graph.cells[section.rawValue] = value.map { graph.makeCell($0) } ?? .hole
  }
}
