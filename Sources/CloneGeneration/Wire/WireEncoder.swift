/// Puts a payload together, and notes where its parts came to stand.
struct WireEncoder {
  private(set) var bytes: [UInt8] = []
  /// Where the tags stand.
  private(set) var tags: [Int] = []
  /// Where the sections of errors begin.
  private(set) var sections: [Int] = []
  /// Where the kinds of views stand.
  private(set) var viewKinds: [Int] = []
  /// The varints, that of the header not counted.
  private(set) var varints: [Range<Int>] = []
  private var version: UInt32 = 0
  private var writesViewFlags = false

  mutating func append(_ payload: WirePayload) {
    version = payload.version ?? 0
    writesViewFlags = version >= 14 || payload.forcesViewFlags
    if let header = payload.version {
      bytes.append(0xFF)
      WireEncoder.append(UInt64(header), to: &bytes)
    }
    for root in payload.roots { append(root) }
    bytes.append(contentsOf: payload.trailing)
  }

  /// Appends the shortest form of a varint.
  static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func append(_ number: UInt64) {
    let start = bytes.count
    WireEncoder.append(number, to: &bytes)
    varints.append(start..<bytes.count)
  }

  private mutating func append(fields: some Sequence<UInt64>) {
    for field in fields { append(field) }
  }

  private mutating func append(_ node: WireNode) {
    bytes.append(contentsOf: repeatElement(0, count: node.padding))
    tags.append(bytes.count)
    bytes.append(node.tag)
    let layout = WireLayout(tag: node.tag)
    switch layout {
    case .regExp:
      for child in node.children { append(string: child) }
      append(fields: node.fields)
    case .boxedString:
      for child in node.children { append(string: child) }
    case .error:
      for section in node.children { append(section: section) }
      sections.append(bytes.count)
      bytes.append(UInt8(ascii: "."))
    case .view:
      if !node.fields.isEmpty { viewKinds.append(bytes.count) }
      append(fields: node.fields.prefix(writesViewFlags ? 4 : 3))
      if writesViewFlags, node.fields.count == 3 { append(0) }
    default:
      append(fields: node.fields)
      bytes.append(contentsOf: node.bytes)
      for child in node.children { append(child) }
    }
    if let end = layout?.end {
      tags.append(bytes.count)
      bytes.append(end.tag)
      append(fields: node.ending)
    }
  }

  private mutating func append(section: WireNode) {
    sections.append(bytes.count)
    bytes.append(section.tag)
    for child in section.children {
      if section.tag == UInt8(ascii: "c") { append(child) } else { append(string: child) }
    }
  }

  /// A string where old versions had a bare one.
  private mutating func append(string: WireNode) {
    guard version < 12 else { return append(string) }
    append(fields: string.fields)
    bytes.append(contentsOf: string.bytes)
  }
}
