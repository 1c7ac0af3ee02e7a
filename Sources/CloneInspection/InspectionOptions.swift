/// How a value is shown.
public struct InspectionOptions: Hashable, Sendable {
  /// Whether the text has ANSI colours, those of Node's `util.inspect`. Off by default.
  public var usesColors: Bool

  /// How many items of an array, typed array, map or set, and how many bytes of a buffer, are shown;
  /// `nil` for all of them. 100 by default. An array of which more than 256 are shown is not set in columns.
  public var itemLimit: Int?

  /// How many UTF-16 units of a string are shown; `nil` for all of them. 10,000 by default.
  public var stringLimit: Int?

  /// Makes options; every one has a default.
  public init(usesColors: Bool = false, itemLimit: Int? = 100, stringLimit: Int? = 10_000) {
    self.usesColors = usesColors
    self.itemLimit = itemLimit
    self.stringLimit = stringLimit
  }

  /// Nothing is cut.
  public static let everything = InspectionOptions(itemLimit: nil, stringLimit: nil)
}

extension InspectionOptions {
  /// The limits as numbers.
  var mostItems: Int { max(0, itemLimit ?? .max) }
  var mostUnits: Int { max(0, stringLimit ?? .max) }
}
