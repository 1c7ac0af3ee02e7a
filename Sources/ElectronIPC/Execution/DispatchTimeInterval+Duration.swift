package import Dispatch

extension DispatchTimeInterval {
  /// The same time. A negative one is none, and one beyond a century is a century.
  package init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) * 1e-9
    self = .nanoseconds(Int(min(max(nanoseconds, 0), 3e18)))
  }
}
