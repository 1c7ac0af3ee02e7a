/// Clones a value and moves the listed buffers: the HTML Standard's StructuredSerializeWithTransfer
/// followed by StructuredDeserializeWithTransfer (2.7.7 and 2.7.8), in one process.
///
/// On success every mention in `value` of each listed buffer, and so each view on it, is detached, and the
/// bytes are in the clone. The bytes move by reference: nothing is allocated in proportion to them. A copy
/// held in another variable is another value and stays usable. On any error `value` is untouched.
///
/// - Parameters:
///   - value: the value; its listed buffers are detached.
///   - transfer: the buffers to move, by identity. One that `value` does not mention is allowed and has no
///     effect.
/// - Throws: in this order ``DataCloneError/Reason/untransferable(_:)``,
///   ``DataCloneError/Reason/sharedBufferTransfer(_:)`` and ``DataCloneError/Reason/duplicateTransfer(_:)``
///   for the entries one by one; then what cannot be cloned; then
///   ``DataCloneError/Reason/detachedBuffer`` for an entry that is detached already.
public func structuredClone(
  _ value: inout CloneValue, transfer: [CloneValue] = []
) throws(DataCloneError) -> CloneValue {
  var listed: Set<CloneIdentity> = []
  var buffers: [CloneArrayBuffer] = []
  for (index, entry) in transfer.enumerated() {
    let path = ClonePath([.content("transfer"), .element(index)])
    switch entry {
    case .arrayBuffer(let buffer):
      guard listed.insert(CloneIdentity(receiver: buffer.receiver)).inserted else {
        throw DataCloneError(
          .duplicateTransfer(index),
          message: "ArrayBuffer at index \(index) is a duplicate of an earlier ArrayBuffer.",
          path: path)
      }
      buffers.append(buffer)
    case .sharedArrayBuffer:
      throw DataCloneError(
        .sharedBufferTransfer(index), message: "SharedArrayBuffer can not be in transfer list.",
        path: path)
    default:
      throw DataCloneError(
        .untransferable(index),
        message: "Value at index \(index) does not have a transferable type.", path: path)
    }
  }
  try CloneabilityCheck.check(value, transferred: listed)
  for (index, buffer) in buffers.enumerated() where buffer.isDetached {
    throw DataCloneError(
      .detachedBuffer, message: "ArrayBuffer at index \(index) is already detached.",
      path: ClonePath([.content("transfer"), .element(index)]))
  }
  guard let receiver = value.receiver else { return value }

  // The clone shares no object with the original. Its long content stays where it is until one side changes.
  var copier = GraphCopier(.shared)
  let clone = copier.copy(receiver)
  let moved = buffers.compactMap { copier.copied($0.receiver) }
  if !moved.isEmpty { value = clone.twin(detaching: moved).receiver.value }
  return clone.receiver.value
}
