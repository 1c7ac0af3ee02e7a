import CloneGeneration
import StructuredClone

/// Values that come from the interface and not from bytes; the input decides what they are.
struct ValuesTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let value = ValueGenerator.value(using: Entropy(input.payload))
    let option = Int(input.options.first ?? 0)
    switch option & 3 {
    case 0: checkCopy(of: value)
    case 1: checkProfile(CloneProfile.engines[(option >> 2) % CloneProfile.engines.count], value)
    case 2: checkClone(of: value)
    default: calls.checkWriting(option & 4 == 0 ? value.detached() : value)
    }
  }

  private func checkCopy(of value: CloneValue) {
    calls.checkPrinting(value)
    let copy = calls.measure("detached") { value.detached() }
    calls.requireEqual(value, copy, "a copy is equal")
    calls.require(!value.isReceiver || copy !== value, "a copy is another object")
  }

  private func checkProfile(_ profile: CloneProfile, _ value: CloneValue) {
    let written = calls.attempt("encoded(profile:)") { () throws(DataCloneError) in
      try value.encoded(profile: profile)
    }
    if case .failure(let error) = written { calls.check(error) }
  }

  private func checkClone(of original: CloneValue) {
    var value = original
    let exact = value.debugDescription
    switch calls.attempt(
      "structuredClone", { () throws(DataCloneError) in try structuredClone(&value) })
    {
    case .failure(let error): calls.check(error)
    case .success(let clone): calls.requireEqual(value, clone, "a clone is equal")
    }
    calls.require(value.debugDescription == exact, "cloning leaves the original as it was")
  }
}
