/// A payload that tries to cost more than its length, in any size.
struct Attack: Sendable {
  let name: String
  /// The payload of a size; twice the size makes about twice the bytes.
  let payload: @Sendable (Int) -> [UInt8]
  /// The size that the first column is for.
  var smallest = 8000

  static let all = [
    Attack(name: "object with many keys") { n in
      value(0x6F, each(n) { join(oneByte("k\($0)"), [0x30]) }, join([0x7B], varint(n)))
    },
    Attack(name: "map whose keys are numbers with equal low bits") { n in
      value(
        0x3B,
        each(n) { index in
          let bits = (1.0 + Double(index) / 0x1_0000_0000).bitPattern
          return join([0x4E], (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }, [0x30])
        }, join([0x3A], varint(2 * n)))
    },
    Attack(name: "object with descending index keys") { n in
      value(0x6F, each(n) { join(integer(n - $0), [0x30]) }, join([0x7B], varint(n)))
    },
    Attack(name: "sparse array filled from its end") { n in
      value(
        0x61, join(longest, each(n) { join(integer(2 * (n - $0)), [0x30]) }),
        join([0x40], varint(n), longest))
    },
    Attack(name: "dense array of holes, filled by properties") { n in
      let holes = [UInt8](repeating: 0x2D, count: n)
      return value(
        0x41, join(varint(n), holes, each(n) { join(integer(n - 1 - $0), [0x30]) }),
        join([0x24], varint(n), varint(n)))
    },
    Attack(name: "nested dense arrays that claim all that follows") { n in
      join(header, each(n) { join([0x41], varint(n - 1 - $0)) })
    },
    Attack(name: "arrays of length 2^32 - 1") { n in
      array(n) { _ in join([0x61], longest, [0x40, 0], longest) }
    },
    Attack(name: "views on one buffer") { n in
      array(n) { $0 == 0 ? [0x42, 1, 7] : [0x5E, 1, 0x56, 0x42, 0, 1, 0] }
    },
    Attack(name: "chain of references") { n in
      array(n) {
        $0 == 0 ? [0x6F, 0x7B, 0] : join([0x6F], oneByte("a"), [0x5E], varint($0), [0x7B, 1])
      }
    },
    Attack(name: "an object that is mentioned again and again") { n in
      array(n) { $0 == 0 ? [0x6F, 0x7B, 0] : [0x5E, 1] }
    },
    Attack(name: "counts to verify") { n in join(header, each(n) { _ in [0x3F, 0] }, [0x30]) },
    Attack(name: "padding") { n in join(header, [UInt8](repeating: 0, count: 10 * n), [0x30]) },
    Attack(name: "map whose keys are cyclic objects") { n in
      value(
        0x3B, each(n) { join([0x6F], oneByte("a"), [0x5E], varint($0 + 1), [0x7B, 1, 0x30]) },
        join([0x3A], varint(2 * n)))
    },
    Attack(name: "set of long strings with one beginning") { n in
      let start = String(repeating: "x", count: 100)
      return value(0x27, each(n / 10) { oneByte(start + "\($0)") }, join([0x2C], varint(n / 10)))
    },
    Attack(name: "errors that are causes of each other") { n in
      join(header, each(n) { _ in [0x72, 0x63] }, [0x5E, 0], each(n) { _ in [0x2E] })
    },
    Attack(name: "a big integer") { n in
      join(header, [0x5A], varint(20 * n), [UInt8](repeating: 0xA5, count: 10 * n))
    },
    Attack(name: "groups in groups of a regular expression") { n in
      regExp(String(repeating: "(?:", count: n) + String(repeating: ")", count: n), flags: [0])
    },
    Attack(name: "classes in classes of a regular expression") { n in
      regExp(
        String(repeating: "[", count: n) + String(repeating: "]", count: n), flags: [0x80, 0x02])
    },
    Attack(name: "named groups of a regular expression") { n in
      regExp((0..<n).map { "(?<n\($0)>)" }.joined() + "\\k<n0>", flags: [0])
    },
    Attack(name: "boxed booleans of version 13, read twice") { n in
      var bytes = array(n + 1) { $0 < n ? [0x79] : [0x42, 0, 0x56, 0x42, 0, 0, 0xE8, 0x47] }
      bytes[1] = 13
      return bytes
    },
    Attack(name: "errors of version 13 in each other, read twice") { n in
      join([0xFF, 13], each(min(n, 99_999)) { _ in [0x72, 0x63] })
    },
    Attack(name: "version 13 that is read twice") { n in
      var bytes = array(n) { _ in [0x42, 0, 0x56, 0x42, 0, 0, 0xE8, 0x47] }
      bytes[1] = 13
      return bytes
    },
    Attack(name: "objects of version 0 in each other") { n in
      join(each(n) { _ in oneByte("a") }, [0x30], each(n) { _ in [0x7B, 1] })
    },
    Attack(name: "boxed booleans") { n in array(n) { _ in [0x79] } },
    Attack(name: "set of boxed booleans") { n in
      value(0x27, [UInt8](repeating: 0x79, count: n), join([0x2C], varint(n)))
    },
    Attack(name: "sets in each other that do not end") { n in
      join(header, [UInt8](repeating: 0x27, count: n))
    },
    Attack(name: "empty values") { n in array(n) { _ in [0x5F] } },
    Attack(name: "empty objects") { n in array(n) { _ in [0x6F, 0x7B, 0] } },
    Attack(name: "properties without a name") { n in
      array(n) { _ in [0x6F, 0x22, 0, 0x5F, 0x7B, 1] }
    },
    Attack(name: "objects in properties without a name") { n in
      join(header, each(n) { _ in [0x6F, 0x22, 0] }, [0x5F], each(n) { _ in [0x7B, 1] })
    },
    Attack(name: "index keys") { n in
      value(0x6F, each(n) { join(integer($0), [0x5F]) }, join([0x7B], varint(n)))
    },
    Attack(name: "names of two units") { n in
      value(
        0x61,
        join(
          varint(0), each(min(n, 0x1_0000)) { [0x22, 2, UInt8($0 & 0xFF), UInt8($0 >> 8), 0x5F] }),
        join([0x40], varint(min(n, 0x1_0000)), varint(0)))
    },
    Attack(name: "strings of two units in UTF-8") { n in array(n) { _ in [0x53, 2, 0xC3, 0xBC] } },
    Attack(name: "two-byte string of odd length") { n in
      join(header, [0x63], varint(10 * n + 1), [UInt8](repeating: 0x61, count: 10 * n + 1))
    },
    Attack(name: "fields that turn into doubles") { n in
      array(n) {
        let number: [UInt8] =
          $0.isMultiple(of: 2) ? [0x49, 2] : [0x4E, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F]
        return join([0x6F], oneByte("k\($0 / 2)"), number, [0x7B, 1])
      }
    },
    Attack(name: "errors with nothing") { n in array(n) { _ in [0x72, 0x2E] } },
    Attack(name: "empty sets") { n in array(n) { _ in [0x27, 0x2C, 0] } },
    Attack(name: "sets in each other") { n in
      value(
        0x27, [UInt8](repeating: 0x27, count: n - 1), [0x2C, 0] + each(n - 1) { _ in [0x2C, 1] })
    },
    Attack(name: "map of boxed booleans") { n in
      value(0x3B, [UInt8](repeating: 0x79, count: 2 * n), join([0x3A], varint(2 * n)))
    },
    Attack(name: "boxed booleans that are mentioned twice") { n in
      join(
        header, [0x41], varint(2 * n), [UInt8](repeating: 0x79, count: n),
        each(n) { join([0x5E], varint($0 + 1)) }, [0x24, 0], varint(2 * n))
    },
    Attack(name: "boxed booleans in a hundred levels") { n in
      nested(100, [UInt8](repeating: 0x79, count: n))
    },
    Attack(name: "boxed booleans in ten levels") { n in
      nested(10, [UInt8](repeating: 0x79, count: n))
    },
    Attack(name: "hundreds of boxed booleans in six levels") { n in
      nestedArrays(5, n / 100, array(100) { _ in [0x79] }.dropFirst(2))
    },
    Attack(name: "hundreds of boxed booleans in ten levels") { n in
      nestedArrays(9, n / 100, array(100) { _ in [0x79] }.dropFirst(2))
    },
    Attack(name: "maps of boxed booleans in ten levels") { n in
      nestedArrays(
        9, n / 100, [0x3B] + [UInt8](repeating: 0x79, count: 198) + [0x3A] + varint(198))
    },
    Attack(name: "null and a word in turns") { n in
      array(n) { $0.isMultiple(of: 20) ? oneByte("abcdefghijklmnopqrst") : [0x30] }
    },
    Attack(name: "holes in turns") { n in
      array(n) { $0.isMultiple(of: 2) ? [0x2D] : [0x5F] }
    },
    Attack(name: "empty buffers") { n in array(n) { _ in [0x42, 0] } },
    Attack(name: "buffers just too long to gather") { n in
      array(n / 64) { _ in [0x42, 65] + [UInt8](repeating: 7, count: 65) }
    },
    Attack(name: "empty views") { n in array(n) { _ in [0x42, 0, 0x56, 0x42, 0, 0, 0] } },
    Attack(name: "a long view") { n in
      join(
        header, [0x42], varint(10 * n), [UInt8](repeating: 1, count: 10 * n), [0x56, 0x42, 0],
        varint(10 * n), [0])
    },
    Attack(name: "empty regular expressions") { n in array(n) { _ in [0x52, 0x22, 0, 0] } },
    Attack(name: "empty boxed strings") { n in array(n) { _ in [0x73, 0x22, 0] } },
    Attack(name: "zeros as big integers") { n in array(n) { _ in [0x5A, 0] } },
    Attack(name: "big integers of a kilobyte") { n in
      array(n / 100) { _ in join([0x5A], varint(2048), [UInt8](repeating: 0xA5, count: 1024)) }
    },
    Attack(name: "a string of control characters") { n in
      join(header, oneByteOf([UInt8](repeating: 1, count: 10 * n)))
    },
    Attack(name: "a string of line feeds") { n in
      join(header, oneByteOf([UInt8](repeating: 10, count: 10 * n)))
    },
    Attack(name: "strings of line feeds in ten levels") { n in
      nestedArrays(9, n / 100, oneByteOf([UInt8](repeating: 10, count: 100)))
    },
    Attack(name: "a string of lone surrogates") { n in
      let units = each(5 * n) { _ in [0, 0xD8] }
      return join(header, [0x63], varint(units.count), units)
    },
    Attack(name: "a key of lone surrogates") { n in
      let units = each(5 * n) { _ in [0, 0xD8] }
      return value(
        0x6F, join(units.isEmpty ? [] : [0x63], varint(units.count), units, [0x30]), [0x7B, 1])
    },
    Attack(name: "an error with a stack of empty lines") { n in
      join(
        header, [0x72, 0x6D], oneByteOf([UInt8](repeating: 10, count: n)), [0x73],
        oneByteOf(
          Array("Error: ".utf8) + [UInt8](repeating: 10, count: n) + Array("\n    at x".utf8)
            + [UInt8](repeating: 10, count: n)), [0x2E])
    },
    Attack(name: "sparse arrays in properties of each other") { n in
      join(header, each(n) { _ in [0x61, 5, 0x22, 0] }, [0x30], each(n) { _ in [0x40, 1, 5] })
    },
    Attack(name: "objects whose index keys descend") { n in
      array(n) { _ in [0x6F, 0x49, 4, 0x5F, 0x49, 2, 0x5F, 0x7B, 2] }
    },
    Attack(name: "objects whose index keys stand behind a name") { n in
      array(n) { _ in [0x6F, 0x22, 1, 0x61, 0x5F, 0x49, 2, 0x5F, 0x7B, 2] }
    },
    Attack(name: "objects in each other whose index keys descend") { n in
      join(
        header, each(n) { _ in [0x6F, 0x49, 4, 0x5F, 0x49, 2] }, [0x5F],
        each(n) { _ in [0x7B, 2] })
    },
  ]

  // MARK: - Parts of payloads

  private static func varint(_ number: Int) -> [UInt8] {
    var rest = UInt64(number)
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static let header: [UInt8] = [0xFF, 0x0F]

  /// The greatest length of an array.
  private static let longest = varint(Int(UInt32.max))

  private static func join(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

  private static func each(_ count: Int, _ make: (Int) -> [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in 0..<count { bytes += make(index) }
    return bytes
  }

  private static func integer(_ number: Int) -> [UInt8] { join([0x49], varint(2 * number)) }

  private static func oneByte(_ text: String) -> [UInt8] {
    join([0x22], varint(text.utf8.count), Array(text.utf8))
  }

  private static func value(_ tag: UInt8, _ contents: [UInt8], _ end: [UInt8]) -> [UInt8] {
    join(header, [tag], contents, end)
  }

  private static func array(_ count: Int, _ element: (Int) -> [UInt8]) -> [UInt8] {
    value(0x41, join(varint(count), each(count, element)), join([0x24, 0], varint(count)))
  }

  private static func oneByteOf(_ units: [UInt8]) -> [UInt8] {
    join([0x22], varint(units.count), units)
  }

  /// Elements in an array that is the only element of another, and so on.
  private static func nested(_ depth: Int, _ elements: [UInt8]) -> [UInt8] {
    join(
      header, each(depth - 1) { _ in [0x41, 1] }, [0x41], varint(elements.count), elements,
      [0x24, 0], varint(elements.count), each(depth - 1) { _ in [0x24, 0, 1] })
  }

  /// The same element many times in such an array.
  private static func nestedArrays(
    _ depth: Int, _ count: Int, _ element: some Sequence<UInt8>
  ) -> [UInt8] {
    let element = Array(element)
    return join(
      header, each(depth - 1) { _ in [0x41, 1] }, [0x41], varint(count),
      each(count) { _ in element },
      [0x24, 0], varint(count), each(depth - 1) { _ in [0x24, 0, 1] })
  }

  private static func regExp(_ source: String, flags: [UInt8]) -> [UInt8] {
    join(header, [0x52], oneByte(source), flags)
  }
}
