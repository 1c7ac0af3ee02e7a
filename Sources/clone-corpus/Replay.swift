import ArgumentParser
import CloneFuzzing
import Foundation

/// Runs inputs and measures each call.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run inputs, and report the calls that are slow or take much memory.",
    discussion: """
      Without --target, a file's folder is the name of its target. Exit status 1 if a call takes more than \
      1 µs for each byte and 1 ms, or more than 64 bytes of memory for each byte and 64 KiB.
      """)

  @Option(help: "The target of all inputs.")
  var target: FuzzTarget?

  @Flag(help: "Run each input once and measure nothing.")
  var plain = false

  @Option(help: "How many of the slowest and of the largest calls are printed.")
  var worst = 5

  @Argument(help: "Files, and folders of files.")
  var paths: [String]

  func run() throws {
    // The slowest and the largest call of each input.
    var slow: [CallCost] = []
    var large: [CallCost] = []
    var count = 0
    for target in FuzzTarget.allCases { target.warmUp() }
    for file in try files() {
      let target = try target(of: file)
      let bytes = [UInt8](try Data(contentsOf: file))
      count += 1
      guard !plain else {
        target.run(bytes)
        continue
      }
      let calls = CallMeter.costs(of: target, bytes).map {
        CallCost(target: target, file: file.path, call: $0)
      }
      if let slowest = calls.max(by: { $0.timeShare < $1.timeShare }) { slow.append(slowest) }
      if let largest = calls.max(by: { $0.heapShare < $1.heapShare }) { large.append(largest) }
    }
    guard !plain else { return print("\(count) inputs") }
    slow.sort { $0.timeShare > $1.timeShare }
    large.sort { $0.heapShare > $1.heapShare }
    print("\(count) inputs")
    print("the slowest calls, in shares of 1 µs for each byte and 1 ms:")
    for cost in slow.prefix(worst) { print("  " + cost.timeText) }
    print("the largest calls, in shares of 64 bytes for each byte and 64 KiB:")
    for cost in large.prefix(worst) { print("  " + cost.heapText) }
    let isSlow = (slow.first?.timeShare ?? 0) > 1
    let isLarge = (large.first?.heapShare ?? 0) > 1
    if isSlow || isLarge { throw ExitCode.failure }
  }

  private func files() throws -> [URL] {
    try paths.flatMap { path -> [URL] in
      let url = URL(filePath: path)
      guard try !url.isRegularFile else { return [url] }
      let contents = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
      return try (contents?.compactMap { $0 as? URL } ?? [])
        .filter { try $0.isRegularFile }
        .sorted { $0.path < $1.path }
    }
  }

  private func target(of file: URL) throws -> FuzzTarget {
    if let target { return target }
    let folder = file.deletingLastPathComponent().lastPathComponent
    guard let target = FuzzTarget(rawValue: folder) else {
      throw ValidationError("\(file.path): '\(folder)' is no target; say --target")
    }
    return target
  }
}

extension URL {
  fileprivate var isRegularFile: Bool {
    get throws { try resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
  }
}
