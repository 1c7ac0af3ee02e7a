import StructuredClone
import Synchronization

/// The place for the one reply to a `sendSync`.
///
/// Whoever lets go of it without a reply has `reply was never sent` sent. Electron does so too, when the event is collected.
final class ReplySlot: Sendable {
  private let document: FrameDocument
  private let id: UInt64
  private let isOpen = Mutex(true)

  init(_ id: UInt64, of document: FrameDocument) {
    self.document = document
    self.id = id
  }

  deinit {
    if isOpen.withLock({ $0 }) { fail("reply was never sent") }
  }

  /// Replies, unless that was done.
  ///
  /// - Throws: if the value cannot be cloned; the slot can still be used then.
  func reply(_ value: CloneValue) throws(IPCError) {
    guard isOpen.withLock({ $0 }) else { return }
    let content = try MessageContent(value)
    let isFirst = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if isFirst { document.send(.syncReply(id: id, result: content)) }
  }

  /// Replies with an object that has a text as `error`.
  func fail(_ text: String) {
    // Text can always be cloned.
    try? reply(["error": CloneValue(text)])
  }
}
