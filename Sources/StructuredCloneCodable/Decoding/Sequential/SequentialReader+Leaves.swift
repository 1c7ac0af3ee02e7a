import StructuredClone

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values that have no container.
extension SequentialReader {
  /// Takes a value that needs no decoder.
  ///
  /// - Throws: ``Mismatch/other`` if it is read another way.
  mutating func leaf<T>(_ type: T.Type, _ kind: TypeKind) throws(Mismatch) -> T {
    // The kind says what type it is.
    switch kind {
    case .bool: return unsafe unsafeBitCast(try some(direct.takeBoolean()), to: T.self)
    case .string: return unsafe unsafeBitCast(try some(direct.takeText()), to: T.self)
    case .double: return unsafe unsafeBitCast(try some(direct.takeNumber()), to: T.self)
    case .float: return unsafe unsafeBitCast(try some(direct.takeFloat()), to: T.self)
    case .int: return unsafe unsafeBitCast(try integer() as Int, to: T.self)
    case .int8: return unsafe unsafeBitCast(try integer() as Int8, to: T.self)
    case .int16: return unsafe unsafeBitCast(try integer() as Int16, to: T.self)
    case .int32: return unsafe unsafeBitCast(try integer() as Int32, to: T.self)
    case .int64: return unsafe unsafeBitCast(try integer() as Int64, to: T.self)
    case .int128: return unsafe unsafeBitCast(try integer() as Int128, to: T.self)
    case .uint: return unsafe unsafeBitCast(try integer() as UInt, to: T.self)
    case .uint8: return unsafe unsafeBitCast(try integer() as UInt8, to: T.self)
    case .uint16: return unsafe unsafeBitCast(try integer() as UInt16, to: T.self)
    case .uint32: return unsafe unsafeBitCast(try integer() as UInt32, to: T.self)
    case .uint64: return unsafe unsafeBitCast(try integer() as UInt64, to: T.self)
    case .uint128: return unsafe unsafeBitCast(try integer() as UInt128, to: T.self)
    case .integers where mayOpen:
      return unsafe unsafeBitCast(try some(direct.takeIntegers()), to: T.self)
    case .doubles where mayOpen:
      return unsafe unsafeBitCast(try some(direct.takeNumbers()), to: T.self)
    case .strings where mayOpen:
      return unsafe unsafeBitCast(try some(direct.takeTexts()), to: T.self)
    case .date where takesDates:
      guard let time = direct.takeDate(), !time.isNaN else { throw .other }
      return unsafe unsafeBitCast(Date(timeIntervalSince1970: time / 1000), to: T.self)
    default: throw .other
    }
  }

  @inline(__always)
  private func some<Value>(_ value: consuming Value?) throws(Mismatch) -> Value {
    guard let value else { throw .other }
    return value
  }

  @inline(__always)
  private mutating func integer<I: FixedWidthInteger>() throws(Mismatch) -> I {
    guard let integer = direct.takeExactly() as I? else { throw .other }
    return integer
  }
}
