/// Prints a value in a loop.
struct ValuePrinter {
  enum Style {
    case readable, exact
  }

  private enum Task {
    case text(String)
    case cell(Cell, CloneGraph)
    case receiver(Receiver)
  }

  /// How many bytes of a buffer are readable.
  private static let shownBytes = 32

  private let style: Style
  private var text = ""
  private var tasks: [Task] = []
  private var numbers: [LookupKey: Int] = [:]
  /// Receivers with more than one mention; they alone are labelled in the readable style.
  private var shared: Set<LookupKey> = []

  static func print(_ value: CloneValue, style: Style) -> String {
    var printer = ValuePrinter(style: style)
    guard let receiver = value.receiver else {
      printer.printPrimitive(value)
      return printer.text
    }
    if style == .readable { printer.findShared(receiver) }
    printer.tasks = [.receiver(receiver)]
    while let task = printer.tasks.popLast() {
      switch task {
      case .text(let text): printer.text += text
      case .cell(let cell, let graph):
        if let receiver = graph.receiver(of: cell) {
          printer.print(receiver)
        } else {
          printer.printPrimitive(graph.value(of: cell))
        }
      case .receiver(let receiver): printer.print(receiver)
      }
    }
    return printer.text
  }

  private init(style: Style) { self.style = style }

  private mutating func findShared(_ root: Receiver) {
    guard root.graph.mayShare else { return }
    var seen: Set<LookupKey> = [.receiver(root)]
    var pending = [root]
    while let receiver = pending.popLast() {
      for position in receiver.record.cells {
        guard let child = receiver.graph.receiver(of: receiver.graph.cells[position]) else {
          continue
        }
        let key = LookupKey.receiver(child)
        if seen.insert(key).inserted {
          pending.append(child)
        } else {
          shared.insert(key)
        }
      }
    }
  }

  private mutating func printPrimitive(_ value: CloneValue) {
    switch value {
    case .undefined: text += "undefined"
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let number): text += ValuePrinter.numberText(number)
    case .bigint(let integer): text += bigintText(integer)
    case .string(let string): text += quoted(string)
    default: break
    }
  }

  static func numberText(_ number: Double) -> String {
    number == 0 && number.sign == .minus ? "-0" : NumberText.string(number)
  }

  private func bigintText(_ integer: CloneBigInt) -> String {
    style == .exact
      ? (integer.signBit ? "-" : "") + "0x" + integer.hexDigits + "n" : "\(integer)n"
  }

  private func quoted(_ string: CloneString) -> String {
    if style == .exact { return string.debugDescription }
    guard let text = String(exactly: string),
      !text.unicodeScalars.contains(where: { $0.value < 0x20 })
    else { return string.debugDescription }
    // By scalars: a quote with a combining mark is one character, and still a quote.
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  private func keyText(_ key: ClonePropertyKey) -> String {
    if style == .exact { return key.name.debugDescription }
    let path = ClonePath([.property(key)]).description
    // The path spells an identifier with a point, anything else in brackets.
    return path.hasPrefix("$.")
      ? String(path.dropFirst(2)) : key.index.map { "\($0)" } ?? quoted(key.name)
  }

  private mutating func print(_ receiver: Receiver) {
    let key = LookupKey.receiver(receiver)
    if let number = numbers[key] {
      text += style == .exact ? "#\(number)" : "*\(number)"
      return
    }
    if style == .exact {
      numbers[key] = numbers.count
      text += "#\(numbers.count - 1)="
    } else if shared.contains(key) {
      numbers[key] = numbers.count + 1
      text += "&\(numbers.count) "
    }
    printContent(receiver)
  }

  private mutating func printContent(_ receiver: Receiver) {
    let graph = receiver.graph
    let record = receiver.record
    let comma = style == .exact ? "," : ", "
    switch record.kind {
    case .object:
      text += "{"
      pushProperties(of: receiver, isFirst: true, closing: "}")
    case .map, .set:
      text += record.kind == .map ? "Map{" : "Set{"
      var items: [Task] = []
      for (index, position) in receiver.entryPositions.enumerated() {
        if index > 0 { items.append(.text(comma)) }
        items.append(.cell(graph.cells[position], graph))
        if record.kind == .map {
          items.append(.text(style == .exact ? "=>" : " => "))
          items.append(.cell(graph.cells[position + 1], graph))
        }
      }
      items.append(.text("}"))
      tasks.append(contentsOf: items.reversed())
    case .array: printArray(receiver)
    case .date:
      let time = CloneDate(receiver).millisecondsSince1970
      text +=
        style == .exact || time.isNaN ? "Date(\(NumberText.string(time)))" : DateText.string(time)
    case .boxedPrimitive:
      let primitive = CloneBoxedPrimitive(receiver).primitive
      switch primitive {
      case .boolean: text += "Boolean("
      case .number: text += "Number("
      case .string: text += "String("
      default: text += "BigInt("
      }
      printPrimitive(primitive)
      text += ")"
    case .regExp:
      let regExp = CloneRegExp(receiver)
      text +=
        style == .exact
        ? "RegExp(\(regExp.escapedSource.debugDescription),\"\(regExp.flags.letters)\")"
        : "/\(regExp.escapedSource)/\(regExp.flags.letters)"
    case .error: printError(CloneErrorObject(receiver))
    case .arrayBuffer:
      let buffer = CloneArrayBuffer(receiver)
      text += buffer.isImmutable ? "ImmutableArrayBuffer(" : "ArrayBuffer("
      text += buffer.isDetached ? "detached" : bytesText(buffer.bytes)
      if buffer.isResizable { text += "\(comma)max:\(buffer.maxByteLength)" }
      text += ")"
    case .arrayBufferView:
      let view = CloneArrayBufferView(receiver)
      text += "\(view.kind)("
      let length =
        view.isLengthTracking ? "tracking" : "\(NumberText.string(receiver.cell(2).number ?? 0))"
      tasks.append(.text("\(comma)\(view.byteOffset)\(comma)\(length))"))
      tasks.append(.cell(receiver.cell(0), graph))
    case .sharedArrayBuffer:
      let buffer = CloneSharedArrayBuffer(receiver)
      text += "SharedArrayBuffer(id:\(buffer.cloneID)\(comma)\(buffer.byteLength)"
      text += buffer.isGrowable ? "\(comma)max:\(buffer.maxByteLength))" : ")"
    case .hostObject:
      text += "\(CloneHostObject(receiver).interface)("
      tasks.append(.text(")"))
      tasks.append(.cell(receiver.cell(1), graph))
    case .wasmModule: text += "WebAssembly.Module(id:\(record.extra))"
    case .wasmMemory:
      let memory = CloneWasmMemory(receiver)
      text += "WebAssembly.Memory("
      tasks.append(
        .text("\(comma)max:\(memory.maximumPages)\(memory.isMemory64 ? "\(comma)64" : ""))"))
      tasks.append(.cell(receiver.cell(0), graph))
    case .sharedObject: text += "SharedObject(\(record.extra))"
    case .uncloneable: text += "Uncloneable(\(quoted(CloneUncloneable(receiver).description)))"
    }
  }

  private mutating func pushProperties(of object: Receiver?, isFirst: Bool, closing: String) {
    var items: [Task] = []
    var isFirst = isFirst
    if let object {
      for position in object.entryPositions {
        let key = keyText(object.graph.propertyKey(of: object.graph.cells[position]))
        items.append(
          .text(
            (isFirst ? "" : style == .exact ? "," : ", ") + key + (style == .exact ? ":" : ": ")))
        items.append(.cell(object.graph.cells[position + 1], object.graph))
        isFirst = false
      }
    }
    items.append(.text(closing))
    tasks.append(contentsOf: items.reversed())
  }

  private mutating func printArray(_ array: Receiver) {
    let elements = array.presentElements
    let length = array.arrayLength
    if style == .exact {
      text += "Array(\(length)){"
      pushProperties(of: array.namedProperties, isFirst: elements.isEmpty, closing: "}")
      var items: [Task] = []
      for (number, element) in elements.enumerated() {
        items.append(.text("\(number > 0 ? "," : "")\"\(element.index)\":"))
        items.append(.cell(array.graph.cells[element.position], array.graph))
      }
      tasks.append(contentsOf: items.reversed())
      return
    }
    text += "["
    pushProperties(
      of: array.namedProperties, isFirst: length == 0, closing: "]")
    var items: [Task] = []
    var next = 0
    func addHoles(upTo index: Int) {
      guard index > next else { return }
      items.append(.text(next > 0 ? ", " : ""))
      items.append(.text("<\(index - next) empty>"))
      next = index
    }
    for element in elements {
      addHoles(upTo: element.index)
      if next > 0 { items.append(.text(", ")) }
      items.append(.cell(array.graph.cells[element.position], array.graph))
      next = element.index + 1
    }
    addHoles(upTo: length)
    tasks.append(contentsOf: items.reversed())
  }

  private mutating func printError(_ error: CloneErrorObject) {
    if style == .exact {
      text += "Error(\"\(error.name)\""
      if let message = error.message { text += ",message:" + quoted(message) }
      if let stack = error.stack { text += ",stack:" + quoted(stack) }
    } else {
      text += "\(error.name)("
      if let message = error.message { text += quoted(message) }
    }
    tasks.append(.text(")"))
    let cause = error.receiver.cell(CloneErrorObject.Section.cause.rawValue)
    if !cause.isHole {
      let isFirst = style == .readable && error.message == nil
      text += style == .exact ? ",cause:" : isFirst ? "cause: " : ", cause: "
      tasks.append(.cell(cause, error.receiver.graph))
    }
  }

  private func bytesText(_ bytes: ArraySlice<UInt8>) -> String {
    if style == .exact { return HexText.string(bytes) }
    let shown = HexText.string(bytes.prefix(ValuePrinter.shownBytes))
    return bytes.count > ValuePrinter.shownBytes
      ? "\(shown)… \(bytes.count) bytes" : shown
  }
}
