/// The tag bytes of the format (`SerializationTag` in V8's value serializer).
@usableFromInline
enum WireTag {
  static let version: UInt8 = 0xFF
  static let padding: UInt8 = 0x00
  static let verifyObjectCount = UInt8(ascii: "?")
  static let hole = UInt8(ascii: "-")
  static let undefined = UInt8(ascii: "_")
  static let null = UInt8(ascii: "0")
  static let `true` = UInt8(ascii: "T")
  static let `false` = UInt8(ascii: "F")
  static let int32 = UInt8(ascii: "I")
  static let uint32 = UInt8(ascii: "U")
  static let double = UInt8(ascii: "N")
  static let bigint = UInt8(ascii: "Z")
  static let utf8String = UInt8(ascii: "S")
  static let oneByteString = UInt8(ascii: "\"")
  @inlinable static var twoByteString: UInt8 { UInt8(ascii: "c") }
  static let objectReference = UInt8(ascii: "^")
  static let beginObject = UInt8(ascii: "o")
  static let endObject = UInt8(ascii: "{")
  static let beginSparseArray = UInt8(ascii: "a")
  static let endSparseArray = UInt8(ascii: "@")
  static let beginDenseArray = UInt8(ascii: "A")
  static let endDenseArray = UInt8(ascii: "$")
  static let date = UInt8(ascii: "D")
  static let trueObject = UInt8(ascii: "y")
  static let falseObject = UInt8(ascii: "x")
  static let numberObject = UInt8(ascii: "n")
  static let bigintObject = UInt8(ascii: "z")
  static let stringObject = UInt8(ascii: "s")
  static let regExp = UInt8(ascii: "R")
  static let beginMap = UInt8(ascii: ";")
  static let endMap = UInt8(ascii: ":")
  static let beginSet = UInt8(ascii: "'")
  static let endSet = UInt8(ascii: ",")
  static let arrayBuffer = UInt8(ascii: "B")
  static let resizableArrayBuffer = UInt8(ascii: "~")
  static let immutableArrayBuffer = UInt8(ascii: "C")
  static let sharedImmutableArrayBuffer = UInt8(ascii: "E")
  static let arrayBufferTransfer = UInt8(ascii: "t")
  static let arrayBufferView = UInt8(ascii: "V")
  static let sharedArrayBuffer = UInt8(ascii: "u")
  static let sharedObject = UInt8(ascii: "p")
  static let wasmModule = UInt8(ascii: "w")
  static let wasmMemory = UInt8(ascii: "m")
  /// Behind the id of a shared buffer that belongs to a memory of fixed length.
  static let wasmFixedBuffer = UInt8(ascii: "f")
  static let hostObject = UInt8(ascii: "\\")
  static let error = UInt8(ascii: "r")
}

/// The bytes that introduce the sections of an error.
enum ErrorTag {
  static let message = UInt8(ascii: "m")
  static let cause = UInt8(ascii: "c")
  static let stack = UInt8(ascii: "s")
  static let end = UInt8(ascii: ".")
}
