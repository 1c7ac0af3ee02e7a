import Foundation
import Workloads

/// What happened so far, a line for each ten seconds.
struct Ledger {
  private var lastCalls = 0
  private var lastPortMessages = 0
  /// Of this process, in megabytes.
  private var memory: [Double] = []
  private var stalls = 0

  mutating func append(
    calls: Int, portMessages: Int, connections: Int, _ flock: Flock
  ) throws {
    memory.append(try Ledger.residentMegabytes())
    if calls == lastCalls || portMessages == lastPortMessages { stalls += 1 }
    print(
      "\(calls) calls (+\(calls - lastCalls)), \(portMessages) messages on ports (+\(portMessages - lastPortMessages)), "
        + "\(connections) connections, \(flock.kills) killed, \(flock.closings) closed, "
        + String(format: "%.1f MB", memory.last ?? 0))
    lastCalls = calls
    lastPortMessages = portMessages
  }

  /// Prints the verdict.
  ///
  /// - Throws: which promise was broken.
  func finish(_ flock: Flock, pagesLeft: Int) throws {
    // The first quarter warms up.
    let settled = memory.dropFirst(memory.count / 4)
    let half = settled.count / 2
    let (before, after) = (
      settled.prefix(half).max() ?? 0, settled.suffix(half).max() ?? 0
    )
    print(
      String(
        format: "memory at most %.1f MB in the first half and %.1f MB in the second", before, after)
    )
    for failure in flock.failures { print(failure) }
    guard flock.failures.isEmpty else { throw Failure("a page saw a broken promise") }
    guard stalls == 0 else { throw Failure("\(stalls) times nothing went on for ten seconds") }
    guard pagesLeft == 0 else { throw Failure("\(pagesLeft) pages are left") }
    guard after <= before * 1.1 + 8 else { throw Failure("memory grows") }
    print("every promise was kept")
  }

  private static func residentMegabytes() throws -> Double {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    guard let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) else {
      throw Failure("/proc/self/statm is not as expected")
    }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
  }
}
