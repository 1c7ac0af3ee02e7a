/// A container whose entries are being printed and which is certain to take several lines: eight bytes, because
/// a level takes as little as two bytes of a payload.
struct SettledFrame {
  var itemCount: UInt32
  var closesBracket: Bool
  var hasEntries: Bool
  var hasOpenEntry: Bool
}
