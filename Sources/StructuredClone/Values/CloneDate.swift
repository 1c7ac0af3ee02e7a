/// A JavaScript `Date`: a time value in milliseconds since 1970-01-01 UTC.
public struct CloneDate: Sendable {
  var receiver: Receiver

  init(_ receiver: Receiver) { self.receiver = receiver }

  /// Makes a new date; the value is clipped as ``clip(_:)`` says.
  public init(millisecondsSince1970 time: Double) {
    receiver = Receiver(Record(date: CloneDate.clip(time)))
  }

  /// A new invalid date.
  public static var invalid: CloneDate { CloneDate(millisecondsSince1970: .nan) }

  /// The time value, an integer from −8.64e15 to 8.64e15, or NaN for an invalid date.
  public var millisecondsSince1970: Double {
    get { receiver.record.time }
    set { receiver.edit { _, record in record = Record(date: CloneDate.clip(newValue)) } }
  }

  /// Whether the date is a point in time.
  public var isValid: Bool { !millisecondsSince1970.isNaN }

  /// ECMAScript's TimeClip: NaN beyond ±8.64e15 and for anything that is not finite, else the integer
  /// part, never −0.
  public static func clip(_ time: Double) -> Double {
    guard time.isFinite, time.magnitude <= 8.64e15 else { return .nan }
    return Double(Int64(time))
  }
}
