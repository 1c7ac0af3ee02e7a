import StructuredClone

/// Reads what there is of anything.
struct SalvageTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    var decisions = Decisions(input.options)
    let most = decisions.pick([nil, 0, 1, 7])
    let profile = decisions.pick(FuzzTarget.knownProfiles)
    let salvage = calls.measure("CloneSalvage.init") {
      CloneSalvage(of: input.payload, profile: profile, maximumFaults: most)
    }
    let isReadable = (try? CloneValue(decoding: input.payload, profile: profile)) != nil
    calls.require(salvage.faults.isEmpty == isReadable, "only what is damaged has faults")
    calls.require(
      salvage.faults.count <= (most ?? 32 + input.payload.count / 64) + 1, "faults are limited")
    for fault in salvage.faults {
      calls.check(fault.error, in: input.payload)
      calls.require(
        fault.bytes.lowerBound >= 0 && fault.bytes.upperBound <= input.payload.count,
        "a fault is within the input")
      if case .uncloneable(let object)? = fault.value {
        calls.require(object.kind == .fault, "what stands in its place says so")
      } else {
        calls.require(fault.value == nil, "what stands in its place says so")
      }
    }
    calls.checkPrinting(salvage.value)
    let written = calls.attempt("encoded") { () throws(DataCloneError) in
      try salvage.value.encoded()
    }
    if case .failure(let error) = written { calls.check(error) }
  }
}
