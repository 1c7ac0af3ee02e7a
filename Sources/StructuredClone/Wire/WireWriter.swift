/// Where written bytes go: a block that the caller made with about the size that is needed, and more blocks when
/// its room ends, which are put behind it afterwards. Nothing that is written moves more than once.
///
/// A writer that only counts has one small block, which it writes over again and again: whoever fills blocks does
/// not see the difference.
///
/// `base <= position <= end`, all in one block. Bytes below `position` are written, those below `end` may be.
/// Pointers, not array indices: a store for each byte through `[UInt8].append` took 8 ns for a double, which is
/// 0.5 ns here.
@safe struct WireWriter: ~Copyable {
  /// Where the next byte goes. Whoever moves it has asked for room.
  var position: UnsafeMutableRawPointer
  private(set) var end: UnsafeMutableRawPointer
  private var base: UnsafeMutableRawPointer
  /// The offset of `base` in the payload.
  private var baseOffset: Int
  private var ownsBlock = false
  private let isCounting: Bool
  /// How many bytes of the first block were written, once it is full.
  private var firstCount: Int?
  private var laterPieces: [Piece] = []
  private var blockSize = 4096

  /// Content behind the first block.
  @safe private enum Piece {
    case block(UnsafeMutableRawPointer, count: Int)
    /// Long content of the value, which is copied only to where it belongs.
    case content(ArraySlice<UInt8>)
  }

  private static let countingBlockSize = 512
  private static let longestBlock = 1 << 20
  /// Content of this length is not copied into a block of the writer's own.
  private static let longContent = 4096

  /// From which length on content has a way of its own: a writer that counts has no room for all strings.
  private var shortestPiece: Int {
    isCounting ? WireWriter.countingBlockSize : WireWriter.longContent
  }

  /// Makes a writer that fills a block and goes on elsewhere.
  ///
  /// - Parameter offset: how many bytes of the payload are before it.
  init(filling block: UnsafeMutableRawBufferPointer, at offset: Int) {
    // A block without room may have no address.
    unsafe base = block.baseAddress ?? UnsafeMutableRawPointer(mutating: WireWriter.nowhere)
    unsafe position = base
    unsafe end = base + block.count
    baseOffset = offset
    isCounting = false
  }

  /// Makes a writer that counts.
  init(countingFrom offset: Int) {
    unsafe base = .allocate(byteCount: WireWriter.countingBlockSize, alignment: 1)
    unsafe position = base
    unsafe end = base + WireWriter.countingBlockSize
    baseOffset = offset
    isCounting = true
    ownsBlock = true
  }

  /// An address that is never read or written.
  private static var nowhere: UnsafeRawPointer {
    unsafe UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
  }

  deinit {
    if ownsBlock { unsafe base.deallocate() }
    for piece in laterPieces {
      if case .block(let block, _) = piece { unsafe block.deallocate() }
    }
  }

  /// The most bytes that are written on the stack first.
  static let smallRoom = 1024

  /// The bytes of what is probably small: it is written on the stack as far as it is, so that memory is asked for once.
  ///
  /// - Parameter write: writes with the writer that it gets, and gives it back.
  @inline(__always)
  static func smallPayload(_ write: (consuming WireWriter) -> WireWriter) -> [UInt8] {
    // The pointer does not leave the closure, and all bytes are written before they count.
    unsafe withUnsafeTemporaryAllocation(byteCount: smallRoom, alignment: 1) { block in
      var writer = write(unsafe WireWriter(filling: block, at: 0))
      let count = writer.finish()
      var bytes = unsafe [UInt8](UnsafeRawBufferPointer(rebasing: block[..<count]))
      writer.appendLaterPieces(to: &bytes)
      return bytes
    }
  }

  /// The bytes of what is mostly long content, in pieces: that content is not copied.
  ///
  /// - Parameter write: as for ``smallPayload(_:)``.
  static func pieces(
    _ write: (consuming WireWriter) -> WireWriter
  ) -> (start: [UInt8], rest: [ArraySlice<UInt8>]) {
    // The pointer does not leave the closure, and all bytes are written before they count.
    unsafe withUnsafeTemporaryAllocation(byteCount: smallRoom, alignment: 1) { block in
      var writer = write(unsafe WireWriter(filling: block, at: 0))
      let count = writer.finish()
      let start = unsafe [UInt8](UnsafeRawBufferPointer(rebasing: block[..<count]))
      let rest = writer.laterPieces.map { piece in
        switch piece {
        case .block(let block, let count):
          unsafe ArraySlice(UnsafeRawBufferPointer(start: block, count: count))
        case .content(let slice): slice
        }
      }
      return (start, rest)
    }
  }

  /// The bytes of what takes about so many: written where they stay, unless it is probably small.
  ///
  /// - Parameter write: as for ``smallPayload(_:)``.
  @inline(__always)
  static func payload(
    ofAbout byteCount: Int, _ write: (consuming WireWriter) -> WireWriter
  ) -> [UInt8] {
    guard byteCount > smallRoom else { return smallPayload(write) }
    var bytes: [UInt8] = []
    // In two steps: the initializer that does both looks up its type each time.
    bytes.reserveCapacity(byteCount)
    append(ofAbout: byteCount, to: &bytes, write)
    return bytes
  }

  /// Appends the bytes of what takes about so many, which are written where they stay.
  ///
  /// - Parameter write: as for ``smallPayload(_:)``.
  @inline(__always)
  static func append(
    ofAbout byteCount: Int, to bytes: inout [UInt8],
    _ write: (consuming WireWriter) -> WireWriter
  ) {
    var writer: WireWriter?
    bytes.append(addingCapacity: byteCount) { span in
      unsafe span.withUnsafeMutableBufferPointer { block, count in
        // The block is filled while it is lent, and what is behind it is the writer's own.
        var current = write(
          unsafe WireWriter(filling: UnsafeMutableRawBufferPointer(block), at: 0))
        count = current.finish()
        writer = consume current
      }
    }
    writer?.appendLaterPieces(to: &bytes)
  }

  /// The offset of the next byte in the payload.
  var offset: Int { unsafe baseOffset + (position - base) }

  /// What a position has to be reduced by to be an offset in the payload.
  var origin: UInt { unsafe UInt(bitPattern: base) &- UInt(bitPattern: baseOffset) }

  // MARK: - Room

  /// Makes sure that so many bytes can be written at `position`. They are few: content has a way of its own.
  @inline(__always)
  mutating func ensure(_ count: Int) {
    if unsafe end - position < count { makeRoom(count) }
  }

  @inline(never)
  mutating func makeRoom(_ count: Int) {
    endBlock()
    guard !isCounting else {
      assert(count <= WireWriter.countingBlockSize)
      return
    }
    // Several times as long at first, so that they are few.
    let factor = blockSize < 0x1_0000 ? 4 : 2
    blockSize = max(count, min(factor * blockSize, WireWriter.longestBlock))
    unsafe base = .allocate(byteCount: blockSize, alignment: 1)
    unsafe position = base
    unsafe end = base + blockSize
    ownsBlock = true
  }

  /// Puts what was written aside; there is no room then, unless the writer only counts.
  private mutating func endBlock() {
    let count = unsafe position - base
    baseOffset += count
    guard !isCounting else {
      unsafe position = base
      return
    }
    if !ownsBlock {
      if firstCount == nil { firstCount = count }
    } else if count > 0 {
      if laterPieces.isEmpty { laterPieces.reserveCapacity(8) }
      unsafe laterPieces.append(.block(base, count: count))
    } else {
      unsafe base.deallocate()
    }
    ownsBlock = false
    unsafe base = end
    unsafe position = end
  }

  /// Ends writing; answers how many bytes of the first block were written.
  mutating func finish() -> Int {
    endBlock()
    return firstCount ?? 0
  }

  /// How many bytes were written behind the first block.
  var laterCount: Int {
    var count = 0
    for piece in laterPieces {
      switch piece {
      case .block(_, let length): count += length
      case .content(let slice): count += slice.count
      }
    }
    return count
  }

  /// Copies what was written behind the first block to where it belongs, ``laterCount`` bytes at least.
  func copyLaterPieces(to target: UnsafeMutableRawBufferPointer) {
    var rest = unsafe target
    for piece in laterPieces {
      let count: Int
      switch piece {
      case .block(let block, let length):
        // Just as many bytes were written there.
        unsafe rest.copyMemory(from: UnsafeRawBufferPointer(start: block, count: length))
        count = length
      case .content(let slice):
        unsafe rest.copyBytes(from: slice)
        count = slice.count
      }
      unsafe rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Appends what was written behind the first block.
  func appendLaterPieces(to bytes: inout [UInt8]) {
    guard laterCount > 0 else { return }
    bytes.append(addingCapacity: laterCount) { span in
      unsafe span.withUnsafeMutableBufferPointer { block, count in
        unsafe copyLaterPieces(to: UnsafeMutableRawBufferPointer(block))
        count = laterCount
      }
    }
  }

  // MARK: - Writing

  mutating func append(_ byte: UInt8) {
    ensure(1)
    // There is room for one.
    unsafe position.storeBytes(of: byte, as: UInt8.self)
    unsafe position += 1
  }

  mutating func append(varint value: UInt64) {
    ensure(Varint.longest)
    unsafe position = Varint.store(value, at: position)
  }

  mutating func append(zigZag value: Int32) {
    append(varint: UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
  }

  /// Writes zeros that somebody else is going to set, and a header.
  @inline(__always)
  mutating func append(headerOf version: UInt32, behindZeros zeroCount: Int = 0) {
    append(zeros: zeroCount)
    append(WireTag.version)
    append(varint: UInt64(version))
  }

  mutating func append(bits: UInt64) {
    ensure(8)
    // There is room for eight.
    unsafe position.storeBytes(of: bits.littleEndian, as: UInt64.self)
    unsafe position += 8
  }

  mutating func append(double value: Double) {
    append(bits: Cell.double(value).bits)
  }

  mutating func append(zeros count: Int) { for _ in 0..<count { append(0 as UInt8) } }

  mutating func append(contentsOf bytes: ArraySlice<UInt8>) {
    let count = bytes.count
    if unsafe end - position < count {
      if isCounting || count >= WireWriter.longContent {
        endBlock()
        baseOffset += count
        if !isCounting { laterPieces.append(.content(bytes)) }
        return
      }
      makeRoom(count)
    }
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      // There is room for all of them.
      unsafe position.copyMemory(from: start, byteCount: source.count)
      unsafe position += source.count
    }
  }

  /// A string in the form it is stored in; two-byte units begin at an even offset.
  mutating func append(_ string: CloneString) {
    beginString(byteCount: string.content.count, isTwoByte: string.isTwoByte)
    append(string.content)
  }

  /// The string that a cell of a graph means; nothing, and `false`, if it is not there as it is written, or is long.
  mutating func append(stringOf cell: Cell, in graph: GraphAccess) -> Bool {
    let source: UnsafeRawPointer
    let count: Int
    let isTwoByte: Bool
    if cell.isString, let input = unsafe graph.input.baseAddress {
      let offset = Int(cell.payload)
      let (length, start) = unsafe Varint.read32(graph.input, at: offset + 1)
      unsafe source = UnsafeRawPointer(input) + start
      count = Int(length)
      isTwoByte = unsafe input[offset] == WireTag.twoByteString
    } else if cell.isSlot,
      case .string(let bytes, let length, let storedTwoByte) = graph.content(ofSlot: cell.payload)
    {
      unsafe source = bytes
      count = length
      isTwoByte = storedTwoByte
    } else {
      return false
    }
    guard count < shortestPiece else { return false }
    beginString(byteCount: count, isTwoByte: isTwoByte)
    ensure(count)
    // There is room for all of them.
    unsafe WireWriter.copy(from: source, to: position, count: count)
    unsafe position += count
    return true
  }

  /// Writes what stands before the bytes of a string.
  mutating func beginString(byteCount count: Int, isTwoByte: Bool) {
    if isTwoByte {
      if (offset + 1 + Varint.size(UInt64(count))) & 1 != 0 { append(WireTag.padding) }
      append(WireTag.twoByteString)
    } else {
      append(WireTag.oneByteString)
    }
    append(varint: UInt64(count))
  }

  private mutating func append(_ content: CompactBytes) {
    if let short = content.short {
      ensure(16)
      // There is room for both words, of which some bytes count.
      unsafe position.storeBytes(of: short.first.littleEndian, as: UInt64.self)
      unsafe position.storeBytes(of: short.second.littleEndian, toByteOffset: 8, as: UInt64.self)
      unsafe position += content.count
    } else if content.count < shortestPiece {
      ensure(content.count)
      // There is room for all of them.
      unsafe content.withBytes { source in
        guard let start = source.baseAddress else { return }
        unsafe WireWriter.copy(from: start, to: position, count: source.count)
        unsafe position += source.count
      }
    } else if isCounting {
      endBlock()
      baseOffset += content.count
    } else if let slice = content.slice {
      append(contentsOf: slice)
    }
  }

  /// The contents of a big integer: whole digits of eight bytes.
  mutating func append(_ integer: CloneBigInt, keepsNegativeZero: Bool) {
    let length = (integer.count + 7) / 8 * 8
    let isNegative = integer.isNegative || (keepsNegativeZero && integer.isNegativeZero)
    append(varint: UInt64(length) << 1 | (isNegative ? 1 : 0))
    append(integer.content)
    append(zeros: length - integer.count)
  }

  /// Copies bytes. Short copies are of fixed sizes and overlap: calling memcpy takes twice as long.
  ///
  /// There are `count` bytes to read and as many to write.
  @inline(__always)
  static func copy(
    from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
  ) {
    if count >= 8 {
      guard count <= 16 else {
        unsafe target.copyMemory(from: source, byteCount: count)
        return
      }
      let first = unsafe source.loadUnaligned(as: UInt64.self)
      let last = unsafe source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      unsafe target.storeBytes(of: first, as: UInt64.self)
      unsafe target.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
    } else if count >= 4 {
      let first = unsafe source.loadUnaligned(as: UInt32.self)
      let last = unsafe source.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      unsafe target.storeBytes(of: first, as: UInt32.self)
      unsafe target.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
    } else {
      for offset in 0..<count {
        let byte = unsafe source.load(fromByteOffset: offset, as: UInt8.self)
        unsafe target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
      }
    }
  }
}

extension [UInt8] {
  /// Appends a double in eight bytes; every NaN is the canonical one.
  mutating func append(double value: Double) {
    let bits = Cell.double(value).bits
    // Eight appends take four times as long. The pointer does not leave the closure.
    unsafe Swift.withUnsafeBytes(of: bits.littleEndian) { unsafe append(contentsOf: $0) }
  }
}
