import Synchronization

/// The tags of the host objects that were written, each once and in order: Blink's `TrailerWriter`.
final class RequiredInterfaces: Sendable {
  private let tags = Mutex<[SerializationTag]>([])

  func insert(_ tag: SerializationTag) {
    tags.withLock { if !$0.contains(tag) { $0.append(tag) } }
  }

  /// The trailer that says so.
  var trailer: BlinkTrailer {
    BlinkTrailer(requiredInterfaces: tags.withLock { $0.map(\.rawValue) })
  }
}
