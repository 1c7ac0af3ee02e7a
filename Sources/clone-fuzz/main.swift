// A fuzzer of libFuzzer's with all targets: `--target=NAME` chooses. Scripts/fuzz builds it; a build without the
// sanitizer makes a program that does nothing. libFuzzer brings the function `main`, so nothing can stand outside of
// functions here, and SwiftPM renames it unless the file is called main.swift.

import CFuzzerRuntime
import CloneFuzzing
import CloneGeneration
import Synchronization

/// What the arguments chose, for all calls of libFuzzer.
private struct Session {
  var target = FuzzTarget.decode
  var gauge: HeapGauge?

  static let current = Mutex(Session())
}

/// Ends the process if a call takes more memory than is promised.
private final class HeapGauge: FuzzObserver, Sendable {
  private let before = Atomic(0)

  func begin() {
    before.store(Int(fuzzer_heap_current()), ordering: .relaxed)
    fuzzer_heap_reset()
  }

  func end(_ call: StaticString, byteCount: Int) {
    let taken = Int(fuzzer_heap_peak()) - before.load(ordering: .relaxed)
    guard taken > HeapBound.bytes(for: byteCount) else { return }
    fatalError("\(call) took \(taken) bytes of memory for \(byteCount) bytes of input")
  }
}

/// Reads the arguments; called once.
@c(LLVMFuzzerInitialize)
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  for argument in CommandLine.arguments.dropFirst() {
    if argument.hasPrefix("--target=") {
      guard let target = FuzzTarget(rawValue: String(argument.dropFirst(9))) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("\(argument): the targets are \(names)")
      }
      Session.current.withLock { $0.target = target }
    } else if argument.hasPrefix("--") {
      fatalError("\(argument) is not an option")
    }
  }
  Session.current.withLock { $0.target }.warmUp()
  // Without the address sanitizer there is nothing that counts.
  if fuzzer_heap_install() != 0 { Session.current.withLock { $0.gauge = HeapGauge() } }
  return 0
}

/// Runs the target on an input.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // libFuzzer keeps the bytes until this function returns; they are copied here.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let (target, gauge) = Session.current.withLock { ($0.target, $0.gauge) }
  target.run(bytes, observer: gauge)
  return 0
}

/// Changes an input: every other time as a payload if it is one, otherwise as libFuzzer does.
@c(LLVMFuzzerCustomMutator)
public func mutate(
  _ start: UnsafeMutablePointer<UInt8>?, _ count: Int, _ most: Int, _ seed: CUnsignedInt
) -> Int {
  let target = Session.current.withLock { $0.target }
  guard target.takesPayloads, seed & 1 == 0 else {
    return unsafe fuzzer_mutate(start, count, most)
  }
  // libFuzzer owns `most` bytes from the start on, of which `count` are the input.
  let buffer = unsafe UnsafeMutableBufferPointer(start: start, count: most)
  let input = unsafe Array(buffer.prefix(count))
  let options = input.suffix(target.optionCount(of: input))
  let payload = Array(input.dropLast(options.count))
  let mutator = PayloadMutator(corpus: [payload], legacy: seed & 6 == 0)
  let mutant = mutator.mutant(seed: UInt64(seed), index: 0).prefix(most - options.count) + options
  for (offset, byte) in mutant.enumerated() { unsafe buffer[offset] = byte }
  return mutant.count
}
