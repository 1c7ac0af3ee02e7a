import StructuredClone

/// Measures the calls that a target makes, whatever there is to measure in the program: memory in a fuzzer with the
/// address sanitizer, memory and time in a replay.
public protocol FuzzObserver: AnyObject {
  /// A call begins.
  func begin()
  /// A call has ended; its result is still held.
  ///
  /// - Parameters:
  ///   - call: what was called.
  ///   - byteCount: the length of the input that it was called with or that its arguments were read from.
  func end(_ call: StaticString, byteCount: Int)
}

/// The two things that a target's properties are made of: calls that are measured, and conditions that must hold.
struct FuzzCalls {
  let target: FuzzTarget
  let byteCount: Int
  let observer: (any FuzzObserver)?

  /// Makes a call.
  func measure<Value, Failure: Error>(
    _ call: StaticString, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard let observer else { return try body() }
    observer.begin()
    // What is returned or thrown is part of what the call took.
    defer { observer.end(call, byteCount: byteCount) }
    return try body()
  }

  /// Makes a call that may refuse; answers why it did.
  func attempt<Value, Failure: Error>(
    _ call: StaticString, _ body: () throws(Failure) -> Value
  ) -> Result<Value, Failure> {
    do throws(Failure) {
      return .success(try measure(call, body))
    } catch {
      return .failure(error)
    }
  }

  /// Ends the process unless a condition holds: a fuzzer takes that for a crash and keeps the input.
  func require(_ condition: Bool, _ promise: @autoclosure () -> String) {
    guard !condition else { return }
    fatalError("\(target.rawValue): broken promise: \(promise())")
  }

  /// Ends the process.
  func fail(_ promise: String) -> Never {
    fatalError("\(target.rawValue): broken promise: \(promise)")
  }
}
