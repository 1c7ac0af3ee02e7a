extension CloneRegExp {
  /// Why an engine refuses to compile this regular expression, or `nil` if it compiles.
  ///
  /// Writing does not ask: a regular expression with an invalid source can be made and written, and every
  /// reader refuses it. The default profile accepts what any engine accepts. Takes time in proportion to the
  /// length of the source. How deep groups can nest, which depends on an engine's stack, is no part of it.
  public func syntaxError(for profile: CloneProfile = .default) -> RegExpSyntaxError? {
    CloneRegExp.syntaxError(in: source, flags: flags, for: profile)
  }

  /// Why an engine refuses to compile a source with flags, or `nil` if it compiles. Flags that the engine does not
  /// have are not looked at, except that `v` always has its meaning.
  public static func syntaxError(
    in source: CloneString, flags: Flags, for profile: CloneProfile = .default
  ) -> RegExpSyntaxError? {
    if !source.isTwoByte, !flags.contains(.unicodeSets) {
      let isPlain = unsafe source.content.withBytes { content in
        PlainPattern.isPlain(from: 0, to: content.count) { unsafe content[$0] }
      }
      if isPlain { return nil }
    }
    var syntax = RegExpSyntax(source, flags: flags, features: profile.rules.regExpFeatures)
    do {
      try syntax.check()
      return nil
    } catch {
      return RegExpSyntaxError(
        reason: error.reason, offset: error.offset, source: source, flags: flags,
        showsFlags: profile.rules.regExpFeatures.messagesShowFlags)
    }
  }
}
