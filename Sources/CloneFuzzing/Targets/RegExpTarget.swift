import StructuredClone

/// Patterns under flags: whether they compile for a profile, and what is said of them; or a value that has them.
struct RegExpTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    var decisions = Decisions(input.options)
    let source = FuzzText.string(input.payload, form: decisions.byte())
    let rawFlags = UInt32(decisions.byte()) | UInt32(decisions.byte() & 3) << 8
    let flags = CloneRegExp.Flags(rawValue: rawFlags)
    let choice = decisions.below(FuzzTarget.knownProfiles.count + 2)
    guard choice < FuzzTarget.knownProfiles.count else {
      return checkValue(CloneRegExp(source, flags: flags))
    }
    let error = calls.measure("CloneRegExp.syntaxError") {
      CloneRegExp.syntaxError(in: source, flags: flags, for: FuzzTarget.knownProfiles[choice])
    }
    guard let error else { return }
    calls.require(
      (0...source.utf16Count).contains(error.offset), "the offset is in the source: \(error)")
    calls.require(!error.message.isEmpty && !error.description.isEmpty, "an error has a text")
  }

  /// A regular expression is read again if it compiles, and only then.
  private func checkValue(_ regExp: CloneRegExp) {
    let escaped = calls.measure("escapedSource") { regExp.escapedSource }
    calls.require(
      CloneRegExp(escaped, flags: regExp.flags).escapedSource == escaped, "escaping ends")
    calls.require(CloneRegExp.Flags(letters: regExp.flags.letters) != nil, "letters are flags")
    calls.checkPrinting(.regExp(regExp))
    guard
      case .success(let written) = calls.attempt(
        "encoded", { () throws(DataCloneError) in try CloneValue.regExp(regExp).encoded() })
    else { return }
    let read = calls.attempt("CloneValue(decoding:)") { () throws(CloneDecodingError) in
      try CloneValue(decoding: written)
    }
    let syntaxError = CloneRegExp(escaped, flags: regExp.flags).syntaxError()
    switch read {
    case .success(let value):
      calls.requireEqual(value, .regExp(regExp), "a regular expression is read as it was written")
      calls.require(syntaxError == nil, "what does not compile is not read")
    case .failure(let error):
      calls.check(error, in: written)
      if case .invalidRegExpSyntax(let found) = error.reason {
        calls.require(syntaxError == found, "the reader gives the reason of the check")
      }
    }
  }
}
