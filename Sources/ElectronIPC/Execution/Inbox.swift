import Synchronization

/// What has arrived at one end of a connection and waits for the loop; `nil` for the end.
struct Inbox<Message: Sendable>: ~Copyable, Sendable {
  private let messages = Mutex(Queue<Message?>())

  /// Adds what has arrived behind what waits.
  func append(_ message: consuming Message?) {
    // Moved in, and not copied.
    var arrived = Optional(message)
    messages.withLock { messages in
      if let message = arrived.take() { messages.append(message) }
    }
  }

  /// Takes out what has waited longest.
  func popFirst() -> Message?? { messages.withLock { $0.popFirst() } }
}
