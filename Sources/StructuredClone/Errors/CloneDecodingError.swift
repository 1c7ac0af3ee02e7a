/// Bytes that cannot be read.
public struct CloneDecodingError: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The header names a version that the reader, or the named engine, does not read.
    case unsupportedVersion(UInt32)
    /// The header's version, or 0 without a header: versions below 13 are not read unless the profile
    /// ``CloneProfile/supportsLegacyWireFormat``.
    case legacyVersion(UInt32)
    /// The input ends inside an item.
    case truncated
    /// A length is larger than the bytes that remain.
    case lengthBeyondInput(UInt64)
    /// No value begins with this byte.
    case unexpectedTag
    /// Version 0 counts more items than were read.
    case missingItems(expected: UInt64, found: Int)
    /// Version 0 is one value; so many were read.
    case wrongItemCount(Int)
    /// The engine does not know this tag.
    case unsupportedTag
    /// A reference to an id that no object has, or not yet.
    case unknownReference(UInt32)
    /// A key is neither a string nor a number.
    case invalidKey
    /// A key occurs twice.
    case duplicateKey
    /// The count behind the end tag differs from what was read.
    case wrongCount(expected: UInt32, found: UInt32)
    /// A two-byte string has an odd number of bytes.
    case oddStringLength
    /// Something else stands where a string must be.
    case stringExpected
    /// A big integer has a sign and no digits, or a bit field that the engine refuses.
    case invalidBigInt
    /// Flags of a regular expression that do not exist or exclude each other.
    case invalidRegExpFlags(UInt32)
    /// A regular expression that does not compile.
    case invalidRegExpSyntax(RegExpSyntaxError)
    /// An unknown, repeated or misplaced section of an error.
    case invalidErrorSection
    /// A resizable buffer is longer than its maximum, or the maximum cannot be had.
    case invalidBufferLength
    /// An unknown kind of view.
    case unknownViewKind
    /// A view reaches beyond its buffer or is not aligned.
    case viewOutOfBounds
    /// Flags of a view that do not fit its buffer.
    case invalidViewFlags(UInt32)
    /// No buffer was registered under this transfer id.
    case unknownTransferID(UInt32)
    /// No delegate resolves this: a host object, a shared buffer, a module or a shared object.
    case unresolved
    /// A memory stands on something that is not a shared buffer.
    case invalidWasmMemory
    /// The delegate refused a host object.
    case hostObject(String)
    /// A limit of ``CloneLimits``, or of a coder, by name and value.
    case limitExceeded(String, Int)
    /// A Swift type is read from a value of another kind.
    case unexpectedValue(expected: String, found: String)
    /// A Swift type is read from a value of the right kind that cannot be one of its values.
    case invalidValue(String)
    /// A Swift type is read from an object that lacks a property.
    case missingKey(String)
  }

  private final class Storage: Sendable {
    let reason: Reason
    let offset: Int
    let tag: UInt8?
    let path: ClonePath
    let message: String?
    let lacksHeader: Bool
    init(
      reason: Reason, offset: Int, tag: UInt8?, path: ClonePath, message: String?,
      lacksHeader: Bool = false
    ) {
      self.reason = reason
      self.offset = offset
      self.tag = tag
      self.path = path
      self.message = message
      self.lacksHeader = lacksHeader
    }
  }

  private let storage: Storage

  private init(_ storage: Storage) { self.storage = storage }

  /// - Parameter message: the engine's text where it depends on more than the reason.
  package init(
    _ reason: Reason, offset: Int, tag: UInt8? = nil, path: ClonePath = ClonePath(),
    message: String? = nil
  ) {
    storage = Storage(reason: reason, offset: offset, tag: tag, path: path, message: message)
  }

  /// The same error, which then says that the input was read as version 0 only because it has no header:
  /// most such inputs are something else altogether.
  func inInputWithoutHeader() -> CloneDecodingError {
    CloneDecodingError(
      Storage(
        reason: reason, offset: offset, tag: tag, path: path, message: storage.message,
        lacksHeader: true))
  }

  /// The same error with the text of an embedder, if it has one.
  package func saying(_ message: String?) -> CloneDecodingError {
    guard let message else { return self }
    return CloneDecodingError(reason, offset: offset, tag: tag, path: path, message: message)
  }

  /// The text of an embedder, if the error has one.
  var ownMessage: String? { storage.message }

  /// What is wrong.
  public var reason: Reason { storage.reason }

  /// The offset of the first byte of the item that is wrong, from the start of the input.
  public var offset: Int { storage.offset }

  /// The tag of the item that is wrong, if it has one.
  public var tag: UInt8? { storage.tag }

  /// Where in the value the reader was.
  public var path: ClonePath { storage.path }

  /// The text that V8 throws for this input.
  public var message: String {
    if let message = storage.message { return message }
    return switch reason {
    case .unsupportedVersion, .legacyVersion:
      "Unable to deserialize cloned data due to invalid or unsupported version."
    case .invalidRegExpSyntax(let error): error.description
    case .limitExceeded("depth", _): "Maximum call stack size exceeded"
    case .limitExceeded("stringLength", _): "Invalid string length"
    default: "Unable to deserialize cloned data."
    }
  }

  /// What is wrong, where, and what to do about it.
  public var diagnosis: String {
    var text = "offset \(offset)"
    if let tag {
      text += ", tag 0x" + (tag < 16 ? "0" : "") + String(tag, radix: 16)
      if (0x21...0x7E).contains(tag) { text += " '\(Character(Unicode.Scalar(tag)))'" }
    }
    text += ", at \(path): \(explanation)"
    if storage.lacksHeader {
      text +=
        "; the input does not start with a header, ff and a version, and is not version 0 either"
    }
    return text
  }

  /// V8's text and the diagnosis.
  public var description: String { "\(message) (\(diagnosis))" }

  private var explanation: String {
    switch reason {
    case .unsupportedVersion(let version):
      "format version \(version) is newer than the reader or the named engine"
    case .legacyVersion(let version):
      version == 0
        ? "no header: the input does not start with ff and a version; set supportsLegacyWireFormat in the profile to read it as version 0"
        : "format version \(version) is below 13; set supportsLegacyWireFormat in the profile to read it"
    case .truncated: "the input ends inside this item"
    case .lengthBeyondInput(let length): "a length of \(length) is more than the input still holds"
    case .unexpectedTag: "no value begins with this byte"
    case .missingItems(let expected, let found):
      "it needs \(expected) items before it, but there are \(found)"
    case .wrongItemCount(let count):
      "version 0 is one value, but these are \(count)"
    case .unsupportedTag: "the named engine does not know this tag"
    case .unknownReference(let id): "no object has the id \(id) at this point"
    case .invalidKey: "a key must be a string or a number"
    case .duplicateKey: "the key occurs twice"
    case .wrongCount(let expected, let found): "the end says \(expected), but \(found) were read"
    case .oddStringLength: "a two-byte string has an odd number of bytes"
    case .stringExpected: "a string must stand here"
    case .invalidBigInt: "a sign without digits, or a size the engine refuses"
    case .invalidRegExpFlags(let flags): "regular expression flags \(flags) are not valid"
    case .invalidRegExpSyntax(let error):
      "the pattern does not compile: unit \(error.offset)"
    case .invalidErrorSection: "an unknown, repeated or misplaced section of an error"
    case .invalidBufferLength: "the length of a resizable buffer exceeds its maximum"
    case .unknownViewKind: "unknown kind of buffer view"
    case .viewOutOfBounds: "the view reaches beyond its buffer or is not aligned"
    case .invalidViewFlags(let flags): "view flags \(flags) do not fit the buffer"
    case .unknownTransferID(let id): "no buffer is registered under the transfer id \(id)"
    case .unresolved: "needs a delegate that resolves it, and there is none or it has no answer"
    case .invalidWasmMemory: "a memory needs a shared buffer"
    case .hostObject(let text): text
    case .limitExceeded(let name, let value):
      "the limit \(name) of \(value) is exceeded; raise it in CloneLimits if the input is trusted"
    case .unexpectedValue(let expected, let found): "\(expected) is expected, this is \(found)"
    case .invalidValue(let text): text
    case .missingKey(let key): "the object has no property \(key)"
    }
  }
}

extension CloneDecodingError: Equatable {
  /// Whether reason and offset are the same.
  public static func == (left: CloneDecodingError, right: CloneDecodingError) -> Bool {
    left.reason == right.reason && left.offset == right.offset
  }
}
