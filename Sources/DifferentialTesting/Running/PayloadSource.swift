public import CloneGeneration
import StructuredClone

/// Where payloads come from.
public enum PayloadSource: Sendable {
  /// Mutants, for the readers' sake.
  case mutants(PayloadMutator)
  /// Values that this package writes as the engine would, for the writers' sake.
  case values

  /// How many payloads an engine's process is asked at most. Values use the same few names again and again,
  /// so that a process soon has a past that matters.
  var chunkSize: Int {
    switch self {
    case .mutants: 2000
    case .values: 200
    }
  }

  /// The payload of a seed with a number; `nil` if the profile has no such value.
  func payload(seed: UInt64, index: Int, for profile: CloneProfile) -> [UInt8]? {
    switch self {
    case .mutants(let mutator): mutator.mutant(seed: seed, index: index)
    case .values:
      try? ValueGenerator.value(seed: seed, index: index).encoded(profile: profile)
    }
  }
}
