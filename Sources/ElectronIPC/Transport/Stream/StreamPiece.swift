/// A piece of what is to be sent.
package enum StreamPiece: Sendable {
  /// Bytes that were put together to be sent. Their memory can be used again.
  case own([UInt8])
  /// A part of a value, which may be somebody else's, too.
  case value(ArraySlice<UInt8>)

  /// The bytes.
  package var bytes: ArraySlice<UInt8> {
    switch self {
    case .own(let bytes): bytes[...]
    case .value(let bytes): bytes
    }
  }

  /// How many there are.
  package var count: Int { bytes.count }
}
