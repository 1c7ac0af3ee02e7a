import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values that have no container.
extension DecodingState {
  /// Whether there is no value.
  @inline(__always)
  func isNil(_ cell: Cell) -> Bool { cell == .null || cell == .undefined || cell == .hole }

  /// What a boxed primitive holds, or the cell itself.
  private func unboxed(_ cell: Cell) -> Cell {
    guard cell.isReceiver, case let record = content.record(cell.payload),
      record.kind == .boxedPrimitive
    else { return cell }
    return content.cell(at: Int(record.start))
  }

  /// The error for a cell that is not of a type.
  private func mismatch(_ type: any Any.Type, _ cell: Cell) -> Mismatch {
    isNil(cell) ? .noValue(type) : .type(type)
  }

  @inline(__always)
  func boolean(_ cell: Cell) throws(Mismatch) -> Bool {
    if cell == .true { return true }
    if cell == .false { return false }
    return try otherBoolean(cell)
  }

  @inline(never)
  private func otherBoolean(_ cell: Cell) throws(Mismatch) -> Bool {
    switch unboxed(cell) {
    case .true: return true
    case .false: return false
    default: throw mismatch(Bool.self, cell)
    }
  }

  @inline(__always)
  func string(_ cell: Cell) throws(Mismatch) -> String {
    if let (text, count) = content.shortText(of: cell) { return String(text, count: count) }
    if let text = content.text(of: cell) { return text }
    return try otherString(cell)
  }

  @inline(never)
  private func otherString(_ cell: Cell) throws(Mismatch) -> String {
    let content = unboxed(cell)
    guard reader.isString(content) else { throw mismatch(String.self, cell) }
    guard let text = reader.text(of: content) else {
      throw .corrupted("the string holds half a surrogate pair; decode CloneString to keep it")
    }
    return text
  }

  // MARK: - Numbers

  @inline(__always)
  func integer<I: FixedWidthInteger>(_ cell: Cell) throws(Mismatch) -> I {
    if cell.isInt32, let integer = I(exactly: cell.int32Value) { return integer }
    return try otherInteger(cell)
  }

  @inline(never)
  private func otherInteger<I: FixedWidthInteger>(_ cell: Cell) throws(Mismatch) -> I {
    let content = unboxed(cell)
    if let number = content.number {
      guard let integer = I(exactly: number) else {
        throw .corrupted("the number \(number) is no \(I.self)")
      }
      return integer
    }
    if let big = reader.bigint(of: content) {
      guard let integer = I(exactly: big) else {
        throw .corrupted("the big integer is too large for \(I.self)")
      }
      return integer
    }
    if options.largeIntegerDecodingStrategy == .numberOrString, let text = reader.text(of: content)
    {
      guard let integer = I(text) else {
        throw .corrupted("the string is no \(I.self)")
      }
      return integer
    }
    throw mismatch(I.self, cell)
  }

  @inline(__always)
  func double(_ cell: Cell) throws(Mismatch) -> Double {
    if cell.isDouble, case let number = cell.doubleValue, number.isFinite { return number }
    if cell.isInt32 { return Double(cell.int32Value) }
    return try otherDouble(cell, as: Double.self)
  }

  @inline(never)
  private func otherDouble(_ cell: Cell, as type: any Any.Type) throws(Mismatch) -> Double {
    let content = unboxed(cell)
    if let number = content.number {
      if !number.isFinite, case .throw = options.nonFiniteNumberDecodingStrategy {
        throw .corrupted("the number \(number) is not finite")
      }
      return number
    }
    if case .convertFromString(let positive, let negative, let nan) =
      options.nonFiniteNumberDecodingStrategy, let text = reader.text(of: content)
    {
      switch text {
      case positive: return .infinity
      case negative: return -.infinity
      case nan: return .nan
      default: break
      }
    }
    throw mismatch(type, cell)
  }

  func float(_ cell: Cell) throws(Mismatch) -> Float {
    if cell.isInt32, let number = Float(exactly: cell.int32Value) { return number }
    let number = try otherDouble(cell, as: Float.self)
    let float = Float(number)
    guard float.isFinite || !number.isFinite else {
      throw .corrupted("the number \(number) is too large for Float")
    }
    return float
  }

  // MARK: - Foundation's types

  /// A date, unless it reads itself.
  func date(_ cell: Cell) throws(Mismatch) -> Date {
    let milliseconds: Double
    switch options.dateDecodingStrategy {
    case .date:
      guard case .date(let date) = reader.value(of: cell) else { throw mismatch(Date.self, cell) }
      guard date.isValid else { throw .corrupted("the date is invalid") }
      milliseconds = date.millisecondsSince1970
    case .millisecondsSince1970: milliseconds = try otherDouble(cell, as: Date.self)
    case .secondsSince1970:
      return Date(timeIntervalSince1970: try otherDouble(cell, as: Date.self))
    case .iso8601:
      guard let text = reader.text(of: cell) else { throw mismatch(Date.self, cell) }
      guard let date = ISO8601.date(text) else {
        throw .corrupted("the string is no date of ISO 8601")
      }
      return date
    case .deferredToDate, .custom: throw .other
    }
    return Date(timeIntervalSince1970: milliseconds / 1000)
  }

  /// The bytes of a buffer or a view, or an array of numbers, unless the data reads itself.
  func data(_ cell: Cell) throws(Mismatch) -> Data {
    switch options.dataDecodingStrategy {
    case .custom: throw .other
    case .base64:
      guard let text = reader.text(of: cell) else { throw mismatch(Data.self, cell) }
      guard let data = Data(base64Encoded: text) else {
        throw .corrupted("the string is no Base64")
      }
      return data
    case .bytes: break
    }
    if let bytes = ByteSource.bytes(of: reader.value(of: cell)) { return Data(bytes) }
    guard let bytes = try elements(cell) else { throw mismatch(Data.self, cell) }
    return Data(bytes)
  }

  private func elements(_ cell: Cell) throws(Mismatch) -> [UInt8]? {
    guard cell.isReceiver, case let record = content.record(cell.payload), record.kind == .array,
      !record.flags.contains(.pairs)
    else { return nil }
    let start = Int(record.start) + 1
    var bytes: [UInt8] = []
    for position in start..<(start + Int(record.count)) {
      bytes.append(try integer(content.cell(at: position)))
    }
    return bytes
  }

  func url(_ cell: Cell) throws(Mismatch) -> URL {
    guard let text = reader.text(of: cell) else { throw mismatch(URL.self, cell) }
    guard let url = URL(string: text) else { throw .corrupted("the string is no URL") }
    return url
  }

  func decimal(_ cell: Cell) throws(Mismatch) -> Decimal {
    if let number = cell.number {
      guard number.isFinite else { throw .corrupted("the number \(number) is not finite") }
      // The shortest digits that give the number: what was meant.
      if let decimal = Decimal(string: "\(number)") { return decimal }
    }
    if let big = reader.bigint(of: cell), let integer = Int128(exactly: big),
      let decimal = Decimal(string: "\(integer)")
    {
      return decimal
    }
    guard let text = reader.text(of: cell) else { throw mismatch(Decimal.self, cell) }
    guard let decimal = Decimal(string: text) else { throw .corrupted("the string is no number") }
    return decimal
  }
}
