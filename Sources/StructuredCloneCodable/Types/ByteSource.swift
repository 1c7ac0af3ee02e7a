import NodeClone
import StructuredClone

/// The bytes of values that hold bytes.
enum ByteSource {
  /// The bytes of a buffer, a view or a Node `Buffer`; `nil` for anything else.
  static func bytes(of value: CloneValue) -> ArraySlice<UInt8>? {
    switch value {
    case .arrayBuffer(let buffer) where !buffer.isDetached: buffer.bytes
    case .arrayBufferView(let view): view.bytes
    case .hostObject: NodeBuffer(value)?.bytes
    default: nil
    }
  }
}
