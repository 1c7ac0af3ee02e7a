/// What has messages for a loop, in an order of its own.
///
/// ``EventLoop`` keeps one entry for each message and asks for the next when its turn comes, so that messages need no closures.
protocol EventSource: AnyObject, Sendable {
  /// Dispatches the first message that waits. Called on the loop.
  func dispatchNext()
}
