/// What is written of the plain content of a literal (see ``LiteralContent``): values at hand and addresses.
///
/// A value that is looked at while something else is called is retained meanwhile, which took a tenth of the time to write a literal
/// (Documentation/Performance.md).
@safe enum PlainContent {
  case constant(UInt8)
  case number(Double)
  case shortString(ShortContent, count: Int, isTwoByte: Bool)
  case string(UnsafeRawBufferPointer, isTwoByte: Bool)
  case list(LiteralAccess)

  /// What a value means that is kept.
  @inline(__always)
  init(_ value: CloneValue) {
    switch value {
    case .undefined: self = .constant(WireTag.undefined)
    case .null: self = .constant(WireTag.null)
    case .boolean(let value): self = .constant(value ? WireTag.true : WireTag.false)
    case .number(let number): self = .number(number)
    case .string(let string): self.init(string)
    case .object(let object): unsafe self.init(Unmanaged.passUnretained(object.receiver.graph))
    case .array(let array): unsafe self.init(Unmanaged.passUnretained(array.receiver.graph))
    default: preconditionFailure("plain content has no other values")
    }
  }

  /// What a name means that is kept.
  @inline(__always)
  init(_ key: ClonePropertyKey) {
    guard case .name(let name) = key.form else {
      preconditionFailure("plain content has no indices")
    }
    self.init(name)
  }

  /// What a string means that is kept.
  @inline(__always)
  private init(_ string: CloneString) {
    let content = string.content
    if let short = content.short {
      self = .shortString(short, count: content.count, isTwoByte: string.isTwoByte)
    } else {
      // The pointer leaves the closure: the literal keeps the string.
      self = unsafe .string(content.withBytes { unsafe $0 }, isTwoByte: string.isTwoByte)
    }
  }

  @inline(__always)
  private init(_ graph: Unmanaged<CloneGraph>) {
    guard let literal = unsafe graph._withUnsafeGuaranteedRef({ $0.literal }) else {
      preconditionFailure("plain content has plain content only")
    }
    self = .list(literal)
  }
}
