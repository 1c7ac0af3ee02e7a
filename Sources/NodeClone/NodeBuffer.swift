public import StructuredClone

/// A Node `Buffer` in a value: a ``CloneHostObject`` of the interface `Buffer`, whose payload is a view of bytes.
///
/// Node writes a `Buffer` under another number than a `Uint8Array`, so that it is a `Buffer` again where it is read.
public struct NodeBuffer: Sendable {
  /// The interface.
  static let interface: CloneString = "Buffer"

  /// The value that stands for it. Values that mention it hold the same object.
  public let value: CloneValue

  /// Makes a new buffer of bytes.
  public init(_ bytes: [UInt8]) {
    let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer(bytes))
    value = .hostObject(
      CloneHostObject(
        interface: NodeBuffer.interface, payload: view.map { .arrayBufferView($0) } ?? .null))
  }

  /// The buffer that a value is, or `nil` if it is something else.
  public init?(_ value: CloneValue) {
    guard case .hostObject(let object) = value, object.interface == NodeBuffer.interface,
      case .arrayBufferView(let view) = object.payload, view.kind == .uint8
    else { return nil }
    self.value = value
  }

  /// The content, without a copy.
  public var bytes: ArraySlice<UInt8> {
    guard case .hostObject(let object) = value, case .arrayBufferView(let view) = object.payload
    else { return [] }
    return view.bytes
  }
}
