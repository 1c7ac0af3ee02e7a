public import StructuredClone

extension CloneString {
  /// The channel that a value names, for callers that get their arguments from a JavaScript engine.
  ///
  /// - Parameters:
  ///   - value: must be a string; nothing is converted.
  ///   - index: what the text calls the argument: in Electron 1 for `send`, `sendSync` and `invoke`, and 0 for
  ///     `sendToHost` and `postMessage`.
  /// - Throws: a `TypeError` with Electron's text (electron-ipc, section 2.0).
  public init(channel value: CloneValue, argument index: Int) throws(IPCError) {
    guard let channel = value.string else {
      let name = value.isUndefined ? "undefined" : value.isNull ? "null" : ""
      throw IPCError(
        name: "TypeError",
        "Error processing argument at index \(index), conversion failure from \(name)")
    }
    self = channel
  }
}
