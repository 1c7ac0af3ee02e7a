import StructuredClone

/// The views that Node writes as host objects, by their numbers on the wire.
///
/// `arrayBufferViewTypes` in Node's `lib/v8.js`: Node 14 to 18 know those up to ``buffer``, Node 20 and 22 those up to
/// ``bigUint64``, Node 24 all.
enum NodeViewType: UInt32, CaseIterable {
  case int8, uint8, uint8Clamped, int16, uint16, int32, uint32, float32, float64, dataView
  /// A `Buffer`, which is a `Uint8Array` with a class of its own.
  case buffer
  case bigInt64, bigUint64, float16

  /// The kind of view.
  var kind: CloneArrayBufferView.Kind {
    switch self {
    case .int8: .int8
    case .uint8, .buffer: .uint8
    case .uint8Clamped: .uint8Clamped
    case .int16: .int16
    case .uint16: .uint16
    case .int32: .int32
    case .uint32: .uint32
    case .float32: .float32
    case .float64: .float64
    case .dataView: .dataView
    case .bigInt64: .bigInt64
    case .bigUint64: .bigUint64
    case .float16: .float16
    }
  }

  /// The type of a view that is no `Buffer`.
  init(_ kind: CloneArrayBufferView.Kind) {
    self =
      switch kind {
      case .int8: .int8
      case .uint8: .uint8
      case .uint8Clamped: .uint8Clamped
      case .int16: .int16
      case .uint16: .uint16
      case .int32: .int32
      case .uint32: .uint32
      case .float16: .float16
      case .float32: .float32
      case .float64: .float64
      case .bigInt64: .bigInt64
      case .bigUint64: .bigUint64
      case .dataView: .dataView
      }
  }

  /// The last type that an engine knows.
  static func last(of profile: CloneProfile) -> NodeViewType {
    switch profile {
    case .node14, .node16, .node18: .buffer
    case .node20, .node22: .bigUint64
    default: .float16
    }
  }
}
