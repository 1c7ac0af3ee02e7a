/// A shared `WebAssembly.Memory`.
public struct CloneWasmMemory: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new memory on a shared buffer; −1 pages means no maximum.
  public init(on buffer: CloneSharedArrayBuffer, maximumPages: Int32, isMemory64: Bool = false) {
    receiver = Receiver(.wasmMemory, flags: isMemory64 ? .memory64 : [])
    let graph = receiver.graph
    graph.cells = [graph.makeCell(buffer.receiver), .int32(maximumPages)]
  }

  /// The memory's buffer.
  public var buffer: CloneValue { receiver.graph.value(of: receiver.cell(0)) }

  /// The declared maximum in pages of 64 KiB, −1 for none.
  public var maximumPages: Int32 { receiver.cell(1).int32Value }

  /// Whether addresses have 64 bits.
  public var isMemory64: Bool { receiver.record.flags.contains(.memory64) }
}
