/// Makes payloads from the grammar: every tag, legacy forms, and oddities that an engine may accept.
struct PayloadGenerator {
  private var random: SplitMix64
  private let version: UInt32
  /// How many more nodes there may be, roughly.
  private var budget: Int
  /// How many objects have an id, roughly: an upper bound for references that have a chance.
  private var ids = 0
  /// The names of this payload, in the order in which objects take them.
  private var names: [String] = []

  private init(version: UInt32, random: SplitMix64) {
    self.random = random
    self.version = version
    budget = 1 + self.random.below(self.random.chance(85) ? 14 : 60)
    names = Vocabulary.names(using: &self.random)
  }

  /// Makes a payload of a version; 0 is written with and without a header.
  static func payload(version: UInt32, using random: inout SplitMix64) -> WirePayload {
    var generator = PayloadGenerator(version: version, random: SplitMix64(seed: random.next()))
    var payload = WirePayload(version: version, roots: [])
    if version == 0 {
      if generator.random.chance(60) { payload.version = nil }
      generator.addStackItems(to: &payload.roots)
    } else {
      payload.roots = [generator.value(0)]
    }
    if version == 13 { payload.forcesViewFlags = generator.random.chance(30) }
    if generator.random.chance(5) {
      payload.trailing = (0...generator.random.below(3)).map { _ in generator.random.byte() }
    }
    return payload
  }

  // MARK: - Version 0

  private mutating func addStackItems(to items: inout [WireNode]) {
    guard random.chance(70) else {
      items.append(value(0))
      return
    }
    addBuilt(to: &items, 0)
  }

  /// Items that build one object or array.
  private mutating func addBuilt(to items: inout [WireNode], _ level: Int) {
    let isArray = random.chance(40)
    let pairs = random.below(4)
    for _ in 0..<pairs {
      if isArray, random.chance(80) {
        items.append(WireNode("U", fields: [UInt64(random.below(6))]))
      } else {
        items.append(key(level))
      }
      if level < 4, random.chance(30) {
        addBuilt(to: &items, level + 1)
      } else {
        items.append(value(level + 1))
      }
    }
    let count = UInt64(pairs + (random.chance(3) ? 1 : 0))
    items.append(
      isArray
        ? WireNode("@", fields: [count, UInt64(random.below(8))]) : WireNode("{", fields: [count]))
  }

  // MARK: - Values

  private mutating func value(_ level: Int) -> WireNode {
    budget -= 1
    var node: WireNode
    if budget > 0, level < 12, random.chance(level == 0 ? 85 : 45) {
      node = container(level)
    } else {
      node = random.chance(60) ? primitive() : leafObject(level)
    }
    if random.chance(2) { node.padding = 1 + random.below(2) }
    if random.chance(2) {
      node = WireNode("?", fields: [UInt64(random.below(200))], children: [node])
    }
    return node
  }

  private mutating func container(_ level: Int) -> WireNode {
    ids += 1
    switch random.below(20) {
    case 0..<7: return object(level)
    case 7..<10: return denseArray(level)
    case 10..<13: return sparseArray(level)
    case 13..<15: return map(level)
    case 15..<17: return set(level)
    default: return error(level)
    }
  }

  private mutating func object(_ level: Int) -> WireNode {
    var node = WireNode("o")
    addProperties(to: &node, level, Array(random.shuffled(names).prefix(random.below(5))))
    node.ending = [UInt64(node.children.count / 2)]
    return node
  }

  private mutating func addProperties(to node: inout WireNode, _ level: Int, _ names: [String]) {
    for name in names {
      let isIndex = UInt32(name) != nil && name.first != "0"
      node.children.append(
        isIndex && random.chance(70) ? number(Double(name) ?? 0) : string(name))
      node.children.append(value(level + 1))
    }
    if random.chance(3) { node.children += [key(level), value(level + 1)] }
  }

  /// A key, mostly a possible one.
  private mutating func key(_ level: Int) -> WireNode {
    switch random.below(20) {
    case 0..<14: string(random.pick(names))
    case 14..<17: number(Double(random.below(8)))
    case 17: number(random.pick(Vocabulary.doubles))
    default: value(level + 1)
    }
  }

  private mutating func denseArray(_ level: Int) -> WireNode {
    let length = random.below(5)
    let doubles = random.chance(10)
    var node = WireNode("A", fields: [UInt64(length)])
    for _ in 0..<length {
      if doubles {
        node.children.append(number(random.pick(Vocabulary.doubles)))
      } else if random.chance(12) {
        node.children.append(WireNode(random.chance(50) ? "-" : "_"))
      } else {
        node.children.append(value(level + 1))
      }
    }
    if random.chance(25) { addProperties(to: &node, level, [random.pick(names)]) }
    let properties = (node.children.count - length) / 2
    node.ending = [UInt64(properties), UInt64(length)]
    return node
  }

  private mutating func sparseArray(_ level: Int) -> WireNode {
    let long: [UInt64] = [100, 5000, 1 << 26, (1 << 32) - 1]
    let length = random.chance(90) ? UInt64(random.below(8)) : random.pick(long)
    var node = WireNode("a", fields: [length])
    for index in 0..<random.below(5) {
      let key = random.chance(90) ? Double(index) : random.pick(Vocabulary.doubles)
      node.children += [number(key), value(level + 1)]
    }
    if random.chance(25) { addProperties(to: &node, level, [random.pick(names)]) }
    node.ending = [UInt64(node.children.count / 2), length]
    return node
  }

  private mutating func map(_ level: Int) -> WireNode {
    var node = WireNode(";")
    for _ in 0..<random.below(4) {
      node.children.append(random.chance(50) ? key(level) : value(level + 1))
      node.children.append(value(level + 1))
    }
    node.ending = [UInt64(node.children.count)]
    return node
  }

  private mutating func set(_ level: Int) -> WireNode {
    var node = WireNode("'")
    for _ in 0..<random.below(5) { node.children.append(value(level + 1)) }
    node.ending = [UInt64(node.children.count)]
    return node
  }

  /// An error with its sections in an order that some engine reads, or in none.
  private mutating func error(_ level: Int) -> WireNode {
    var node = WireNode("r")
    if random.chance(50) { node.children.append(WireNode(random.pick(Array("ERFSTU".utf8)))) }
    if random.chance(60) {
      node.children.append(section("m", string(random.pick(Vocabulary.texts))))
    }
    var rest: [WireNode] = []
    if random.chance(60) { rest.append(section("s", string(random.pick(Vocabulary.texts)))) }
    if random.chance(40) { rest.append(section("c", value(level + 1))) }
    if random.chance(40) { rest.reverse() }
    node.children += rest
    if random.chance(10) { node.children = random.shuffled(node.children) }
    if random.chance(5), let extra = node.children.first { node.children.append(extra) }
    return node
  }

  private func section(_ letter: Unicode.Scalar, _ content: WireNode) -> WireNode {
    WireNode(letter, children: [content])
  }

  // MARK: - Leaves

  private mutating func primitive() -> WireNode {
    switch random.below(16) {
    case 0..<3: WireNode(random.pick(Array("_0TF".utf8)))
    case 3..<9: number(random.pick(Vocabulary.doubles))
    case 9..<13: string(random.pick(random.chance(50) ? names : Vocabulary.texts))
    case 13..<15: bigint("Z")
    default: reference()
    }
  }

  private mutating func leafObject(_ level: Int) -> WireNode {
    if random.chance(35), ids > 0 { return reference() }
    switch random.below(24) {
    case 0..<3:
      ids += 1
      return WireNode("D", bytes: Vocabulary.bytes(of: random.pick(Vocabulary.doubles)))
    case 3: return boxed(WireNode(random.pick(Array("xy".utf8))))
    case 4:
      return boxed(WireNode("n", bytes: Vocabulary.bytes(of: random.pick(Vocabulary.doubles))))
    case 5: return boxed(bigint("z"))
    case 6..<8:
      let content = random.chance(95) ? string(random.pick(Vocabulary.texts)) : value(level + 1)
      return boxed(WireNode("s", children: [content]))
    case 8..<11: return boxed(regExp())
    case 11..<21: return buffer()
    case 21: return WireNode(random.pick(Array("tuwp".utf8)), fields: [UInt64(random.below(3))])
    case 22: return WireNode(random.pick(Array("\\mEfGiK#".utf8)))
    default: return reference()
    }
  }

  private mutating func boxed(_ node: WireNode) -> WireNode {
    ids += 1
    return node
  }

  private mutating func reference() -> WireNode {
    var node = WireNode("^", fields: [UInt64(random.below(ids + 1))])
    if random.chance(15) {
      ids += 1
      node.children = [view(length: 8, isResizable: random.chance(20))]
    }
    return node
  }

  private mutating func number(_ number: Double) -> WireNode {
    if let integer = Int32(exactly: number), random.chance(75) {
      return WireNode("I", fields: [Vocabulary.zigZag(integer)])
    }
    if let integer = UInt32(exactly: number), random.chance(40) {
      return WireNode("U", fields: [UInt64(integer)])
    }
    return WireNode("N", bytes: Vocabulary.bytes(of: number))
  }

  private mutating func string(_ text: String) -> WireNode {
    let isLatin1 = text.unicodeScalars.allSatisfy { $0.value < 0x100 }
    let bytes: [UInt8]
    let tag: Unicode.Scalar
    if isLatin1, random.chance(Vocabulary.isFixed(text) ? 98 : 70) {
      tag = "\""
      bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    } else if random.chance(80) {
      tag = "c"
      bytes = text.utf16.flatMap {
        [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
      }
    } else {
      tag = "S"
      bytes = damagedUTF8(text)
    }
    return WireNode(tag, fields: [UInt64(bytes.count)], bytes: bytes)
  }

  /// UTF-8, sometimes with bytes that are none.
  private mutating func damagedUTF8(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    guard random.chance(30) else { return bytes }
    let damage: [UInt8] = random.pick([
      [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x9F], [0x80],
      [0xEF, 0xBB, 0xBF], [0xE0, 0x80, 0x80],
    ])
    bytes.insert(contentsOf: damage, at: random.below(bytes.count + 1))
    return bytes
  }

  private mutating func bigint(_ letter: Unicode.Scalar) -> WireNode {
    let count = random.pick([0, 1, 2, 7, 8, 8, 9, 16, 24])
    var digits = (0..<count).map { _ in random.byte() }
    if random.chance(30) { digits = digits.map { _ in 0 } }
    let sign: UInt64 = random.chance(40) ? 1 : 0
    return WireNode(letter, fields: [UInt64(count) << 1 | sign], bytes: digits)
  }

  private mutating func regExp() -> WireNode {
    let patterns = random.chance(70) ? Vocabulary.plainPatterns : Vocabulary.patterns
    let pattern = string(random.pick(patterns))
    let flags: UInt64 =
      random.chance(85)
      ? random.pick([0, 1, 2, 4, 8, 16, 32, 128, 256, 3, 23]) : UInt64(random.below(1024))
    return WireNode("R", fields: [flags], children: [pattern])
  }

  private mutating func buffer() -> WireNode {
    ids += 1
    let length = random.pick([0, 1, 2, 4, 8, 8, 8, 16])
    let bytes = (0..<length).map { _ in random.byte() }
    var node: WireNode
    let isResizable = version >= 14 && random.chance(30)
    if isResizable {
      let most = UInt64(max(0, length + random.below(9) - (random.chance(3) ? 1 : 0)))
      node = WireNode("~", fields: [UInt64(length), most], bytes: bytes)
    } else {
      node = WireNode(random.chance(95) ? "B" : "C", fields: [UInt64(length)], bytes: bytes)
    }
    if random.chance(65) {
      ids += 1
      node.children = [view(length: length, isResizable: isResizable)]
    }
    return node
  }

  private mutating func view(length: Int, isResizable: Bool) -> WireNode {
    let kind = random.chance(96) ? random.pick(Array("bBCwWdDhfFqQ?".utf8)) : random.byte()
    var offset = random.chance(60) ? 0 : random.below(length + 2)
    var rest = random.chance(60) ? length - offset : random.below(length + 2)
    if random.chance(60) {
      offset -= offset % 4
      rest -= rest % 4
    }
    var flags: UInt64 = isResizable ? 2 : 0
    if isResizable, random.chance(40) { flags = 3 }
    if random.chance(6) { flags = random.pick([1, 2, 3, 4, 0x7F, 0x1000, 0xFFFF_FFFF]) }
    return WireNode("V", fields: [UInt64(kind), UInt64(offset), UInt64(max(0, rest)), flags])
  }
}
