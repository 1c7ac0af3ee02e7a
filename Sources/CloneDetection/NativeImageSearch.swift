import ElectronClone
import StructuredClone

/// Looks for a host object that only Electron has.
struct NativeImageSearch: CloneVisitor {
  private(set) var hasFound = false

  mutating func enter(_ container: CloneContainer) -> Bool {
    if case .hostObject(let object) = container, NativeImage(.hostObject(object)) != nil {
      hasFound = true
    }
    return !hasFound
  }
}
