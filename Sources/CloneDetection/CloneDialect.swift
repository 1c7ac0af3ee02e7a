import BlinkClone
import ElectronClone
import NodeClone
public import StructuredClone

/// Who writes a payload, as far as its layers and host objects tell.
public enum CloneDialect: String, Hashable, Sendable, CaseIterable {
  /// Anyone: V8's format alone, as Deno, Cloudflare's stores and any `v8.Serializer` write it.
  case v8
  /// `v8.serialize` of Node.
  case node
  /// `child_process` of Node with `serialization: 'advanced'`.
  case nodeChannel
  /// The test runner of Node.
  case nodeTestReporter
  /// Chromium.
  case blink
  /// Electron.
  case electron

  /// A host object in words, such as `<Buffer 01 02>`; `nil` if it is none of this dialect.
  public func text(of object: CloneHostObject) -> String? {
    let value = CloneValue.hostObject(object)
    switch self {
    case .v8: return nil
    case .node, .nodeChannel, .nodeTestReporter:
      guard let buffer = NodeBuffer(value) else { return nil }
      let shown = buffer.bytes.prefix(CloneDialect.longestBuffer).map { byte in
        (byte < 16 ? " 0" : " ") + String(byte, radix: 16)
      }
      let rest = buffer.bytes.count - shown.count
      return "<Buffer" + shown.joined() + (rest > 0 ? " ... \(rest) more bytes>" : ">")
    case .blink: return BlinkHostObject(value).map { "\($0)" }
    case .electron: return NativeImage(value).map { "NativeImage(\($0.representations.count))" }
    }
  }

  /// How many bytes Node shows of a `Buffer`.
  private static let longestBuffer = 50
}
