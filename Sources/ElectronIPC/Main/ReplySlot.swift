import StructuredClone
import Synchronization

/// The place for the one reply to an `invoke` or a `sendSync`.
///
/// Whoever lets go of it without a reply has `reply was never sent` sent. Electron does so too, when the event is collected.
final class ReplySlot: Sendable {
  private let send: Mutex<(@Sendable ([UInt8]) -> Void)?>

  init(_ send: @escaping @Sendable ([UInt8]) -> Void) { self.send = Mutex(send) }

  deinit {
    if isOpen { fail("reply was never sent") }
  }

  private var isOpen: Bool { send.withLock { $0 != nil } }

  /// Replies, unless that was done.
  ///
  /// - Throws: if the value cannot be cloned; the slot can still be used then.
  func reply(_ value: CloneValue) throws(IPCError) {
    guard isOpen else { return }
    let bytes = try value.serialized()
    let send = send.withLock { send in
      defer { send = nil }
      return send
    }
    send?(bytes)
  }

  /// Replies with an object that has a text as `error`, and what a handler threw as `thrown`.
  func fail(_ text: String, thrown: HandlerError? = nil) {
    if let thrown, (try? reply(["error": CloneValue(text), "thrown": thrown.value])) != nil {
      return
    }
    // Text can always be cloned, which the code or the cause of an error need not.
    try? reply(["error": CloneValue(text)])
  }
}
