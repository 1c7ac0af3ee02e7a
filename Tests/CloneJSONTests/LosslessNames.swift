@testable import CloneJSON

/// The names that the form has.
enum LosslessNames {
  static let all: [String] = LosslessKind.all.flatMap { kind in
    [kind.name] + kind.members.map(\.rawValue)
  }
}
