import CloneGeneration
import StructuredClone

/// Values that come from the interface and not from bytes; the input decides what they are.
struct ValuesTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    var value = ValueGenerator.value(using: Entropy(input.payload))
    calls.checkPrinting(value)
    let exact = value.debugDescription
    let copy = value.detached()
    calls.requireEqual(value, copy, "a copy is equal")
    calls.require(!value.isReceiver || copy !== value, "a copy is another object")
    let option = Int(input.options.first ?? 0)
    calls.checkWriting(option & 1 == 0 ? copy : value)
    let profile = CloneProfile.engines[option % CloneProfile.engines.count]
    let written = calls.attempt("encoded(profile:)") { () throws(DataCloneError) in
      try value.encoded(profile: profile)
    }
    if case .failure(let error) = written { calls.check(error) }
    switch calls.attempt(
      "structuredClone", { () throws(DataCloneError) in try structuredClone(&value) })
    {
    case .failure(let error): calls.check(error)
    case .success(let clone): calls.requireEqual(value, clone, "a clone is equal")
    }
    calls.require(value.debugDescription == exact, "cloning leaves the original as it was")
  }
}
