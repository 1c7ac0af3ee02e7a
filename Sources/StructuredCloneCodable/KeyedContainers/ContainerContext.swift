/// What a keyed container knows of the coder that made it, and of the object it is for.
///
/// It is an object so that the library's box around a container can be given out once more for another object
/// (``ReusableContainers``).
@safe final class ContainerContext<State: AnyObject, Place: BitwiseCopyable> {
  /// It lives as long as somebody uses the container: by `owner`, or by the call of the coder.
  @exclusivity(unchecked) private var storedState: Unmanaged<State>
  @exclusivity(unchecked) private var storedPlace: Place
  @exclusivity(unchecked) private var storedPath: PathStack.Reference
  /// The state, of a container that may outlive the coder's call.
  private var owner: State?

  init(_ state: State, _ place: Place, _ path: PathStack.Reference) {
    unsafe storedState = Unmanaged.passUnretained(state)
    unsafe storedPlace = place
    unsafe storedPath = path
    owner = state
  }

  /// Calls a function with the state. It is not retained for that, which would take as long as to read a number.
  @inline(__always)
  func withState<Result>(_ body: (State) throws -> Result) rethrows -> Result {
    try unsafe storedState._withUnsafeGuaranteedRef(body)
  }

  @inline(__always)
  var state: State { unsafe storedState.takeUnretainedValue() }
  /// Which object the container is for.
  @inline(__always)
  var place: Place { unsafe storedPlace }
  @inline(__always)
  var path: PathStack.Reference { unsafe storedPath }

  /// Makes it that of another object, in a call that `state` belongs to.
  @inline(__always)
  func reset(_ state: State, _ place: Place, _ path: PathStack.Reference) {
    unsafe storedState = Unmanaged.passUnretained(state)
    unsafe storedPlace = place
    unsafe storedPath = path
  }

  /// Keeps the state, whose call ends while somebody has the container.
  func keepState() { owner = state }

  /// Lets go of the state: nobody has the container once the call has ended, or ``keepState()`` is called then.
  func releaseState() { owner = nil }
}
