public import StructuredClone

/// What the handler of an `invoke` threw, with all that an error of JavaScript has.
///
/// A handler may throw one. Whatever it throws, the page that called gets Electron's text; a page that may
/// (``WebContents/receivesHandlerErrors``) gets this beside it, as ``IPCError/thrown``.
public struct HandlerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The class of the error, such as `Error` or `TypeError`.
  public var name: String
  /// The message.
  public var message: String
  /// The stack, if there is one: Swift's errors have none.
  public var stack: String?
  /// The code, as of the errors of Node: a string or a number; `nil` if there is none.
  public var code: CloneValue?
  /// Why it happened: usually an error; `nil` if nothing is known.
  public var cause: CloneValue?

  /// Makes an error.
  public init(
    name: String = "Error", _ message: String, stack: String? = nil, code: CloneValue? = nil,
    cause: CloneValue? = nil
  ) {
    self.name = name
    self.message = message
    self.stack = stack
    self.code = code
    self.cause = cause
  }

  /// JavaScript's `toString()` of the error: name and message, or the one that is not empty.
  public var text: String { IPCError.text(name: name, message) }

  /// The text.
  public var description: String { text }

  /// Makes what was thrown of any error: one that has no name in JavaScript is an `Error`.
  init(_ error: any Error) {
    switch error {
    case let error as HandlerError: self = error
    case let error as IPCError: self.init(name: error.name, error.message)
    default: self.init("\(error)")
    }
  }
}

/// Beside the text of a reply: a plain object, as an `Error` of the serializer keeps neither code nor name.
extension HandlerError {
  var value: CloneValue {
    var object: CloneObject = ["name": CloneValue(name), "message": CloneValue(message)]
    if let stack { object["stack"] = CloneValue(stack) }
    if let code { object["code"] = code }
    if let cause { object["cause"] = cause }
    return .object(object)
  }

  /// Reads what may come from anywhere: `nil` unless it has a name and a message.
  init?(_ value: CloneValue) {
    guard let object = value.object, let name = object["name"].string,
      let message = object["message"].string
    else { return nil }
    self.init(
      name: String(name), String(message), stack: object["stack"].string.map { String($0) },
      // `nil` alone would be JavaScript's.
      code: object.contains("code") ? object["code"] : .none,
      cause: object.contains("cause") ? object["cause"] : .none)
  }
}
