/// A shared struct or array, or an `Atomics` mutex or condition: an index into a list that is passed
/// outside the payload.
public struct CloneSharedObject: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new reference.
  public init(index: UInt32) { receiver = Receiver(.sharedObject, extra: index) }

  /// The index into the list.
  public var index: UInt32 { receiver.record.extra }
}
