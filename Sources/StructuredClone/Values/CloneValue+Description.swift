extension CloneValue: CustomStringConvertible, CustomDebugStringConvertible {
  /// The value on one line, much as JavaScript source. An object that is mentioned more than once is
  /// labelled `&1` and later mentions are `*1`; long buffers are cut.
  ///
  /// - Complexity: linear in the value; no recursion. Long text is made twice, to take no more memory than it
  ///   is long.
  public var description: String { ValuePrinter.print(self, style: .readable) }

  /// Everything about the value on one line: every receiver is numbered in order of appearance, `#0=`, and
  /// later mentions are `#0`, so identity and cycles are visible. Strings are escaped to ASCII, big
  /// integers and bytes are hexadecimal.
  ///
  /// - Complexity: linear in the value; no recursion. Long text is made twice, to take no more memory than it
  ///   is long.
  public var debugDescription: String { ValuePrinter.print(self, style: .exact) }
}
