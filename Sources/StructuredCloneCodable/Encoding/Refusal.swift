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

  static func tooDeep(_ limit: Int) -> Refusal {
    let error = DataCloneError(
      .limitExceeded("maximumDepth", limit), message: "Maximum call stack size exceeded")
    return Refusal(error.message, error)
  }

  static let derailment = Refusal()
}
