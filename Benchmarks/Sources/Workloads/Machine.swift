import Foundation

/// Where and when the figures were measured.
package struct Machine: Codable {
  package let processor: String
  package let processorCount: Int
  package let system: String
  package let swift: String
  package let date: String

  package init() {
    let processors = Machine.lines(of: "/proc/cpuinfo", "model name")
    processor = processors.first ?? "unknown processor"
    processorCount = ProcessInfo.processInfo.processorCount
    let name = Machine.lines(of: "/etc/os-release", "PRETTY_NAME", separator: "=").first
    system = name ?? ProcessInfo.processInfo.operatingSystemVersionString
    swift = Machine.swiftVersion
    date = Date.now.formatted(.iso8601.year().month().day())
  }

  /// One line for the caption of a table.
  package var caption: String {
    "\(processor), \(processorCount) cores, \(system), Swift \(swift), \(date)"
  }

  private static func lines(of file: String, _ key: String, separator: Character = ":") -> [String]
  {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix(key) }.compactMap {
      $0.split(separator: separator, maxSplits: 1).last?
        .trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
    }
  }

  /// What the compiler on the `PATH` says, which is the one that built this if both were one command.
  private static var swiftVersion: String {
    let output = try? run(URL(filePath: "/usr/bin/env"), ["swiftc", "-print-target-info"])
    let words = output.map { String(decoding: $0, as: UTF8.self) }?
      .firstRange(of: /Swift version [0-9.]+/)
    guard let output, let words else { return "unknown" }
    return String(String(decoding: output, as: UTF8.self)[words].dropFirst("Swift version ".count))
  }
}
