import ArgumentParser
import StructuredClone

/// `clone roundtrip`: whether payloads are written back as they were read.
struct Roundtrip: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks that payloads are written back byte for byte.",
    discussion: """
      Every file is decoded and encoded again, and the bytes are compared with those that were read; \
      bytes behind the payload do not count. One line a file: ok, DIFFERENT or what is wrong.

      \(Clone.exitStatuses)
      """)

  @Argument(help: "The payloads' files; - for standard input.")
  var files: [String]

  private enum Outcome {
    case identical(Int)
    case different(String)
    case failed(Failure)
  }

  func run() throws {
    var identical = 0
    var different = 0
    var unreadable = 0
    var missing = 0
    for file in files {
      let name = System.title(of: file)
      switch Roundtrip.check(file) {
      case .identical(let count):
        identical += 1
        System.print("ok \(name) (\(count) \(count == 1 ? "byte" : "bytes"))\n")
      case .different(let text):
        different += 1
        System.print("DIFFERENT \(name): \(text)\n")
      case .failed(let failure):
        if failure.status == 1 { unreadable += 1 } else { missing += 1 }
        System.print("ERROR \(name)\n")
        System.report(failure.text)
      }
    }
    var summary = "\(files.count) \(files.count == 1 ? "payload" : "payloads"): \(identical) ok"
    if different > 0 { summary += ", \(different) different" }
    if unreadable + missing > 0 { summary += ", \(unreadable + missing) not readable" }
    System.print(summary + "\n")
    if missing > 0 { throw ExitCode(2) }
    if different + unreadable > 0 { throw ExitCode(1) }
  }

  private static func check(_ file: String) -> Outcome {
    let name = System.title(of: file)
    let bytes: [UInt8]
    do {
      bytes = try System.contents(of: file)
    } catch {
      return .failed(error)
    }
    let payload: ClonePayload
    do {
      payload = try ClonePayload(decoding: bytes)
    } catch {
      let complaint = Hexadecimal.complaint(about: bytes)
      return .failed(
        .unreadable(
          "\(name) " + (complaint ?? "cannot be read as a payload: \(error.diagnosis)")))
    }
    if payload.wireFormatVersion < 13 {
      return .different(
        "version \(payload.wireFormatVersion) is only read; such a value is written as version 13")
    }
    let again: [UInt8]
    do {
      again = try payload.encoded()
    } catch {
      return .different("cannot be written again: \(error.diagnosis)")
    }
    let read = bytes[..<payload.byteCount]
    if again.elementsEqual(read) { return .identical(read.count) }
    let offset = zip(again, read).enumerated().first { $1.0 != $1.1 }?.offset
    return .different(
      "first difference at offset \(offset ?? min(again.count, read.count)) "
        + "(\(read.count) bytes read, \(again.count) written)")
  }
}
