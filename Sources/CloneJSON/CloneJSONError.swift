public import StructuredClone

/// Text that is not the JSON of a value.
public struct CloneJSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Something else has to stand here.
    case expected(String)
    /// The text ends before the value does.
    case truncated
    /// Bytes that are no UTF-8.
    case invalidUTF8
    /// A character that has to be escaped in a string.
    case unescapedControl
    /// An escape that JSON does not have.
    case invalidEscape
    /// A number that JSON does not have, such as `01` or `1.`.
    case invalidNumber
    /// A number of so many digits.
    case longNumber
    /// A number that no double is near.
    case numberOutOfRange
    /// A key occurs twice, where that means nothing.
    case repeatedKey
    /// `$` stands behind another member, or is the member of a plain object.
    case misplacedMark
    /// A kind that the form does not have.
    case unknownKind(String)
    /// A member that this kind does not have.
    case unknownMember(String)
    /// A member that stands twice.
    case repeatedMember(String)
    /// A member that this kind has to have.
    case missingMember(String)
    /// A member's value; the text says what it must be.
    case invalidMember(String, mustBe: String)
    /// No object before this place has the id.
    case unknownID(Int)
    /// Two objects have the id.
    case repeatedID(Int)
    /// Something stands where it cannot; the text says where it can.
    case misplaced(String, belongs: String)
    /// A limit of ``CloneLimits``, by name and value.
    case limitExceeded(String, Int)
  }

  /// What is wrong.
  public let reason: Reason
  /// The offset of the byte where it is, from the start of the text.
  public let offset: Int
  /// Where it is in the text, as JavaScript would reach it.
  public let path: ClonePath

  init(_ reason: Reason, offset: Int, path: ClonePath) {
    self.reason = reason
    self.offset = offset
    self.path = path
  }

  /// What is wrong, where, and what to do about it.
  public var description: String { "offset \(offset), at \(path): \(explanation)" }

  private var explanation: String {
    switch reason {
    case .expected(let what): "expected \(what)"
    case .truncated: "the text ends before the value does"
    case .invalidUTF8: "these bytes are no UTF-8"
    case .unescapedControl: "a control character in a string must be written as an escape"
    case .invalidEscape: "JSON has no such escape"
    case .invalidNumber: "this is no number of JSON"
    case .longNumber: "a number of more than \(JSONTokenizer.longestNumber) characters"
    case .numberOutOfRange: "the number is beyond every double"
    case .repeatedKey: "the key occurs twice"
    case .misplacedMark:
      "'$' must be the first member; an object that has such a property is written as "
        + #"{"$":"Object","properties":{"$":…}}"#
    case .unknownKind(let name): "there is no kind '\(name)'"
    case .unknownMember(let name): "this kind has no member '\(name)'"
    case .repeatedMember(let name): "the member '\(name)' occurs twice"
    case .missingMember(let name): "the member '\(name)' is missing"
    case .invalidMember(let name, let mustBe): "the member '\(name)' must be \(mustBe)"
    case .unknownID(let id): "no object before this place has the id \(id)"
    case .repeatedID(let id): "another object has the id \(id)"
    case .misplaced(let what, let belongs): "\(what) belongs \(belongs)"
    case .limitExceeded(let name, let value):
      "the limit \(name) of \(value) is exceeded; raise it in CloneLimits if the text is trusted"
    }
  }
}
