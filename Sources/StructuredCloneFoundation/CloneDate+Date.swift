public import Foundation
public import StructuredClone

extension CloneDate {
  /// Makes a new date, to the nearest millisecond: JavaScript's dates have no more.
  ///
  /// - Throws: that the date is more than 8.64e15 milliseconds from 1970, where JavaScript's dates end.
  public init(_ date: Date) throws(CloneConversionError) {
    // A product of all of it would be rounded to halves of a millisecond far from 2001.
    let seconds = date.timeIntervalSinceReferenceDate.rounded(.down)
    let fraction = date.timeIntervalSinceReferenceDate - seconds
    let time = seconds * 1000 + (fraction * 1000).rounded() + Date.reference
    guard !CloneDate.clip(time).isNaN else {
      throw CloneConversionError.notExact(
        "\(date.timeIntervalSince1970) seconds since 1970", type: "Date of JavaScript")
    }
    self.init(millisecondsSince1970: time)
  }
}

extension CloneValue {
  /// Makes a `Date`, to the nearest millisecond.
  ///
  /// - Throws: that the date is more than 8.64e15 milliseconds from 1970, where JavaScript's dates end.
  public init(_ date: Date) throws(CloneConversionError) { self = .date(try CloneDate(date)) }
}

extension Date {
  /// When Foundation's seconds begin, in milliseconds since 1970. They are a double: counted from 1970 they would be rounded once
  /// more, and some of JavaScript's milliseconds would not survive.
  fileprivate static let reference = timeIntervalBetween1970AndReferenceDate * 1000

  /// Makes a date of the same millisecond.
  ///
  /// - Throws: that the date is invalid.
  public init(_ date: CloneDate) throws(CloneConversionError) {
    guard date.isValid else { throw CloneConversionError("an invalid date does not become Date") }
    self.init(timeIntervalSinceReferenceDate: (date.millisecondsSince1970 - Date.reference) / 1000)
  }

  /// Makes a date of the same millisecond.
  ///
  /// - Throws: that the value is no date, or an invalid one.
  public init(_ value: CloneValue) throws(CloneConversionError) {
    guard case .date(let date) = value else {
      throw CloneConversionError(expected: "Date", found: value)
    }
    try self.init(date)
  }
}
