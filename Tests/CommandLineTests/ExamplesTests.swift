import Foundation
import Testing

/// What the examples print.
@Suite(.timeLimit(.minutes(5)))
struct ExamplesTests {
  static let outputs = [
    "example-invoke-and-handle": """
    1 + 2.5 = 3.5
    7 / 2 = 3
    main: Error occurred in handler for 'divide': RangeError: Division by zero
    Error: Error invoking remote method 'divide': RangeError: Division by zero
    main: Error occurred in handler for 'divide': TypeError: Argument 1 of 'divide' does not fit: the number is no integer from -9223372036854775808 to 9223372036854775807
    Error: Error invoking remote method 'divide': TypeError: Argument 1 of 'divide' does not fit: the number is no integer from -9223372036854775808 to 9223372036854775807

    """,
    "example-message-ports": """
    second heard from first: "hello"
    first heard from second: "hello yourself"

    """,
    "example-progress": """
    0 %
    25 %
    50 %
    75 %
    100 %
    done

    """,
    "example-cancellation": """
    1
    2
    3
    the page has enough
    the main process has stopped: CancellationError

    """,
  ]

  static let outputsWithNode = [
    "native-helper": """
    25 %
    50 %
    75 %
    primes below 1,000,000: 78498
    Error invoking remote method 'countPrimes': RangeError: 0 is out of range
    RangeError E_RANGE
    Error invoking remote method 'countPrimes': TypeError: Argument 0 of 'countPrimes' does not fit: expected an integer, found string
    TypeError undefined
    the helper ends with 0

    """,
    "forked-child": """
    12 of 12 messages came back, exit status 0

    """,
    "crash": """
    main: listening
    main: a page asks for what never comes
    page: the call fails: IPC method called after context was released
    main: listening
    page: connected again, pages: 1
    main: a page asks for what never comes
    main: that page is gone, others stay: 1
    page: still here, pages: 1

    """,
  ]

  @Test(
    .enabled(if: node != nil, "no Node is installed; Scripts/install-engines node20 does it"),
    arguments: [
      ("NativeHelper/app.mjs", "native-helper"), ("ForkedChild/parent.mjs", "forked-child"),
      ("Crash/app.mjs", "crash"),
    ])
  func `an example with Node prints what it says`(
    script: String, program: String
  ) async throws {
    let node = try Executable(at: #require(Self.node))
    let path = Self.root.appending(path: "Examples/\(script)").path()
    let outcome = try await node.run([path, try Executable("example-\(program)").url.path()])
    #expect(outcome.text == Self.outputsWithNode[program])
    #expect(outcome.status == 0)
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The newest Node that `Scripts/install-engines` installed.
  private static let node = ["node24", "node22", "node20", "node18"].lazy
    .map { root.appending(path: ".engines/\($0)/bin/node") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path()) }

  @Test(arguments: outputs.keys.sorted())
  func `an example prints what it says`(name: String) async throws {
    let outcome = try await Executable(name).run([])
    #expect(outcome.text == Self.outputs[name])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }
}
