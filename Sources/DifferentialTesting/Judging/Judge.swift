import CloneGeneration
public import StructuredClone

/// Decides what a difference between this package and a fresh engine comes from.
public struct Judge: Sendable {
  /// A payload that is shorter cannot fill an engine's stack: the least nesting that does, of maps in maps in
  /// V8 10.2, takes one byte for each of 2,855 levels. The bound leaves room for smaller stacks.
  static let shortestDeepPayload = 1000

  /// Exceptions for lack of memory or address space, or beyond the longest string, array or buffer.
  static let memoryMessages: Set<String> = [
    "Array buffer allocation failed", "Invalid array buffer length", "Invalid array length",
    "Invalid string length", "Invalid typed array length",
    "Data cannot be cloned, out of memory.",
  ]

  /// What resizable buffers may reserve of the address space together, at least: V8 15.0 has had about 2^45.4.
  static let leastAddressSpace: UInt64 = 1 << 45

  private let normalForm: NormalForm

  /// Makes the judge of an engine.
  public init(profile: CloneProfile) {
    normalForm = NormalForm(
      entersMapKeys: profile.rules.narrowsNames,
      looksUpSingleUnits: !profile.rules.narrowsSingleUnitNames)
  }

  /// The cause of a difference; `nil` if it is a bug.
  ///
  /// - Parameters:
  ///   - ours: this package's answer.
  ///   - engine: the answer of an engine that has seen no other payload.
  public func cause(payload: [UInt8], ours: Answer, engine: Answer) -> Cause? {
    if isStackDepth(payload, engine) { return .stackDepth }
    if isMemory(ours, engine) { return .memory }
    if isHistory(payload, ours, engine) { return .history }
    return nil
  }

  private func isStackDepth(_ payload: [UInt8], _ engine: Answer) -> Bool {
    payload.count >= Judge.shortestDeepPayload
      && engine.message?.hasSuffix("Maximum call stack size exceeded") == true
  }

  private func isMemory(_ ours: Answer, _ engine: Answer) -> Bool {
    switch engine {
    case .died, .timedOut: true
    case .rejected("Unable to deserialize cloned data."): reservesTooMuch(ours)
    default: engine.message.map { Judge.memoryMessages.contains($0) } ?? false
    }
  }

  /// Whether the resizable buffers of a value that was read here may be too much for an address space: a
  /// buffer that cannot be had is refused with V8's general text.
  private func reservesTooMuch(_ ours: Answer) -> Bool {
    guard case .accepted(_, let bytes) = ours,
      let payload = WirePayload(parsing: bytes, depth: 4000)
    else { return false }
    var rest = payload.roots
    var reserved: UInt64 = 0
    while let node = rest.popLast() {
      if node.tag == UInt8(ascii: "~"), node.fields.count == 2 {
        let sum = reserved.addingReportingOverflow(node.fields[1])
        reserved = sum.overflow ? .max : sum.partialValue
      }
      rest.append(contentsOf: node.children)
    }
    return reserved > Judge.leastAddressSpace
  }

  /// Whether what was written differs only by what the engine's process has seen before it read anything.
  private func isHistory(_ payload: [UInt8], _ ours: Answer, _ engine: Answer) -> Bool {
    guard case .accepted(let ourEnd, let ourBytes) = ours,
      case .accepted(let end, let bytes) = engine, ourEnd == end,
      let ourForm = WirePayload(parsing: ourBytes, depth: 4000),
      let form = WirePayload(parsing: bytes, depth: 4000)
    else { return false }
    if normalForm.areAlike(ourForm, form) { return true }
    // A value of version 13 that is read a second time can mention objects of the first attempt. They lack
    // the properties that were read on the fast way, and which these are depends on shapes the process knows.
    return payload.starts(with: [0xFF, 13]) && normalForm.areAlikeButForEmptyObjects(ourForm, form)
  }
}
