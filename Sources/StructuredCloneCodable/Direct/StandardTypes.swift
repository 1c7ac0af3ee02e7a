import StructuredClone

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

// The types that read and write themselves as the coders do.

extension Bool: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeBoolean() {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }
}

extension String: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeText() { self = value } else { self = try reader.readListed() }
  }

  /// Reads an array of such values.
  public static func readArray(from reader: inout CloneReader) throws -> [String] {
    try reader.readElements { $0.takeTexts() }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }

  /// Writes an array of such values.
  public static func writeArray(_ values: [String], to writer: inout CloneWriter) throws {
    try writer.writeElements(values) { leaves throws(Refusal) in try leaves.write(values) }
  }
}

extension Double: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeNumber() {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Reads an array of such values.
  public static func readArray(from reader: inout CloneReader) throws -> [Double] {
    try reader.readElements { $0.takeNumbers() }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }

  /// Writes an array of such values.
  public static func writeArray(_ values: [Double], to writer: inout CloneWriter) throws {
    try writer.writeElements(values) { leaves throws(Refusal) in try leaves.write(values) }
  }
}

extension Int: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger() {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Reads an array of such values.
  public static func readArray(from reader: inout CloneReader) throws -> [Int] {
    try reader.readElements { $0.takeIntegers() }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }

  /// Writes an array of such values.
  public static func writeArray(_ values: [Int], to writer: inout CloneWriter) throws {
    try writer.writeElements(values) { leaves throws(Refusal) in try leaves.write(values) }
  }
}

extension Int8: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ Int8(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension Int16: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ Int16(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension Int32: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ Int32(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension Int64: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ Int64(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension Int128: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ Int128(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt8: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt8(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt16: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt16(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt32: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt32(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt64: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt64(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension UInt128: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    if let value = reader.direct.takeInteger().flatMap({ UInt128(exactly: $0) }) {
      self = value
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(integer: self) }
}

extension Float: CloneReadable, CloneWritable {
  /// Reads the next value.
  public init(reading reader: inout CloneReader) throws {
    // What does not fit is the other way's to tell.
    if let value = reader.direct.takeNumber(), Float(value).isFinite {
      self = Float(value)
    } else {
      self = try reader.readListed()
    }
  }

  /// Writes the value.
  public func write(to writer: inout CloneWriter) throws { try writer.write(Double(self)) }
}

extension Optional: CloneReadable where Wrapped: CloneReadable {
  /// Reads the next value; `null` and `undefined` are `nil`.
  @inlinable
  public init(reading reader: inout CloneReader) throws {
    if reader.readNil() { self = nil } else { self = try Wrapped(reading: &reader) }
  }
}

extension Optional: CloneWritable where Wrapped: CloneWritable {
  /// Writes the value, or what the encoder writes for `nil`.
  @inlinable
  public func write(to writer: inout CloneWriter) throws {
    if let self { try self.write(to: &writer) } else { writer.writeNil() }
  }
}

extension Array: CloneReadable where Element: CloneReadable {
  /// Reads an array.
  @inlinable
  public init(reading reader: inout CloneReader) throws {
    self = try Element.readArray(from: &reader)
  }
}

extension Array: CloneWritable where Element: CloneWritable {
  /// Writes an array.
  @inlinable
  public func write(to writer: inout CloneWriter) throws {
    try Element.writeArray(self, to: &writer)
  }
}

extension Date: CloneReadable, CloneWritable {
  /// Reads a date as the decoder does.
  public init(reading reader: inout CloneReader) throws {
    if let date = reader.takeDate() { self = date } else { self = try reader.readListed() }
  }

  /// Writes a date as the encoder does.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }
}

extension Data: CloneReadable, CloneWritable {
  /// Reads data as the decoder does.
  public init(reading reader: inout CloneReader) throws { self = try reader.readListed() }

  /// Writes data as the encoder does.
  public func write(to writer: inout CloneWriter) throws { try writer.write(self) }
}
