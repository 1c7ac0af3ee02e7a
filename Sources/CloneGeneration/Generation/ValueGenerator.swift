public import StructuredClone

/// Makes values through the package's public interface: every kind, shared and cyclic ones as well.
public struct ValueGenerator<Random: RandomNumberGenerator> {
  private var random: Random
  private let editor = CloneGraphEditor()
  private var nodes: [CloneGraphEditor.Node] = []
  /// How many more objects there may be, roughly.
  private var budget: Int
  private var names: [String] = []
  /// Whether things are used that old engines do not have.
  private let isModern: Bool

  private init(random: Random) {
    self.random = random
    budget = 2 + self.random.below(24)
    isModern = self.random.chance(50)
    names = Vocabulary.names(using: &self.random)
  }

  /// The value that a generator of numbers leads to.
  public static func value(using random: Random) -> CloneValue {
    var generator = ValueGenerator(random: random)
    let root = generator.value(0)
    generator.closeCycles()
    return generator.editor.finish(root)
  }

  /// Lets containers mention each other and themselves.
  private mutating func closeCycles() {
    guard random.chance(40), !nodes.isEmpty else { return }
    for _ in 0...random.below(3) {
      let target = random.pick(nodes)
      target[ClonePropertyKey(random.pick(names))] = .node(random.pick(nodes))
    }
  }

  private mutating func value(_ level: Int) -> CloneGraphEditor.Value {
    budget -= 1
    guard budget > 0, level < 8, random.chance(level == 0 ? 90 : 55) else { return primitive() }
    if !nodes.isEmpty, random.chance(15) { return .node(random.pick(nodes)) }
    switch random.below(20) {
    case 0..<5: return object(level)
    case 5..<9: return array(level)
    case 9..<11: return map(level)
    case 11..<13: return set(level)
    case 13..<15: return error(level)
    case 15..<18: return buffer()
    default: return editor.add(leafObject())
    }
  }

  private mutating func object(_ level: Int) -> CloneGraphEditor.Value {
    let node = editor.object()
    nodes.append(node)
    for _ in 0..<random.below(5) { node[key()] = value(level + 1) }
    return .node(node)
  }

  private mutating func array(_ level: Int) -> CloneGraphEditor.Value {
    if random.chance(15) { return numbers() }
    let node = editor.array()
    nodes.append(node)
    for _ in 0..<random.below(5) { node.append(value(level + 1)) }
    if random.chance(15), node.count > 0 {
      node.removeProperty(ClonePropertyKey(random.below(node.count)))
    }
    if random.chance(10) {
      node[ClonePropertyKey(random.pick([7, 100, 5000, 4_294_967_294]))] = primitive()
    }
    if random.chance(20) { node[ClonePropertyKey(random.pick(names))] = value(level + 1) }
    return .node(node)
  }

  private mutating func numbers() -> CloneGraphEditor.Value {
    let numbers = (0..<random.below(5)).map { _ in random.pick(Vocabulary.doubles) }
    return editor.add(.array(CloneArray(numbers: numbers)))
  }

  private mutating func map(_ level: Int) -> CloneGraphEditor.Value {
    let node = editor.map()
    for _ in 0..<random.below(4) { node[mapKey: value(level + 1)] = value(level + 1) }
    return .node(node)
  }

  private mutating func set(_ level: Int) -> CloneGraphEditor.Value {
    let node = editor.set()
    for _ in 0..<random.below(4) { node.insert(value(level + 1)) }
    return .node(node)
  }

  private mutating func error(_ level: Int) -> CloneGraphEditor.Value {
    let made = CloneErrorObject(
      random.pick(CloneErrorObject.Name.allCases), message: random.chance(60) ? string() : nil,
      stack: random.chance(60) ? string() : nil)
    let added = editor.add(.error(made))
    if let node = added.node, random.chance(40) { node.cause = value(level + 1) }
    return added
  }

  private mutating func buffer() -> CloneGraphEditor.Value {
    let length = random.pick([0, 1, 4, 8, 8, 16, 24])
    let bytes = (0..<length).map { _ in random.byte() }
    let buffer: CloneArrayBuffer
    switch isModern ? random.below(6) : 0 {
    case 1, 2: buffer = CloneArrayBuffer(bytes, maxByteLength: length + random.below(9))
    case 3: buffer = CloneArrayBuffer(bytes, isImmutable: true)
    default: buffer = CloneArrayBuffer(bytes)
    }
    let added = editor.add(.arrayBuffer(buffer))
    guard let node = added.node, random.chance(75) else { return added }
    let views = (0...random.below(2)).compactMap { _ in view(on: node, length: length) }
    guard views.count > 1 else { return views.first.map { .node($0) } ?? added }
    let array = editor.array()
    for view in views { array.append(.node(view)) }
    array.append(added)
    return .node(array)
  }

  private mutating func view(
    on buffer: CloneGraphEditor.Node, length: Int
  ) -> CloneGraphEditor.Node? {
    let kinds = CloneArrayBufferView.Kind.allCases.filter { isModern || $0 != .float16 }
    let kind = random.pick(kinds)
    let most = length / kind.elementSize
    let offset = random.below(most + 1)
    let count = random.below(most - offset + 1)
    return editor.view(
      kind, on: buffer, byteOffset: offset * kind.elementSize,
      byteLength: random.chance(35) ? nil : count * kind.elementSize)
  }

  private mutating func leafObject() -> CloneValue {
    switch random.below(4) {
    case 0: .date(CloneDate(millisecondsSince1970: random.pick(Vocabulary.doubles)))
    case 1: .regExp(regExp())
    default: boxed()
    }
  }

  private mutating func boxed() -> CloneValue {
    let primitive: CloneValue =
      switch random.below(4) {
      case 0: .boolean(random.chance(50))
      case 1: .number(random.pick(Vocabulary.doubles))
      case 2: .bigint(bigint())
      default: .string(string())
      }
    return CloneBoxedPrimitive(primitive).map { .boxedPrimitive($0) } ?? primitive
  }

  private mutating func regExp() -> CloneRegExp {
    var flags: CloneRegExp.Flags = []
    let all: [CloneRegExp.Flags] = [.global, .ignoreCase, .multiline, .sticky, .dotAll]
    for flag in all where random.chance(25) { flags.insert(flag) }
    if random.chance(20) { flags.insert(isModern && random.chance(50) ? .unicodeSets : .unicode) }
    if isModern, random.chance(20) { flags.insert(.hasIndices) }
    return CloneRegExp(CloneString(random.pick(Vocabulary.plainPatterns)), flags: flags)
  }

  private mutating func primitive() -> CloneGraphEditor.Value {
    switch random.below(12) {
    case 0: .undefined
    case 1: .null
    case 2: .boolean(random.chance(50))
    case 3..<6: .number(random.pick(Vocabulary.doubles))
    case 6..<8: .number(Double(random.pick(Vocabulary.integers)))
    case 8: .bigint(bigint())
    default: .string(string())
    }
  }

  private mutating func bigint() -> CloneBigInt {
    let magnitude = (0..<random.pick([0, 1, 7, 8, 9, 16, 17])).map { _ in random.byte() }
    return CloneBigInt(isNegative: random.chance(40), magnitude: magnitude)
  }

  private mutating func key() -> ClonePropertyKey {
    if random.chance(20) { return ClonePropertyKey(random.below(12)) }
    let name = random.pick(names)
    return ClonePropertyKey(
      isWide(name, percent: 15) ? CloneString(twoByte: name.utf16) : CloneString(name))
  }

  /// A string, sometimes wider than it needs to be or with half of a pair.
  private mutating func string() -> CloneString {
    let text = random.pick(random.chance(50) ? names : Vocabulary.texts)
    switch random.below(10) {
    case 0..<2:
      return isWide(text, percent: 50) ? CloneString(twoByte: text.utf16) : CloneString(text)
    case 2: return CloneString(utf16: Array(text.utf16) + [0xD83D])
    default: return CloneString(text)
    }
  }

  /// Whether a string travels in two bytes a unit although it need not.
  private mutating func isWide(_ text: String, percent: Int) -> Bool {
    random.chance(Vocabulary.isFixed(text) ? 1 : percent)
  }
}

extension ValueGenerator<SplitMix64> {
  /// The value of a seed with a number.
  public static func value(seed: UInt64, index: Int) -> CloneValue {
    value(using: SplitMix64(seed: seed, index: index))
  }
}
