import StructuredClone

/// Why a value cannot be written: what the container, which knows the path, makes an `EncodingError` of.
struct Refusal: Error {
  let text: String
  let cause: DataCloneError?
  /// The element of the value that it is about.
  var element: Int?
  /// Whether nothing is wrong with the value: it cannot be written in this order.
  let isDerailment: Bool

  init(_ text: String, _ cause: DataCloneError? = nil) {
    self.text = text
    self.cause = cause
    isDerailment = false
  }

  private init() {
    text = ""
    cause = nil
    isDerailment = true
  }

  /// The same of an element of the value.
  func of(element: Int) -> Refusal {
    var refusal = self
    refusal.element = element
    return refusal
  }

  static func tooDeep(_ limit: Int) -> Refusal {
    let error = DataCloneError(
      .limitExceeded("maximumDepth", limit), message: "Maximum call stack size exceeded")
    return Refusal(error.message, error)
  }

  static let tooManyElements = Refusal("an array of 2^32 elements or more")

  static let derailment = Refusal()

  /// The error for a value with a coding path.
  func encodingError(of value: Any, at path: [any CodingKey]) -> EncodingError {
    let path = element.map { path + [CloneCodingKey.index($0)] } ?? path
    let steps = ClonePath(path.map(\.step))
    return .invalidValue(
      value,
      EncodingError.Context(
        codingPath: path, debugDescription: "at \(steps): \(text)",
        underlyingError: cause ?? DataCloneError(.uncloneable, message: text, path: steps)))
  }
}
