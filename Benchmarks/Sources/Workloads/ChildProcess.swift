import Foundation

/// Runs a program to its end and answers its standard output; its standard error is ours, or nobody's.
package func run(_ program: URL, _ parameters: [String], quietly: Bool = false) throws -> Data {
  let process = Process()
  process.executableURL = program
  process.arguments = parameters
  let output = Pipe()
  process.standardOutput = output
  if quietly { process.standardError = FileHandle.nullDevice }
  try process.run()
  let data = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  guard process.terminationReason == .exit, process.terminationStatus == 0 else {
    throw Failure(
      "\(program.lastPathComponent) \(parameters.joined(separator: " ")): status \(process.terminationStatus)"
    )
  }
  return data
}
