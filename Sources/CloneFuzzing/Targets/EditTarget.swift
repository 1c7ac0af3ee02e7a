import StructuredClone

/// Changes what was read, through the subscripts of values and with an editor, as the options say.
struct EditTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    guard let original = try? CloneValue(decoding: input.payload) else { return }
    let decisions = Decisions(Array(input.options.dropLast()))
    // The number of changes, which the last option says, chooses as well.
    if input.options.last.map({ $0 & 1 }) == 0 {
      changeInPlace(original, decisions)
    } else {
      changeWithEditor(original, decisions)
    }
  }

  private func changeInPlace(_ original: CloneValue, _ decisions: Decisions) {
    var changes = ValueChanges(decisions, pool: [original])
    var value = original
    let before = original.debugDescription
    while !changes.decisions.isEmpty, changes.count < 40 {
      let copy = value
      let text = copy.debugDescription
      // Texts cost more than changes do.
      for _ in 0..<4 { calls.measure("change in place") { changes.change(&value) } }
      calls.require(copy.debugDescription == text, "a change shows in no other variable")
    }
    calls.require(original.debugDescription == before, "the original stays as it was")
    check(value)
  }

  private func changeWithEditor(_ value: CloneValue, _ decisions: Decisions) {
    let editor = CloneGraphEditor()
    var edits = EditorChanges(decisions, editor: editor)
    let text = value.debugDescription
    let root = editor.add(value)
    calls.requireEqual(editor.finish(root), value, "an editor keeps what it is given")
    edits.addNodes(of: root)
    while !edits.decisions.isEmpty, edits.count < 40 { calls.measure("edit") { edits.change() } }
    calls.require(value.debugDescription == text, "an editor changes its own objects only")
    let finished = calls.measure("CloneGraphEditor.finish") { editor.finish(root) }
    calls.requireEqual(editor.finish(root), finished, "finishing changes nothing")
    check(finished)
  }

  private func check(_ value: CloneValue) {
    // Each change copies the objects on its way, so that a changed value can hold more than the input.
    let size = (try? value.encodedSize()) ?? 0
    let calls = FuzzCalls(
      target: calls.target, byteCount: max(calls.byteCount, size), observer: calls.observer)
    calls.checkPrinting(value)
    calls.checkVisiting(value)
    let copy = calls.measure("detached") { value.detached() }
    calls.requireEqual(value, copy, "a copy is equal")
    calls.checkWriting(value)
  }
}
