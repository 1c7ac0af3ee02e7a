/// The tag bytes of the format (`SerializationTag` in V8's value serializer). Computed, so that they are constants in other
/// modules, too.
@usableFromInline
enum WireTag {
  @inlinable static var version: UInt8 { 0xFF }
  @inlinable static var padding: UInt8 { 0x00 }
  @inlinable static var verifyObjectCount: UInt8 { UInt8(ascii: "?") }
  @inlinable static var hole: UInt8 { UInt8(ascii: "-") }
  @inlinable static var undefined: UInt8 { UInt8(ascii: "_") }
  @inlinable static var null: UInt8 { UInt8(ascii: "0") }
  @inlinable static var `true`: UInt8 { UInt8(ascii: "T") }
  @inlinable static var `false`: UInt8 { UInt8(ascii: "F") }
  @inlinable static var int32: UInt8 { UInt8(ascii: "I") }
  @inlinable static var uint32: UInt8 { UInt8(ascii: "U") }
  @inlinable static var double: UInt8 { UInt8(ascii: "N") }
  @inlinable static var bigint: UInt8 { UInt8(ascii: "Z") }
  @inlinable static var utf8String: UInt8 { UInt8(ascii: "S") }
  @inlinable static var oneByteString: UInt8 { UInt8(ascii: "\"") }
  @inlinable static var twoByteString: UInt8 { UInt8(ascii: "c") }
  @inlinable static var objectReference: UInt8 { UInt8(ascii: "^") }
  @inlinable static var beginObject: UInt8 { UInt8(ascii: "o") }
  @inlinable static var endObject: UInt8 { UInt8(ascii: "{") }
  @inlinable static var beginSparseArray: UInt8 { UInt8(ascii: "a") }
  @inlinable static var endSparseArray: UInt8 { UInt8(ascii: "@") }
  @inlinable static var beginDenseArray: UInt8 { UInt8(ascii: "A") }
  @inlinable static var endDenseArray: UInt8 { UInt8(ascii: "$") }
  @inlinable static var date: UInt8 { UInt8(ascii: "D") }
  @inlinable static var trueObject: UInt8 { UInt8(ascii: "y") }
  @inlinable static var falseObject: UInt8 { UInt8(ascii: "x") }
  @inlinable static var numberObject: UInt8 { UInt8(ascii: "n") }
  @inlinable static var bigintObject: UInt8 { UInt8(ascii: "z") }
  @inlinable static var stringObject: UInt8 { UInt8(ascii: "s") }
  @inlinable static var regExp: UInt8 { UInt8(ascii: "R") }
  @inlinable static var beginMap: UInt8 { UInt8(ascii: ";") }
  @inlinable static var endMap: UInt8 { UInt8(ascii: ":") }
  @inlinable static var beginSet: UInt8 { UInt8(ascii: "'") }
  @inlinable static var endSet: UInt8 { UInt8(ascii: ",") }
  @inlinable static var arrayBuffer: UInt8 { UInt8(ascii: "B") }
  @inlinable static var resizableArrayBuffer: UInt8 { UInt8(ascii: "~") }
  @inlinable static var immutableArrayBuffer: UInt8 { UInt8(ascii: "C") }
  @inlinable static var sharedImmutableArrayBuffer: UInt8 { UInt8(ascii: "E") }
  @inlinable static var arrayBufferTransfer: UInt8 { UInt8(ascii: "t") }
  @inlinable static var arrayBufferView: UInt8 { UInt8(ascii: "V") }
  @inlinable static var sharedArrayBuffer: UInt8 { UInt8(ascii: "u") }
  @inlinable static var sharedObject: UInt8 { UInt8(ascii: "p") }
  @inlinable static var wasmModule: UInt8 { UInt8(ascii: "w") }
  @inlinable static var wasmMemory: UInt8 { UInt8(ascii: "m") }
  /// Behind the id of a shared buffer that belongs to a memory of fixed length.
  @inlinable static var wasmFixedBuffer: UInt8 { UInt8(ascii: "f") }
  @inlinable static var hostObject: UInt8 { UInt8(ascii: "\\") }
  @inlinable static var error: UInt8 { UInt8(ascii: "r") }
}

/// The bytes that introduce the sections of an error.
enum ErrorTag {
  static let message = UInt8(ascii: "m")
  static let cause = UInt8(ascii: "c")
  static let stack = UInt8(ascii: "s")
  static let end = UInt8(ascii: ".")
}
