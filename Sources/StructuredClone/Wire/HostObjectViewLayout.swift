/// How an embedder writes views as host objects, where that is plain: a number that says so, the number of the kind, the
/// number of bytes, the bytes.
///
/// A reader that knows it reads the usual ones in its own loop, and a writer writes them without asking. All others, and what
/// is wrong, are the delegate's.
package struct HostObjectViewLayout: Sendable {
  /// What the loop asks for.
  struct Numbers: BitwiseCopyable, Sendable {
    /// The number before that of the kind, or -1 if there is none.
    let prefix: Int16
    /// The number that stands for a view within a host object.
    let wrappedNumber: UInt8
    /// The kind for each number, or 0.
    let kinds: SIMD16<UInt8>

    /// The number of a kind, unless it is within a host object.
    func number(of kind: CloneArrayBufferView.Kind) -> UInt8? {
      for number in 0..<16
      where kinds[number] == kind.rawValue && number != Int(wrappedNumber) {
        return UInt8(number)
      }
      return nil
    }

    /// The kind of view that a number stands for.
    func kind(_ number: UInt8) -> CloneArrayBufferView.Kind? {
      number < 16 ? CloneArrayBufferView.Kind(rawValue: kinds[Int(number)]) : nil
    }
  }

  let numbers: Numbers
  /// The interface of the host object.
  let interface: CloneString

  /// - Parameters:
  ///   - prefix: a number below 128 before that of the kind, if there is one.
  ///   - kinds: the kinds by their numbers, of which there are at most 16.
  ///   - wrappedNumber: the number of views that are the payload of a ``CloneHostObject``.
  ///   - interface: the interface of that object.
  package init(
    prefix: UInt8?, kinds: [CloneArrayBufferView.Kind], wrappedNumber: UInt8,
    interface: CloneString
  ) {
    var table = SIMD16<UInt8>()
    for (number, kind) in kinds.prefix(16).enumerated() { table[number] = kind.rawValue }
    numbers = Numbers(
      prefix: prefix.map { Int16($0) } ?? -1, wrappedNumber: wrappedNumber, kinds: table)
    self.interface = interface
  }
}
