import Foundation

extension [Double] {
  /// The middle one; of an even number, the mean of the two in the middle.
  package var median: Double {
    let sorted = self.sorted()
    let middle = count / 2
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The geometric mean.
  package var geometricMean: Double {
    exp(map { log($0) }.reduce(0, +) / Double(count))
  }
}
