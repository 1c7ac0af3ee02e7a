/// Between Swift's UTF-8 and the forms in which JavaScript strings travel, in two passes: one that counts what the
/// result takes, one that writes exactly that.
///
/// Eight bytes at a time where that is the same for all; pointers, as the standard library takes 5 to 30 times as
/// long (MB/s of input, Latin-1 and Japanese: 17 and 178 there, 1,000 here).
enum UTF8Transcoder {
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  // MARK: - From UTF-8

  /// The string of valid UTF-8.
  static func string(_ text: UnsafeBufferPointer<UInt8>) -> CloneString {
    let source = UnsafeRawBufferPointer(text)
    if source.count <= ShortContent.longest {
      let content = unsafe ShortContent(source)
      if content.isASCII {
        return CloneString(CompactBytes(content, count: source.count, isMarked: false))
      }
    }
    // An array of no capacity, which all share and which must not be written to, is not met here: the text is not empty.
    let asciiCount = unsafe asciiPrefix(source)
    guard asciiCount < source.count else {
      let bytes = unsafe [UInt8](source)
      return CloneString(bytes: bytes, start: 0, count: source.count, isTwoByte: false)
    }
    let form = unsafe Form(source, from: asciiCount)
    let count = form.isLatin1 ? form.unitCount : 2 * form.unitCount
    let bytes = [UInt8](capacity: count) { span in
      unsafe span.withUnsafeMutableBufferPointer { buffer, initializedCount in
        let target = UnsafeMutableRawBufferPointer(buffer)
        initializedCount =
          unsafe form.isLatin1
          ? storeLatin1(source, asciiCount: asciiCount, isSparse: form.isSparse, target)
          : storeUTF16(source, target)
      }
    }
    return CloneString(
      bytes: bytes, start: 0, count: form.unitCount, isTwoByte: !form.isLatin1)
  }

  /// Whether all bytes are ASCII.
  static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    unsafe asciiPrefix(bytes) == bytes.count
  }

  /// How many bytes at the beginning are ASCII; up to seven fewer than there are.
  static func asciiPrefix(_ bytes: UnsafeRawBufferPointer) -> Int {
    var position = 0
    // All loads are within the bytes.
    while position <= bytes.count - 32 {
      let first = unsafe bytes.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
      let second = unsafe bytes.loadUnaligned(fromByteOffset: position + 16, as: SIMD16<UInt8>.self)
      let words = unsafe unsafeBitCast(first | second, to: SIMD2<UInt64>.self)
      guard (words.x | words.y) & highBits == 0 else { break }
      position += 32
    }
    while position <= bytes.count - 8 {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      guard word & highBits == 0 else { return position }
      position += 8
    }
    while position < bytes.count, unsafe bytes[position] < 0x80 { position += 1 }
    return position
  }

  /// What UTF-8 consists of.
  struct Form {
    /// Whether every character is below U+0100.
    let isLatin1: Bool
    /// Whether at most a third of the characters of Latin-1 text are not ASCII.
    let isSparse: Bool
    /// How many UTF-16 units it takes.
    let unitCount: Int

    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
      // Continuation bytes give no unit, and leads of four bytes give two.
      var continuations = 0
      var longLeads = 0
      var isLatin1 = true
      var position = start
      // As signed numbers, continuations are the least. The others are compared in an order that signed numbers have, too.
      let firstOther = SIMD16<Int8>(repeating: -64)
      let flip = SIMD16<UInt8>(repeating: 0x80)
      let lastOfThree = SIMD16<Int8>(repeating: 0x6F)
      let lastOfLatin1 = SIMD16<Int8>(repeating: 0x43)
      while position <= bytes.count - 16 {
        // The counts of each of sixteen columns, as long as they fit in a byte.
        let end = min(bytes.count - 15, position + 16 * 255)
        var continuationColumns = SIMD16<UInt8>.zero
        var longLeadColumns = SIMD16<UInt8>.zero
        var beyond = SIMD16<UInt8>.zero
        while position < end {
          let block = unsafe bytes.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self)
          let order = unsafe unsafeBitCast(block ^ flip, to: SIMD16<Int8>.self)
          // A mask is -1 where the test holds.
          let isContinuation = unsafe unsafeBitCast(block, to: SIMD16<Int8>.self) .< firstOther
          let isLongLead = order .> lastOfThree
          let isBeyond = order .> lastOfLatin1
          continuationColumns =
            unsafe continuationColumns &- unsafeBitCast(isContinuation, to: SIMD16<UInt8>.self)
          longLeadColumns =
            unsafe longLeadColumns &- unsafeBitCast(isLongLead, to: SIMD16<UInt8>.self)
          beyond = unsafe beyond | unsafeBitCast(isBeyond, to: SIMD16<UInt8>.self)
          position += 16
        }
        continuations += UTF8Transcoder.sum(continuationColumns)
        longLeads += UTF8Transcoder.sum(longLeadColumns)
        if beyond != .zero { isLatin1 = false }
      }
      while position < bytes.count {
        let byte = unsafe bytes[position]
        if byte & 0xC0 == 0x80 { continuations += 1 }
        if byte >= 0xF0 { longLeads += 1 }
        if byte >= 0xC4 { isLatin1 = false }
        position += 1
      }
      self.isLatin1 = isLatin1
      // Then each continuation is of a character of its own.
      isSparse = 16 * continuations <= bytes.count - start
      unitCount = bytes.count - continuations + longLeads
    }
  }

  private static func sum(_ columns: SIMD16<UInt8>) -> Int {
    let words = unsafe unsafeBitCast(columns, to: SIMD2<UInt64>.self)
    return sum(words.x) + sum(words.y)
  }

  /// The sum of eight bytes, each at most 255.
  private static func sum(_ columns: UInt64) -> Int {
    let pairs = (columns & 0x00FF_00FF_00FF_00FF) + (columns >> 8 & 0x00FF_00FF_00FF_00FF)
    return Int(truncatingIfNeeded: (pairs &* 0x0001_0001_0001_0001) >> 48)
  }

  /// Stores text below U+0100 where there is just the room that ``Form`` counted.
  static func storeLatin1(
    _ source: UnsafeRawBufferPointer, asciiCount: Int, isSparse: Bool,
    _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<asciiCount]))
    var position = asciiCount
    var end = asciiCount
    // From one character that is not ASCII to the next, up to eight bytes: the fastest where they are not many.
    while isSparse, position <= source.count - 10, end <= target.count - 9 {
      let word = unsafe source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let isHigh = UInt64(littleEndian: word) & highBits
      let asciiCount = isHigh.trailingZeroBitCount >> 3
      unsafe target.storeBytes(of: word, toByteOffset: end, as: UInt64.self)
      // Behind eight bytes of ASCII this stores what is replaced.
      unsafe target[end + asciiCount] =
        source[position + asciiCount] << 6 | source[position + asciiCount + 1] & 0x3F
      end += asciiCount + (isHigh == 0 ? 0 : 1)
      position += asciiCount + (isHigh == 0 ? 0 : 2)
    }
    /// Stores the unit that ends with the next byte, if one does.
    @inline(__always)
    func storeNext() {
      let byte = unsafe source[position]
      if byte < 0x80 {
        unsafe target[end] = byte
        end += 1
      } else if byte < 0xC0 {
        unsafe target[end] = source[position - 1] << 6 | byte & 0x3F
        end += 1
      }
      position += 1
    }
    // There is a byte before each of the others.
    if position == 0 { storeNext() }
    // Without branches, as what follows what cannot be foreseen. A word gives from four to eight units, and what is stored behind
    // them is replaced.
    unsafe Gap.all.withUnsafeBufferPointer { gaps in
      while position <= source.count - 8, end <= target.count - 8 {
        let word = unsafe source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        let before = unsafe source.loadUnaligned(fromByteOffset: position - 1, as: UInt64.self)
        let (units, count) = unsafe packLatin1(
          UInt64(littleEndian: word), before: UInt64(littleEndian: before), gaps)
        unsafe target.storeBytes(of: units.littleEndian, toByteOffset: end, as: UInt64.self)
        end &+= count
        position &+= 8
      }
    }
    while position < source.count { storeNext() }
    return end
  }

  /// Which bytes of a word stay and which move down to where leads were, by one, two, three or four places.
  ///
  /// Looking it up takes a third less than finding it out.
  private struct Gap: BitwiseCopyable {
    var stay: UInt64 = 0
    var byOne: UInt64 = 0
    var byTwo: UInt64 = 0
    var byThree: UInt64 = 0
    var byFour: UInt64 = 0

    /// - Parameter leads: a bit for each byte that is a lead. More than four are not in one word of text.
    init(leads: UInt8) {
      var distance = 0
      for place in 0..<8 {
        guard leads >> place & 1 == 0 else {
          distance += 1
          continue
        }
        let byte: UInt64 = 0xFF << UInt64(8 * (place - distance))
        switch distance {
        case 0: stay |= byte
        case 1: byOne |= byte
        case 2: byTwo |= byte
        case 3: byThree |= byte
        default: byFour |= byte
        }
      }
    }

    static let all = (0...UInt8.max).map { Gap(leads: $0) }
  }

  /// The units of eight bytes of UTF-8 below U+0100, in the lowest bytes, and how many they are.
  ///
  /// - Parameters:
  ///   - before: the bytes before each byte.
  ///   - gaps: ``Gap/all``.
  @inline(__always)
  private static func packLatin1(
    _ word: UInt64, before: UInt64, _ gaps: UnsafeBufferPointer<Gap>
  ) -> (units: UInt64, count: Int) {
    let isHigh = word & highBits
    let isLead = isHigh & (word &<< 1)
    // The upper bits of a continuation are the lower ones of its lead.
    let continuations = (isHigh ^ isLead) &>> 7
    let upperBits = ((continuations &<< 8) &- continuations) & 0xC0C0_C0C0_C0C0_C0C0
    let units = (word & ~upperBits) | ((before &<< 6) & upperBits)
    let leads = isLead &>> 7
    // There is one for each byte.
    let gap = unsafe gaps[Int(truncatingIfNeeded: (leads &* 0x0102_0408_1020_4080) &>> 56)]
    let packed =
      (units & gap.stay) | ((units &>> 8) & gap.byOne) | ((units &>> 16) & gap.byTwo)
      | ((units &>> 24) & gap.byThree) | ((units &>> 32) & gap.byFour)
    return (packed, 8 &- Int(truncatingIfNeeded: (leads &* 0x0101_0101_0101_0101) &>> 56))
  }

  /// Stores text as UTF-16 in little-endian order where there is just the room that ``Form`` counted.
  static func storeUTF16(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    // Text that is not ASCII is not empty, and neither are its units.
    guard let start = target.baseAddress else { return 0 }
    var position = 0
    // An address, as the compiler moves two offsets in one vector, which takes twice as long.
    var out = unsafe start
    /// Stores units, the first in the lowest place: as many as the type has room for.
    @inline(__always)
    func store<Units: FixedWidthInteger>(_ units: UInt64, as type: Units.Type) {
      unsafe out.storeBytes(of: Units(truncatingIfNeeded: units).littleEndian, as: type)
      unsafe out += MemoryLayout<Units>.size
    }
    @inline(__always)
    func word(at position: Int) -> UInt64 {
      unsafe UInt64(
        littleEndian: source.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
    // In what is ahead are whole characters: a valid sequence ends within the text.
    while position <= source.count - 14 {
      let ahead = word(at: position)
      let lead = ahead & 0xFF
      if lead < 0x80 {
        guard ahead & highBits == 0 else {
          store(lead, as: UInt16.self)
          position &+= 1
          continue
        }
        // Eight bytes are eight units.
        let bytes = unsafe source.loadUnaligned(fromByteOffset: position, as: SIMD8<UInt8>.self)
        let units = SIMD8<UInt16>(truncatingIfNeeded: bytes)
        unsafe out.storeBytes(of: units, as: SIMD8<UInt16>.self)
        position &+= 8
        unsafe out += 16
      } else if lead < 0xE0 {
        guard ahead & 0x00E0_00E0_00E0_00E0 == 0x00C0_00C0_00C0_00C0 else {
          store((ahead & 0x1F) << 6 | (ahead >> 8 & 0x3F), as: UInt16.self)
          position &+= 2
          continue
        }
        // Four characters of two bytes.
        let units = (ahead & 0x001F_001F_001F_001F) << 6 | (ahead >> 8 & 0x003F_003F_003F_003F)
        store(units, as: UInt64.self)
        position &+= 8
      } else if ahead & 0xF000_00F0 == 0xE000_00E0 {
        let second = word(at: position &+ 6)
        let both = units(ofThreeByteSequences: ahead)
        guard second & 0xF000_00F0 == 0xE000_00E0 else {
          store(both, as: UInt32.self)
          position &+= 6
          continue
        }
        store(both | units(ofThreeByteSequences: second) << 32, as: UInt64.self)
        position &+= 12
      } else if ahead & 0xF0_0000_00F0 == 0xF0_0000_00F0 {
        // Two characters of four bytes.
        store(surrogates(ofFourByteSequences: ahead), as: UInt64.self)
        position &+= 8
      } else {
        // One of three or four bytes, without a branch: where they are mixed with others it cannot be foreseen which. Behind a unit of
        // three bytes this stores what is replaced.
        let isLong = lead >= 0xF0
        let units =
          isLong ? surrogates(ofFourByteSequences: ahead) : units(ofThreeByteSequences: ahead)
        unsafe out.storeBytes(
          of: UInt32(truncatingIfNeeded: units).littleEndian, as: UInt32.self)
        unsafe out += isLong ? 4 : 2
        position &+= isLong ? 4 : 3
      }
    }
    // The last few.
    while position < source.count {
      let lead = unsafe source[position]
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var ahead: UInt64 = 0
      for offset in 0..<length {
        unsafe ahead |= UInt64(source[position + offset]) << UInt64(8 * offset)
      }
      position += length
      switch length {
      case 1: store(ahead, as: UInt16.self)
      case 2: store((ahead & 0x1F) << 6 | (ahead >> 8 & 0x3F), as: UInt16.self)
      case 3: store(units(ofThreeByteSequences: ahead), as: UInt16.self)
      default: store(surrogates(ofFourByteSequences: ahead), as: UInt32.self)
      }
    }
    return unsafe out - start
  }

  /// The units of two characters of three bytes in the lowest 32 bits; the first in the lowest 16, whatever follows it.
  @inline(__always)
  private static func units(ofThreeByteSequences word: UInt64) -> UInt64 {
    let halves = word & 0xFF_FFFF | (word & 0xFFFF_FF00_0000) << 8
    let units =
      (halves & 0x0F_0000_000F) << 12 | (halves >> 2 & 0x0FC0_0000_0FC0)
      | (halves >> 16 & 0x3F_0000_003F)
    return (units | units >> 16) & 0xFFFF_FFFF
  }

  /// Both surrogates, the high one first, of a character of four bytes in each half of a word; those of the lower half
  /// whatever is in the upper one.
  @inline(__always)
  private static func surrogates(ofFourByteSequences word: UInt64) -> UInt64 {
    let upper =
      (word & 0x07_0000_0007) << 8 | (word >> 6 & 0xFC_0000_00FC)
      | (word >> 20 & 0x03_0000_0003)
    let lower = (word >> 10 & 0x03C0_0000_03C0) | (word >> 24 & 0x3F_0000_003F)
    return 0xDC00_D7C0_DC00_D7C0 &+ upper &+ lower << 16
  }

  // MARK: - To UTF-8

  /// The text of Latin-1.
  static func text(latin1 source: UnsafeRawBufferPointer) -> String {
    if source.count <= ShortContent.longest {
      let content = unsafe ShortContent(source)
      if content.isASCII { return String(content, count: source.count) }
    }
    let asciiCount = unsafe asciiPrefix(source)
    guard asciiCount < source.count else { return unsafe text(utf8: source, isASCII: true) }
    let highCount = unsafe highByteCount(source)
    return unsafe text(capacity: source.count + highCount) { target in
      unsafe storeUTF8(latin1: source, isSparse: 4 * highCount <= source.count, target)
    }
  }

  /// The text of valid UTF-8, which is copied and not looked at again.
  private static func text(utf8 source: UnsafeRawBufferPointer, isASCII: Bool) -> String {
    let bytes = unsafe source.assumingMemoryBound(to: UInt8.self)
    guard #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) else {
      return unsafe String(decoding: bytes, as: UTF8.self)
    }
    return unsafe String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII))
  }

  /// The most bytes that are put together elsewhere before they are copied.
  private static let longestStaged = 1024

  /// The text of valid UTF-8 that a function stores, with its count.
  ///
  /// The standard library validates what is stored in a string, which takes several times as long as a copy.
  @inline(__always)
  private static func text(
    capacity: Int, _ store: (UnsafeMutableRawBufferPointer) -> Int
  ) -> String {
    guard capacity <= longestStaged else {
      return unsafe String(unsafeUninitializedCapacity: capacity) { target in
        unsafe store(UnsafeMutableRawBufferPointer(target))
      }
    }
    return unsafe withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 8) { target in
      let count = unsafe store(target)
      // As many bytes were stored.
      return unsafe text(
        utf8: UnsafeRawBufferPointer(rebasing: target[..<count]), isASCII: false)
    }
  }

  /// How many bytes are not ASCII.
  private static func highByteCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    var position = 0
    var count = 0
    while position <= bytes.count - 8 {
      let end = min(bytes.count - 7, position + 8 * 255)
      var columns: UInt64 = 0
      while position < end {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        columns &+= (word & highBits) >> 7
        position += 8
      }
      count += sum(columns)
    }
    while position < bytes.count {
      count += unsafe Int(bytes[position] >> 7)
      position += 1
    }
    return count
  }

  /// Stores Latin-1 where there is just the room that was counted.
  private static func storeUTF8(
    latin1 source: UnsafeRawBufferPointer, isSparse: Bool, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    var position = 0
    var end = 0
    // As in `storeLatin1`.
    while isSparse, position <= source.count - 9, end <= target.count - 10 {
      let word = unsafe source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let isHigh = UInt64(littleEndian: word) & highBits
      let asciiCount = isHigh.trailingZeroBitCount >> 3
      unsafe target.storeBytes(of: word, toByteOffset: end, as: UInt64.self)
      let unit = unsafe source[position + asciiCount]
      unsafe target[end + asciiCount] = 0xC0 | unit >> 6
      unsafe target[end + asciiCount + 1] = 0x80 | unit & 0x3F
      end += asciiCount + (isHigh == 0 ? 0 : 2)
      position += asciiCount + (isHigh == 0 ? 0 : 1)
    }
    // Each unit is stored by two bytes, of which the second may be replaced: seventeen at most.
    while position <= source.count - 8, end <= target.count - 17 {
      let word = unsafe source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let isHigh = (word & highBits) >> 7
      guard isHigh != 0 else {
        unsafe target.storeBytes(of: word, toByteOffset: end, as: UInt64.self)
        position += 8
        end += 8
        continue
      }
      let leads = (word >> 6 & 0x0303_0303_0303_0303) | 0xC0C0_C0C0_C0C0_C0C0
      var firsts = word & ~(isHigh &* 0xFF) | leads & (isHigh &* 0xFF)
      var seconds = word & 0x3F3F_3F3F_3F3F_3F3F | highBits
      // How many bytes more than units there are up to each unit.
      let extra = isHigh &* 0x0101_0101_0101_0101
      var offsets = extra << 8 &+ 0x0706_0504_0302_0100
      for _ in 0..<8 {
        let place = end + Int(truncatingIfNeeded: offsets & 0xFF)
        unsafe target[place] = UInt8(truncatingIfNeeded: firsts)
        unsafe target[place + 1] = UInt8(truncatingIfNeeded: seconds)
        firsts >>= 8
        seconds >>= 8
        offsets >>= 8
      }
      position += 8
      end += 8 + Int(truncatingIfNeeded: extra >> 56)
    }
    while position < source.count {
      let unit = unsafe source[position]
      position += 1
      if unit < 0x80 {
        unsafe target[end] = unit
        end += 1
      } else {
        unsafe target[end] = 0xC0 | unit >> 6
        unsafe target[end + 1] = 0x80 | unit & 0x3F
        end += 2
      }
    }
    return end
  }

  /// The text of UTF-16 in little-endian order, with U+FFFD for every lone surrogate, and whether there is none.
  static func text(utf16 source: UnsafeRawBufferPointer) -> (text: String, isExact: Bool) {
    // What is short finds room for three bytes a unit, so that they need not be counted.
    let most = source.count / 2 * 3
    let capacity = most <= longestStaged ? most : unsafe countUTF8(utf16: source)
    var isExact = true
    let text = unsafe text(capacity: capacity) { target in
      unsafe storeUTF8(utf16: source, target, isExact: &isExact)
    }
    return (text, isExact)
  }

  @inline(__always)
  private static func unit(_ position: Int, of bytes: UnsafeRawBufferPointer) -> UInt32 {
    unsafe UInt32(
      UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * position, as: UInt16.self)))
  }

  /// How many bytes UTF-16 takes as UTF-8.
  private static func countUTF8(utf16 source: UnsafeRawBufferPointer) -> Int {
    let unitCount = source.count / 2
    var count = 0
    var position = 0
    while position < unitCount {
      if position <= unitCount - 4 {
        let word = unsafe source.loadUnaligned(fromByteOffset: 2 * position, as: UInt64.self)
        // Bit 15 of each unit that is 0x80 or more, as for 0x800.
        let high = highUnitBits
        let two = ((word & 0x7F80_7F80_7F80_7F80) &+ 0x7FFF_7FFF_7FFF_7FFF | word) & high
        let three = threeByteUnits(word)
        if nonSurrogates(word) == high {
          let columns = two >> 15 &+ three >> 15
          count += 4 + Int(truncatingIfNeeded: (columns &* 0x0001_0001_0001_0001) >> 48)
          position += 4
          continue
        }
      }
      let unit = unsafe self.unit(position, of: source)
      position += 1
      count += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
      if unit & 0xFC00 == 0xD800, position < unitCount,
        unsafe self.unit(position, of: source) & 0xFC00 == 0xDC00
      {
        // A pair takes four.
        count += 1
        position += 1
      }
    }
    return count
  }

  /// Bit 15 of each of four units.
  private static let highUnitBits: UInt64 = 0x8000_8000_8000_8000

  /// Bit 15 of each of four units that is 0x800 or more: any of its bits carries into it.
  @inline(__always)
  private static func threeByteUnits(_ word: UInt64) -> UInt64 {
    ((word & 0x7800_7800_7800_7800) &+ 0x7FFF_7FFF_7FFF_7FFF | word) & highUnitBits
  }

  /// Bit 15 of each of four units that is no surrogate.
  @inline(__always)
  private static func nonSurrogates(_ word: UInt64) -> UInt64 {
    let other = (word ^ 0xD800_D800_D800_D800) & 0xF800_F800_F800_F800
    return ((other & ~highUnitBits) &+ 0x7FFF_7FFF_7FFF_7FFF | other) & highUnitBits
  }

  /// Stores UTF-16 where there is just the room that was counted.
  private static func storeUTF8(
    utf16 source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer,
    isExact: inout Bool
  ) -> Int {
    let unitCount = source.count / 2
    var end = 0
    var position = 0
    @inline(__always)
    func store(_ byte: UInt32) {
      unsafe target[end] = UInt8(truncatingIfNeeded: byte)
      end += 1
    }
    while position < unitCount {
      // Four units that take three bytes each; four are stored, of which the last is replaced.
      while position <= unitCount - 4, end <= target.count - 13 {
        var word = unsafe UInt64(
          littleEndian: source.loadUnaligned(fromByteOffset: 2 * position, as: UInt64.self))
        guard threeByteUnits(word) & nonSurrogates(word) == highUnitBits else { break }
        for _ in 0..<4 {
          let unit = UInt32(truncatingIfNeeded: word & 0xFFFF)
          word >>= 16
          let bytes = 0x80_80E0 | unit >> 12 | (unit & 0x0FC0) << 2 | (unit & 0x3F) << 16
          unsafe target.storeBytes(of: bytes.littleEndian, toByteOffset: end, as: UInt32.self)
          end += 3
        }
        position += 4
      }
      guard position < unitCount else { break }
      let unit = unsafe self.unit(position, of: source)
      position += 1
      if unit < 0x80 {
        store(unit)
      } else if unit < 0x800 {
        store(0xC0 | unit >> 6)
        store(0x80 | unit & 0x3F)
      } else if unit & 0xF800 != 0xD800 {
        let bytes = 0x80_80E0 | unit >> 12 | (unit & 0x0FC0) << 2 | (unit & 0x3F) << 16
        if end <= target.count - 4 {
          // Four bytes, of which the last is replaced.
          unsafe target.storeBytes(of: bytes.littleEndian, toByteOffset: end, as: UInt32.self)
          end += 3
        } else {
          store(bytes)
          store(bytes >> 8)
          store(bytes >> 16)
        }
      } else {
        let next = position < unitCount ? unsafe self.unit(position, of: source) : 0
        if unit < 0xDC00, next & 0xFC00 == 0xDC00 {
          position += 1
          let scalar = 0x1_0000 + (unit & 0x3FF) << 10 + (next & 0x3FF)
          store(0xF0 | scalar >> 18)
          store(0x80 | scalar >> 12 & 0x3F)
          store(0x80 | scalar >> 6 & 0x3F)
          store(0x80 | scalar & 0x3F)
        } else {
          isExact = false
          store(0xEF)
          store(0xBF)
          store(0xBD)
        }
      }
    }
    return end
  }
}
