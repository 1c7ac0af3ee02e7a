import Testing

/// What the examples print.
@Suite(.timeLimit(.minutes(1)))
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

  @Test(arguments: outputs.keys.sorted())
  func `an example prints what it says`(name: String) async throws {
    let outcome = try await Executable(name).run([])
    #expect(outcome.text == Self.outputs[name])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }
}
