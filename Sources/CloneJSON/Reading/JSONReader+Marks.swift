import StructuredClone

/// What becomes of objects that begin with `$`.
extension JSONReader {
  private static let mostBytes = 1 << 53 - 1

  /// The value that a mark stands for, whose members are all read.
  mutating func endMark(_ mark: Frame) throws(JSONTokenizer.Failure) -> Item {
    let receiver = receiver(of: mark)
    switch mark.kind {
    case .undefined: return .undefined
    case .hole: return .hole
    case .bigint: return try bigint(mark)
    case .number: return try number(mark)
    case .string:
      let item = try string(.value, of: mark)
      return try flag(.twoByte, of: mark) ? builder.twoByteString(of: item) ?? item : item
    case .reference:
      guard receiver.isReceiver else { throw missing(.id) }
      return receiver
    case .payload:
      format = CloneFormat(
        version: UInt32(try integer(.version, of: mark, 13...JSONReader.newestVersion)),
        stackBeforeCause: try flag(.stackBeforeCause, of: mark),
        viewFlags: try flag(.viewFlags, of: mark))
      return try required(.value, of: mark)
    case .object:
      guard builder.completeObject(receiver, try list(.properties, of: mark)) else {
        throw JSONTokenizer.Failure(reason: .repeatedKey, offset: tokenizer.position - 1)
      }
    case .array:
      return try endArray(
        receiver, try list(.elements, of: mark),
        items(.properties, of: mark) ?? [])
    case .sparseArray:
      let length = try integer(.length, of: mark, 0...Int(UInt32.max))
      guard length <= limits.sparseArrayLength else {
        throw tokenizer.refusal(.limitExceeded("sparseArrayLength", limits.sparseArrayLength))
      }
      guard
        builder.completeSparseArray(
          receiver, length: UInt32(length), try list(.properties, of: mark))
      else {
        throw failure(
          of: .properties, mustBe: "keys that differ, indices below the length and not 'length'")
      }
    case .map:
      guard builder.completeMap(receiver, try list(.entries, of: mark)) else {
        throw failure(of: .entries, mustBe: "pairs with keys that differ")
      }
    case .set:
      guard builder.completeSet(receiver, try list(.values, of: mark)) else {
        throw failure(of: .values, mustBe: "values that differ")
      }
    case .date:
      guard let time = try required(.time, of: mark).number,
        time.isNaN || CloneDate.clip(time) == time
      else {
        throw failure(of: .time, mustBe: "NaN or an integer of at most 8.64e15 to either side")
      }
      builder.completeDate(receiver, time: time)
    case .boxedPrimitive:
      guard builder.completeBoxedPrimitive(receiver, try required(.value, of: mark)) else {
        throw failure(of: .value, mustBe: "a boolean, a number, a string or a big integer")
      }
    case .regExp:
      let source = try string(.source, of: mark)
      let length = builder.string(of: source)?.utf16Count ?? 0
      guard length <= limits.regExpLength else {
        throw tokenizer.refusal(.limitExceeded("regExpLength", limits.regExpLength))
      }
      builder.completeRegExp(receiver, source: source, flags: try regExpFlags(mark))
    case .error: try endError(mark)
    case .arrayBuffer: try endArrayBuffer(mark)
    case .sharedArrayBuffer:
      let byteLength = try integer(.byteLength, of: mark, 0...JSONReader.mostBytes)
      builder.completeSharedArrayBuffer(
        receiver, cloneID: try word(.cloneID, of: mark), byteLength: byteLength,
        maxByteLength: try optionalInteger(
          .maxByteLength, of: mark, byteLength...JSONReader.mostBytes),
        isWasmMemory: try flag(.wasmMemory, of: mark))
    case .view(let kind): try endView(mark, kind)
    case .hostObject:
      builder.completeHostObject(
        receiver, interface: try string(.interface, of: mark),
        payload: try required(.payload, of: mark),
        layout: UInt32(try optionalInteger(.layout, of: mark, 0...Int(UInt32.max)) ?? 0))
    case .wasmModule:
      builder.completeWasmModule(receiver, transferID: try word(.transferID, of: mark))
    case .wasmMemory:
      let range = Int(Int32.min)...Int(Int32.max)
      guard
        builder.completeWasmMemory(
          receiver, buffer: try required(.buffer, of: mark),
          maximumPages: Int32(try integer(.maximumPages, of: mark, range)),
          isMemory64: try flag(.memory64, of: mark))
      else { throw failure(of: .buffer, mustBe: "a shared array buffer") }
    case .sharedObject: builder.completeSharedObject(receiver, index: try word(.index, of: mark))
    case .uncloneable:
      let reason = try builder.string(of: string(.reason, of: mark)).map { String($0) }
      guard let kind = CloneUncloneable.Kind.allCases.first(where: { "\($0)" == reason }) else {
        let names = CloneUncloneable.Kind.allCases.map { "\($0)" }.joined(separator: ", ")
        throw failure(of: .reason, mustBe: "one of \(names)")
      }
      builder.completeUncloneable(
        receiver, kind, description: try string(.description, of: mark))
    }
    return receiver
  }

  /// The newest version that is written.
  private static let newestVersion = Int(
    (CloneProfile.engines + [.default]).map(\.format.version).max() ?? 15)

  // MARK: - Members

  /// The items of a member, if the mark has it.
  private func items(_ member: LosslessMember, of mark: Frame) -> ArraySlice<Item>? {
    let own = mentions[mark.membersBase...]
    guard let position = own.firstIndex(where: { $0.member == member }) else { return nil }
    let end = position + 1 < own.endIndex ? own[position + 1].start : stack.count
    return stack[own[position].start..<end]
  }

  private func missing(_ member: LosslessMember) -> JSONTokenizer.Failure {
    JSONTokenizer.Failure(
      reason: .missingMember(member.rawValue), offset: tokenizer.position - 1)
  }

  /// The items of a list.
  private func list(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> ArraySlice<Item> {
    guard let items = items(member, of: mark) else { throw missing(member) }
    return items
  }

  private func required(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> Item {
    guard let item = items(member, of: mark)?.first else { throw missing(member) }
    return item
  }

  private func string(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> Item {
    let item = try required(member, of: mark)
    guard builder.string(of: item) != nil else { throw failure(of: member, mustBe: "a string") }
    return item
  }

  private func text(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> String {
    builder.string(of: try string(member, of: mark)).map { String($0) } ?? ""
  }

  private func optionalString(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> Item? {
    items(member, of: mark) == nil ? nil : try string(member, of: mark)
  }

  private func flag(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> Bool {
    guard let item = items(member, of: mark)?.first else { return false }
    guard let flag = item.boolean else { throw failure(of: member, mustBe: "true or false") }
    return flag
  }

  private func integer(
    _ member: LosslessMember, of mark: Frame, _ range: ClosedRange<Int>
  ) throws(JSONTokenizer.Failure) -> Int {
    guard let number = try required(member, of: mark).number, let integer = Int(exactly: number),
      range.contains(integer)
    else {
      throw failure(
        of: member, mustBe: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  private func optionalInteger(
    _ member: LosslessMember, of mark: Frame, _ range: ClosedRange<Int>
  ) throws(JSONTokenizer.Failure) -> Int? {
    items(member, of: mark) == nil ? nil : try integer(member, of: mark, range)
  }

  /// An integer of 32 bits.
  private func word(
    _ member: LosslessMember, of mark: Frame
  ) throws(JSONTokenizer.Failure) -> UInt32 {
    UInt32(try integer(member, of: mark, 0...Int(UInt32.max)))
  }

  // MARK: - Kinds

  private mutating func number(_ mark: Frame) throws(JSONTokenizer.Failure) -> Item {
    let name = try text(.value, of: mark)
    let value: Double
    switch name {
    case "NaN": value = .nan
    case "Infinity": value = .infinity
    case "-Infinity": value = -.infinity
    default: throw failure(of: .value, mustBe: "NaN, Infinity or -Infinity")
    }
    guard items(.bits, of: mark) != nil else { return .double(value) }
    let digits = try text(.bits, of: mark)
    guard value.isNaN, digits.utf8.count == 16, !digits.hasPrefix("+"),
      let bits = UInt64(digits, radix: 16), let item = builder.nan(bits: bits)
    else { throw failure(of: .bits, mustBe: "the 16 hexadecimal digits of a NaN") }
    return item
  }

  private mutating func bigint(_ mark: Frame) throws(JSONTokenizer.Failure) -> Item {
    let item = try string(.value, of: mark)
    guard let string = builder.string(of: item), let parsed = BigIntText.parse(string) else {
      throw failure(
        of: .value,
        mustBe:
          "a decimal integer of at most \(BigIntText.mostDigits) digits, or 0x and hexadecimal ones"
      )
    }
    guard parsed.magnitude.count <= limits.bigIntSize else {
      throw tokenizer.refusal(.limitExceeded("bigIntSize", limits.bigIntSize))
    }
    try checkRoom(parsed.magnitude.count, at: tokenizer.position)
    return builder.bigint(isNegative: parsed.isNegative, magnitude: parsed.magnitude)
  }

  private func regExpFlags(
    _ mark: Frame
  ) throws(JSONTokenizer.Failure) -> CloneRegExp.Flags {
    let item = try required(.flags, of: mark)
    if let letters = builder.string(of: item) {
      if let flags = CloneRegExp.Flags(letters: String(letters)) { return flags }
    } else if let number = item.number, let bits = UInt32(exactly: number) {
      return CloneRegExp.Flags(rawValue: bits)
    }
    throw failure(of: .flags, mustBe: "letters of dgimsuvy, or V8's bits as a number")
  }

  private func endError(_ mark: Frame) throws(JSONTokenizer.Failure) {
    let name = try text(.name, of: mark)
    guard let known = CloneErrorObject.Name.allCases.first(where: { $0.description == name })
    else {
      let names = CloneErrorObject.Name.allCases.map(\.description).joined(separator: ", ")
      throw failure(of: .name, mustBe: "one of \(names)")
    }
    builder.completeError(
      receiver(of: mark), known, message: try optionalString(.message, of: mark),
      stack: try optionalString(.stack, of: mark), cause: items(.cause, of: mark)?.first)
  }

  private func endArrayBuffer(_ mark: Frame) throws(JSONTokenizer.Failure) {
    let isDetached = try flag(.detached, of: mark)
    let isImmutable = try flag(.immutable, of: mark)
    let place = mentions[mark.membersBase...].first { $0.member == .base64 }?.text
    guard isDetached || place != nil else { throw missing(.base64) }
    guard !isDetached || place == nil else {
      throw failure(of: .detached, mustBe: "absent where there is base64")
    }
    let text = tokenizer.text[place ?? 0..<0]
    try checkRoom(text.count, at: tokenizer.position)
    guard let bytes = Base64.decode(text) else {
      throw JSONTokenizer.Failure(
        reason: JSONReader.invalidBase64, offset: max(0, text.startIndex - 1))
    }
    let maximum = try optionalInteger(
      .maxByteLength, of: mark, bytes.count...JSONReader.mostBytes)
    guard !isImmutable || maximum == nil else {
      throw failure(of: .immutable, mustBe: "absent where there is maxByteLength")
    }
    var flags: CloneGraphBuilder.BufferFlags = []
    if isImmutable { flags.insert(.immutable) }
    if isDetached { flags.insert(.detached) }
    builder.completeArrayBuffer(receiver(of: mark), bytes, maxByteLength: maximum, flags)
  }

  private func endView(
    _ mark: Frame, _ kind: CloneArrayBufferView.Kind
  ) throws(JSONTokenizer.Failure) {
    let isComplete = builder.completeView(
      receiver(of: mark), kind, on: try required(.buffer, of: mark),
      byteOffset: try integer(.byteOffset, of: mark, 0...JSONReader.mostBytes),
      byteLength: try optionalInteger(.byteLength, of: mark, 0...JSONReader.mostBytes),
      flags: UInt32(try optionalInteger(.flags, of: mark, 0...Int(UInt32.max)) ?? 0))
    guard isComplete else {
      throw failure(
        of: .buffer,
        mustBe: "a buffer that the view fits: whole elements, within it unless it is resizable or "
          + "detached, and resizable if there is no byteLength")
    }
  }
}
