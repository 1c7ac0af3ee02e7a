/// A `WebAssembly.Module`, by the id under which it is passed outside the payload.
public struct CloneWasmModule: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new reference to a module.
  public init(transferID: UInt32) { receiver = Receiver(.wasmModule, extra: transferID) }

  /// The id under which the module is passed.
  public var transferID: UInt32 { receiver.record.extra }
}
