import CloneInspection
import StructuredClone

/// Makes text of everything.
struct InspectTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    var decisions = Decisions(input.options)
    let inspector = CloneInspector(
      options: InspectionOptions(
        usesColors: decisions.flag(), itemLimit: decisions.pick([100, nil, 0, 1, 2, .max]),
        stringLimit: decisions.pick([10_000, nil, 0, 1, 3, .max])))
    if decisions.flag() { return checkPrinting(input.payload, inspector) }
    let report = calls.attempt("CloneInspector.report(on:)") { () throws(CloneDecodingError) in
      try inspector.report(on: input.payload)
    }
    switch report {
    case .failure(let error):
      calls.check(error, in: input.payload)
      let text = calls.measure("CloneInspector.report(on:in:)") {
        inspector.report(on: error, in: input.payload)
      }
      calls.require(text.contains(error.diagnosis), "a report of a refusal holds the diagnosis")
    case .success(let text): checkTexts(of: input.payload, report: text, inspector)
    }
  }

  private func checkTexts(of bytes: [UInt8], report: String, _ inspector: CloneInspector) {
    guard let value = try? CloneValue(decoding: bytes) else {
      calls.fail("what can be inspected can be read")
    }
    let text = calls.measure("CloneInspector.text(of:)") { inspector.text(of: value) }
    calls.require(report.contains(text), "a report holds the value's text")
    let sharing = calls.measure("CloneInspector.sharedReferences(in:)") {
      inspector.sharedReferences(in: value)
    }
    calls.require(report.hasSuffix(sharing), "a report ends with the shared references")
    calls.require(
      sharing.isEmpty || value.hasSharedReferences, "references are shared only where there are any"
    )
  }

  private func checkPrinting(_ bytes: [UInt8], _ inspector: CloneInspector) {
    guard let value = try? CloneValue(decoding: bytes) else { return }
    calls.checkPrinting(value)
    let text = inspector.text(of: value)
    let copy = calls.measure("detached") { value.detached() }
    calls.require(copy.description == value.description, "a copy has the same text")
    calls.require(copy.debugDescription == value.debugDescription, "a copy has the same exact text")
    calls.require(inspector.text(of: copy) == text, "a copy is inspected alike")
  }
}
