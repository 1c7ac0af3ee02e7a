/// An engine that starts but does not work.
public struct EngineFailure: Error, CustomStringConvertible {
  let engine: String

  /// For people.
  public var description: String { "\(engine) does not answer" }
}
