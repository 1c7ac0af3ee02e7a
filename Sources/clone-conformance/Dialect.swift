import ArgumentParser

/// Whose host objects and envelopes are read and written.
enum Dialect: String, CaseIterable, ExpressibleByArgument {
  /// V8's own: none.
  case v8
  /// Node's `v8.serialize`.
  case node
  /// Node's channels between processes; a payload is the body of a frame.
  case nodeIPC = "node-ipc"
  /// Chromium's messages, and values of its databases.
  case blink
  /// What Chromium's IndexedDB stores: such a value as it is or compressed. One in a blob is refused, as a payload has none.
  case indexedDB = "indexeddb"
  /// Electron's messages.
  case electron
}
