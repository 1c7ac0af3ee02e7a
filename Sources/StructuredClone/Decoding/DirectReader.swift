/// Reads values one behind the other from bytes, as long as they are of the usual forms and come in the order in which they
/// are asked for. It knows no errors: where it answers `nil` or `false`, somebody else reads the payload from its beginning.
///
/// What it reads is a part of what ``ValueDeserializer`` reads, and means the same: every load is compared with the end of the
/// input, and counts behind containers with what was read.
@safe @usableFromInline package struct DirectReader: ~Copyable {
  @usableFromInline let input: WireInput
  /// Where the next value begins.
  @usableFromInline package var position: Int

  /// Makes a reader behind the header of a payload; `nil` if it is of a version before 13 or one the profile does not know, or
  /// if limits may be exceeded.
  ///
  /// - Parameter bytes: kept by the caller as long as the reader lives.
  package init?(
    _ bytes: UnsafeRawBufferPointer, profile: CloneProfile, limits: CloneLimits
  ) {
    let count = bytes.count
    guard let base = bytes.baseAddress, count > SmallPayload.headerLength,
      unsafe bytes[0] == WireTag.version, unsafe (13..<0x80).contains(bytes[1]),
      unsafe UInt32(bytes[1]) <= profile.newestVersion, limits.memory == .max,
      // Nothing in the payload can be more than its bytes.
      count <= min(limits.inputSize, limits.nodes, limits.arrayLength, limits.stringLength)
    else { return nil }
    input = unsafe WireInput(base, end: count)
    position = SmallPayload.headerLength
  }

  /// Makes a reader of nothing.
  package init() {
    // No byte is read where there is none.
    input = unsafe WireInput(UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped, end: 0)
    position = 0
  }

  /// How many bytes are left.
  @inlinable package var remaining: Int { input.end - position }

  /// Takes a byte if it is next.
  @inlinable @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < input.end, input.byte(at: position) == byte else { return false }
    position &+= 1
    return true
  }

  // MARK: - Names

  /// Takes a name if it is next.
  ///
  /// - Parameter name: ASCII, and no index.
  @inlinable @inline(__always)
  package mutating func takeName(_ name: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let start = position &+ 2
    guard count < 0x80, start &+ count < input.end,
      input.byte(at: position) == WireTag.oneByteString,
      Int(input.byte(at: position &+ 1)) == count
    else { return false }
    // Both have as many bytes.
    let found = unsafe input.bytes(from: start, count: count)
    let expected = unsafe UnsafeRawBufferPointer(start: name, count: count)
    guard unsafe found.hasSameBytes(as: expected) else { return false }
    position = start &+ count
    return true
  }

  /// Where a name ends, if it is next; `nil` also for one that may be an index or is not ASCII.
  @inlinable @inline(__always)
  package func end(ofName name: String) -> Int? { end(ofName: name, at: position) }

  /// Where a name ends, if it is at an offset.
  @inlinable @inline(__always)
  package func end(ofName name: String, at position: Int) -> Int? {
    let start = position &+ 2
    guard let (content, count) = name.shortContent, start &+ 16 <= input.end else {
      return end(ofOtherName: name, at: position)
    }
    guard !content.beginsWithDigit,
      unsafe input.bytes(from: position, count: 18).isShortName(content, count: count, at: 0)
    else { return nil }
    return start &+ count
  }

  /// The same for names that are long or near the end of the input.
  @inline(never) @usableFromInline
  func end(ofOtherName name: String, at position: Int) -> Int? {
    var name = name
    return name.withUTF8 { utf8 in
      let name = UnsafeRawBufferPointer(utf8)
      let count = name.count
      let start = position &+ 2
      guard unsafe DirectReader.isPlain(name), start &+ count <= input.end,
        input.byte(at: position) == WireTag.oneByteString,
        Int(input.byte(at: position &+ 1)) == count,
        unsafe input.bytes(from: start, count: count).hasSameBytes(as: name)
      else { return nil }
      return start &+ count
    }
  }

  /// Whether a name is one that is looked for: ASCII, no index, and its length takes one byte.
  private static func isPlain(_ name: UnsafeRawBufferPointer) -> Bool {
    guard (1..<0x80).contains(name.count), unsafe UTF8Transcoder.isASCII(name) else {
      return false
    }
    return unsafe !(0x30...0x39).contains(name[0])
  }

  /// The ends of the next name, which was found to end at an offset.
  package func endsOfName(upTo end: Int) -> ShortContent {
    let start = position &+ 2
    return unsafe ShortContent(endsOf: input.bytes(from: start, count: end &- start))
  }

  /// Whether there is the same name at an offset, where one was taken, as the next, which ends at another.
  package func hasSameName(at offset: Int, upTo end: Int) -> Bool {
    let count = end &- position
    guard input.byte(at: offset &+ 1) == input.byte(at: position &+ 1) else { return false }
    return unsafe input.bytes(from: offset, count: count)
      .hasSameBytes(as: input.bytes(from: position, count: count))
  }

  /// Whether the rest of the open object has a property of a name; `nil` if that is not known.
  ///
  /// The object is looked through, but not validated: whoever reads it does that.
  ///
  /// - Parameter allowance: how many bytes may be looked through.
  package func hasProperty(_ name: String, allowance: inout Int) -> Bool? {
    var name = name
    guard name.withUTF8({ unsafe DirectReader.isPlain(UnsafeRawBufferPointer($0)) }) else {
      return nil
    }
    var reader = DirectReader(input, at: position)
    defer { allowance -= reader.position - position }
    let end = position + min(max(0, allowance), remaining)
    while reader.position < end {
      if reader.end(ofName: name) != nil { return true }
      guard reader.input.byte(at: reader.position) != WireTag.endObject else { return false }
      guard reader.skipName(), reader.skipValue(upTo: end) else { return nil }
    }
    return nil
  }

  private init(_ input: WireInput, at position: Int) {
    self.input = input
    self.position = position
  }

  /// Passes a name in one-byte characters, whose length takes no more bytes than it needs.
  private mutating func skipName() -> Bool {
    guard take(WireTag.oneByteString), let (length, start) = input.varint(at: position),
      Int(length) <= input.end &- start, length >= 0x80 || start == position + 1
    else { return false }
    position = start &+ Int(length)
    return true
  }

  /// Passes a value of the usual forms.
  private mutating func skipValue(upTo end: Int) -> Bool {
    var depth = 0
    repeat {
      guard position < end, let next = endOfToken(&depth) else { return false }
      position = next
    } while depth > 0
    return true
  }

  /// Where a primitive ends, or the beginning or the end of a container.
  private func endOfToken(_ depth: inout Int) -> Int? {
    let behind = position &+ 1
    switch input.byte(at: position) {
    case WireTag.null, WireTag.undefined, WireTag.true, WireTag.false: return behind
    case WireTag.int32: return input.varint(at: behind)?.end
    case WireTag.double, WireTag.date: return input.end &- behind >= 8 ? behind &+ 8 : nil
    case WireTag.oneByteString, WireTag.twoByteString:
      guard let (length, start) = input.varint(at: behind), Int(length) <= input.end &- start
      else { return nil }
      return start &+ Int(length)
    case WireTag.beginObject:
      depth += 1
      return behind
    case WireTag.beginDenseArray:
      depth += 1
      return input.varint(at: behind)?.end
    case WireTag.endObject where depth > 0:
      depth -= 1
      return input.varint(at: behind)?.end
    case WireTag.endDenseArray where depth > 0:
      depth -= 1
      return input.varint(at: behind).flatMap { input.varint(at: $0.end)?.end }
    default: return nil
    }
  }

  // MARK: - Primitives

  /// An integer that travelled as one, or as a double, if its type has it.
  @inlinable @inline(__always)
  package mutating func takeExactly<I: FixedWidthInteger>() -> I? {
    if let (integer, end) = input.smallInteger(at: position) {
      guard let exact = I(exactly: integer) else { return nil }
      position = end
      return exact
    }
    return takeDouble().flatMap { I(exactly: $0) }
  }

  /// A number, unless it is too large.
  package mutating func takeFloat() -> Float? {
    guard let number = takeNumber() else { return nil }
    let float = Float(number)
    return float.isFinite || !number.isFinite ? float : nil
  }

  /// An integer that travelled as one, or as a double.
  @inlinable @inline(__always)
  package mutating func takeInteger() -> Int? { takeExactly() }

  /// An integer that travelled as one.
  @inlinable @inline(__always)
  mutating func takeSmallInteger() -> Int? {
    guard let (integer, end) = input.smallInteger(at: position) else { return nil }
    position = end
    return integer
  }

  /// A number.
  @inlinable @inline(__always)
  package mutating func takeNumber() -> Double? {
    takeDouble() ?? takeSmallInteger().map { Double($0) }
  }

  @inlinable @inline(__always)
  mutating func takeDouble() -> Double? {
    guard input.end &- position >= 9, input.byte(at: position) == WireTag.double else { return nil }
    let number = Double(bitPattern: input.innerWord(at: position &+ 1))
    position &+= 9
    // V8 has one NaN.
    return number.isNaN ? .nan : number
  }

  @inlinable @inline(__always)
  package mutating func takeBoolean() -> Bool? {
    guard position < input.end else { return nil }
    switch input.byte(at: position) {
    case WireTag.true:
      position &+= 1
      return true
    case WireTag.false:
      position &+= 1
      return false
    default: return nil
    }
  }

  /// Takes `null` or `undefined` if it is next.
  @inlinable @inline(__always)
  package mutating func takeNil() -> Bool {
    guard isNil(at: position) else { return false }
    position &+= 1
    return true
  }

  /// Whether `null` or `undefined` is at an offset.
  @inlinable @inline(__always)
  package func isNil(at offset: Int) -> Bool {
    guard offset < input.end else { return false }
    let tag = input.byte(at: offset)
    return tag == WireTag.null || tag == WireTag.undefined
  }

  /// The form of the value at an offset, if it is a usual one that is neither `null` nor `undefined`.
  @inlinable
  package func form(at offset: Int) -> UsualForm? {
    guard offset < input.end else { return nil }
    return switch input.byte(at: offset) {
    case WireTag.beginObject, WireTag.beginDenseArray, WireTag.date: .receiver
    case WireTag.true, WireTag.false, WireTag.int32, WireTag.double, WireTag.oneByteString,
      WireTag.twoByteString:
      .primitive
    default: nil
    }
  }

  /// The usual forms of values.
  @frozen @usableFromInline package enum UsualForm: Sendable { case primitive, receiver }

  /// Text; not if it holds half a surrogate pair.
  @inlinable @inline(__always)
  package mutating func takeText() -> String? { takeShortText() ?? takeLongText() }

  /// Text of a few ASCII bytes that are not the last ones of the input.
  @inlinable @inline(__always)
  mutating func takeShortText() -> String? {
    let start = position &+ 2
    guard start &+ 16 <= input.end, input.byte(at: position) == WireTag.oneByteString,
      case let count = Int(input.byte(at: position &+ 1)), count <= ShortContent.longest
    else { return nil }
    let content = unsafe ShortContent(input.bytes(from: start, count: 16), from: 0, count: count)
    guard content.isASCII else { return nil }
    position = start &+ count
    return String(content, count: count)
  }

  @inline(never) @usableFromInline
  mutating func takeLongText() -> String? {
    guard position < input.end else { return nil }
    guard input.byte(at: position) == WireTag.oneByteString,
      let (length, start) = input.varint(at: position &+ 1), Int(length) <= input.end &- start
    else { return takeWideText() }
    position = start &+ Int(length)
    // The bytes are read before the caller lets go of them.
    return unsafe UTF8Transcoder.text(latin1: input.bytes(from: start, count: Int(length)))
  }

  @inline(never)
  private mutating func takeWideText() -> String? {
    while take(WireTag.padding) {}
    guard position < input.end, input.byte(at: position) == WireTag.twoByteString,
      let (length, start) = input.varint(at: position &+ 1), Int(length) <= input.end &- start,
      length & 1 == 0
    else { return nil }
    let (text, isExact) = unsafe UTF8Transcoder.text(
      utf16: input.bytes(from: start, count: Int(length)))
    guard isExact else { return nil }
    position = start &+ Int(length)
    return text
  }

  /// The time value of a date.
  package mutating func takeDate() -> Double? {
    guard input.end &- position >= 9, input.byte(at: position) == WireTag.date else { return nil }
    let bits = input.word(at: position &+ 1)
    position &+= 9
    return CloneDate.clip(Double(bitPattern: bits))
  }

  // MARK: - Containers

  @inlinable @inline(__always)
  package mutating func beginObject() -> Bool { take(WireTag.beginObject) }

  /// Takes the end of an object of so many properties.
  @inlinable @inline(__always)
  package mutating func endObject(count: UInt32) -> Bool {
    guard position < input.end, input.byte(at: position) == WireTag.endObject,
      let (found, end) = input.varint(at: position &+ 1), found == count
    else { return false }
    position = end
    return true
  }

  /// Whether an array in the dense form is next.
  @inlinable @inline(__always)
  package var isArray: Bool {
    position < input.end && input.byte(at: position) == WireTag.beginDenseArray
  }

  /// The number of elements of an array in the dense form: no more than there are bytes.
  @inlinable @inline(__always)
  package mutating func beginArray() -> Int? {
    guard isArray, let (count, end) = input.varint(at: position &+ 1),
      Int(count) <= input.end &- end
    else { return nil }
    position = end
    return Int(count)
  }

  /// Takes the end of an array of so many elements that has no properties.
  @inlinable @inline(__always)
  package mutating func endArray(count: Int) -> Bool {
    guard position &+ 1 < input.end, input.byte(at: position) == WireTag.endDenseArray,
      input.byte(at: position &+ 1) == 0, let (found, end) = input.varint(at: position &+ 2),
      Int(found) == count
    else { return false }
    position = end
    return true
  }

  /// How many elements of so many an array gets room for at once; the rest as they come. It is a share of what is left of the
  /// payload for each array that is open, so that all of them together get no more than a hundred times that.
  ///
  /// - Parameters:
  ///   - stride: how many bytes an element takes.
  ///   - open: how many containers are open, this one among them.
  @inlinable
  package func room(for count: Int, of stride: Int, open: Int) -> Int {
    min(count, max(16 * remaining / max(1, stride * open), 16))
  }

  /// The elements of an array of integers.
  package mutating func takeIntegers() -> [Int]? {
    takeElements {
      $0.takeInteger()
    } ahead: { input, position, span in
      while !span.isFull, let (integer, end) = input.smallInteger(at: position) {
        span.append(integer)
        position = end
      }
    }
  }

  /// The elements of an array of numbers.
  package mutating func takeNumbers() -> [Double]? {
    takeElements {
      $0.takeNumber()
    } ahead: { input, position, span in
      let most = min(span.freeCapacity, (input.end &- position) / 9)
      for _ in 0..<most {
        let number = Double(bitPattern: input.innerWord(at: position &+ 1))
        guard input.byte(at: position) == WireTag.double, !number.isNaN else { return }
        span.append(number)
        position &+= 9
      }
    }
  }

  /// The elements of an array of text.
  package mutating func takeTexts() -> [String]? { takeElements { $0.takeText() } }

  /// The elements of an array.
  ///
  /// - Parameters:
  ///   - take: takes an element.
  ///   - ahead: takes elements of the most usual form as long as there are some. The position is a variable of the loop then and
  ///     not in memory, where each step waits for the one before: a third of the time.
  @inline(__always)
  private mutating func takeElements<Element>(
    _ take: (inout DirectReader) -> Element?,
    ahead: (WireInput, inout Int, inout OutputSpan<Element>) -> Void = { _, _, _ in }
  ) -> [Element]? {
    guard let count = beginArray() else { return nil }
    let elements = [Element](room: count) { span in
      while !span.isFull {
        var position = self.position
        ahead(input, &position, &span)
        self.position = position
        guard !span.isFull, let element = take(&self) else { return }
        span.append(element)
      }
    }
    return elements.count == count && endArray(count: count) ? elements : nil
  }
}

extension WireInput {
  /// An integer that travelled as one, and where it ends.
  @inlinable @inline(__always)
  func smallInteger(at position: Int) -> (integer: Int, end: Int)? {
    let word = word(at: position)
    guard UInt8(truncatingIfNeeded: word) == WireTag.int32,
      let (bits, length) = WireInput.varint(behindTagIn: word), position &+ length <= end
    else { return nil }
    return (Int(Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1)), position &+ length)
  }
}
