import StructuredClone

/// A kind of value that can be made in any size.
struct Shape: Sendable {
  let name: String
  /// What is in it, for the text below the plot.
  let explanation: String
  private let make: @Sendable (Int) -> [UInt8]

  private init(
    name: String, explanation: String, make: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.name = name
    self.explanation = explanation
    self.make = make
  }

  /// A payload of about so many bytes.
  func payload(of byteCount: Int) -> [UInt8] { make(byteCount) }

  static let all = [
    Shape(
      name: "objects",
      explanation: "an array of objects with a number, a double, two strings and a boolean"
    ) { size in
      array(size) { out, index in
        out.writeRawBytes([0x6F])
        out.writeKey("id")
        out.writeInteger(index)
        out.writeKey("score")
        out.writeNumber(Double(index) / 7)
        out.writeKey("name")
        out.writeKey("person \(digits(index))")
        out.writeKey("email")
        out.writeKey("p\(digits(index))@example.com")
        out.writeKey("active")
        out.writeRawBytes([0x54, 0x7B])
        out.writeUInt32(5)
      }
    },
    Shape(
      name: "nesting and keys",
      explanation: "half of it objects in each other, half one object with different keys"
    ) { size in
      var out = ValueSerializer()
      out.writeHeader()
      out.writeRawBytes([0x41, 2])
      let depth = size / 2 / 6
      for _ in 0..<depth {
        out.writeRawBytes([0x6F])
        out.writeKey("n")
      }
      out.writeRawBytes([0x30])
      for _ in 0..<depth { out.writeRawBytes([0x7B, 1]) }
      out.writeRawBytes([0x6F])
      var keys: UInt32 = 0
      while out.count < size - 8 {
        out.writeKey("key \(digits(Int(keys)))")
        out.writeRawBytes([0x54])
        keys += 1
      }
      out.writeRawBytes([0x7B])
      out.writeUInt32(keys)
      out.writeRawBytes([0x24, 0, 2])
      return out.release()
    },
    Shape(
      name: "doubles and strings",
      explanation:
        "an array of doubles, short strings of one byte a unit and short strings of two in turns"
    ) { size in
      array(size) { out, index in
        switch index % 3 {
        case 0: out.writeNumber(Double(index) / 7)
        case 1: out.writeKey("text\(digits(index))")
        default:
          // The units stand at even offsets, behind a tag and a length of a byte.
          let units = "Ω\(digits(index))".utf16
          if !out.count.isMultiple(of: 2) { out.writeRawBytes([0]) }
          out.writeRawBytes([0x63])
          out.writeUInt32(UInt32(2 * units.count))
          for unit in units {
            out.writeRawBytes([UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)])
          }
        }
      }
    },
    Shape(
      name: "keys against hashing",
      explanation:
        "a map whose keys are doubles that differ in a few bits in the middle, and strings that differ behind 32 equal letters"
    ) { size in
      var out = ValueSerializer()
      out.writeHeader()
      out.writeRawBytes([0x3B])
      var entries: UInt32 = 0
      let start = String(repeating: "x", count: 32)
      while out.count < size - 8 {
        if entries.isMultiple(of: 2) {
          out.writeNumber(1 + Double(entries) / 0x1_0000_0000)
        } else {
          out.writeKey("\(start)\(digits(Int(entries)))")
        }
        out.writeRawBytes([0x30])
        entries += 1
      }
      out.writeRawBytes([0x3A])
      out.writeUInt32(2 * entries)
      return out.release()
    },
  ]

  /// A dense array that takes about so many bytes.
  private static func array(
    _ size: Int, _ element: (inout ValueSerializer, Int) -> Void
  ) -> [UInt8] {
    // The number of elements stands before them: it is known when they have been written once.
    func written(_ count: Int?) -> (bytes: [UInt8], count: Int) {
      var out = ValueSerializer()
      out.writeHeader()
      out.writeRawBytes([0x41])
      // Always four bytes, which holds 2^28 elements.
      let claimed = UInt32(count ?? 0)
      out.writeRawBytes(
        (0..<4).map { UInt8(truncatingIfNeeded: claimed >> (7 * $0)) & 0x7F | ($0 < 3 ? 0x80 : 0) })
      var index = 0
      while count.map({ index < $0 }) ?? (out.count < size - 8) {
        element(&out, index)
        index += 1
      }
      out.writeRawBytes([0x24, 0])
      out.writeUInt32(UInt32(index))
      return (out.release(), index)
    }
    return written(written(nil).count).bytes
  }
}

/// Always eight digits, so that elements at the end are no longer than those at the beginning.
private func digits(_ number: Int) -> String {
  String(String(100_000_000 + number).dropFirst())
}

extension ValueSerializer {
  /// Writes a string of one byte a unit, as a key or a value.
  fileprivate mutating func writeKey(_ text: String) {
    writeRawBytes([0x22])
    writeUInt32(UInt32(text.utf8.count))
    writeRawBytes(text.utf8)
  }

  fileprivate mutating func writeInteger(_ number: Int) {
    writeRawBytes([0x49])
    writeUInt32(UInt32(2 * number))
  }

  fileprivate mutating func writeNumber(_ number: Double) {
    writeRawBytes([0x4E])
    writeDouble(number)
  }
}
