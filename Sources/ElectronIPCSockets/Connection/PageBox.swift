import ElectronIPC
import Synchronization

/// The page of a connection, which ends with it, whichever of the two is there first.
final class PageBox: Sendable {
  private struct State {
    weak var contents: WebContents?
    var isEnded = false
  }

  private let state = Mutex(State())

  /// Sets the page.
  func set(_ contents: WebContents) {
    let isEnded = state.withLock { state in
      state.contents = contents
      return state.isEnded
    }
    if isEnded { contents.destroy() }
  }

  /// Destroys the page, now or as soon as there is one.
  func destroy() {
    let contents = state.withLock { state in
      state.isEnded = true
      return state.contents
    }
    contents?.destroy()
  }
}
