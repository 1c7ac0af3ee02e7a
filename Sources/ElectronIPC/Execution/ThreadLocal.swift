#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What is known of the calling thread.
enum ThreadLocal {
  // A key is made once and never deleted; where there is none, nothing is known of any thread.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return unsafe pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  /// What runs loops on the thread. Whoever sets it keeps it until it is set again.
  static var loopThread: LoopThread? {
    get {
      guard let key, let pointer = unsafe pthread_getspecific(key) else { return nil }
      return unsafe Unmanaged<LoopThread>.fromOpaque(pointer).takeUnretainedValue()
    }
    set {
      guard let key else { return }
      let pointer = unsafe newValue.map { unsafe Unmanaged.passUnretained($0).toOpaque() }
      unsafe pthread_setspecific(key, pointer)
    }
  }
}
