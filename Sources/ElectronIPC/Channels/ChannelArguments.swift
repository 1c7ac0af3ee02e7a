import StructuredClone

/// The arguments of a typed channel, on their way to values and back.
struct ChannelArguments<each Argument: CloneValueConvertible & Sendable>: Sendable {
  let channel: CloneString

  /// The values of arguments.
  ///
  /// - Throws: which argument has no JavaScript value, and why.
  func values(_ argument: repeat each Argument) throws(IPCError) -> [CloneValue] {
    var values: [CloneValue] = []
    for argument in repeat each argument {
      do throws(CloneConversionError) {
        values.append(try argument.cloneValue())
      } catch {
        throw .conversion(error, of: "Argument \(values.count)", channel)
      }
    }
    return values
  }

  /// The arguments of values. What is missing is `undefined`, and what is too much is dropped, as in JavaScript.
  ///
  /// - Throws: which argument is of another type.
  func arguments(_ values: [CloneValue]) throws(IPCError) -> (repeat each Argument) {
    var reader = Reader(values: values, channel: channel)
    return (repeat try reader.next((each Argument).self))
  }

  private struct Reader {
    let values: [CloneValue]
    let channel: CloneString
    var index = 0

    mutating func next<Value: CloneValueConvertible>(
      _ type: Value.Type
    ) throws(IPCError) -> Value {
      defer { index += 1 }
      do {
        return try Value(cloneValue: index < values.count ? values[index] : .undefined)
      } catch {
        throw .conversion(error, of: "Argument \(index)", channel)
      }
    }
  }
}

extension CloneValueConvertible {
  /// The value of the result of a call.
  ///
  /// - Throws: why it has none.
  func resultValue(_ channel: CloneString) throws(IPCError) -> CloneValue {
    do {
      return try cloneValue()
    } catch {
      throw .conversion(error, of: "The result", channel)
    }
  }

  /// Makes the result of a call.
  ///
  /// - Throws: that it is of another type.
  init(resultValue value: CloneValue, _ channel: CloneString) throws(IPCError) {
    do {
      try self.init(cloneValue: value)
    } catch {
      throw .conversion(error, of: "The result", channel)
    }
  }
}

extension IPCError {
  fileprivate static func conversion(
    _ error: CloneConversionError, of what: String, _ channel: CloneString
  ) -> IPCError {
    IPCError(name: "TypeError", "\(what) of '\(channel)' does not fit: \(error)")
  }
}
