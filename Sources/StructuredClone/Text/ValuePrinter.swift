/// Prints a value in a loop, with a small frame for each container that is open.
struct ValuePrinter {
  enum Style {
    case readable, exact
  }

  /// How many bytes of a buffer are readable.
  private static let shownBytes = 32

  /// What the table of a walk says of a receiver.
  private enum Mark {
    /// Readable: it is mentioned once.
    static let single: UInt32 = 0
    /// Readable: it is mentioned again, and was not printed yet. More than that is the number of its label.
    static let shared: UInt32 = 1
  }

  private let style: Style
  /// Whether a receiver may be met again. Else nothing is noted about any.
  private let mayShare: Bool
  private var walk = ContentWalk()
  private var text = MeasuredText()
  /// How many receivers have a number.
  private var numberCount = 0

  private var comma: String { style == .exact ? "," : ", " }

  static func print(_ value: CloneValue, style: Style) -> String {
    var marks = ReceiverTable()
    if style == .readable, let receiver = value.receiver { marks = sharedReceivers(of: receiver) }
    return MeasuredText.string { text in
      var printer = ValuePrinter(
        style: style, mayShare: value.hasSharedReferences, marks: marks)
      // Moved in and out, so that it is held once.
      swap(&printer.text, &text)
      printer.print(value)
      swap(&printer.text, &text)
    }
  }

  private init(style: Style, mayShare: Bool, marks: ReceiverTable) {
    self.style = style
    self.mayShare = mayShare
    walk.table = marks
  }

  private mutating func print(_ value: CloneValue) {
    guard let receiver = value.receiver else {
      printPrimitive(value)
      return
    }
    print(receiver)
    while walk.depth > 0 {
      let isFirst = !walk.hasListed
      let isFirstValue = !walk.hasListedValue
      if let item = walk.next() {
        printSeparator(before: item, isFirst: style == .exact ? isFirstValue : isFirst)
        if case .holes(let count) = item.place {
          printHoles(count)
        } else if let receiver = item.receiver {
          print(receiver)
        } else {
          printPrimitive(item.value)
        }
      } else if let receiver = walk.current {
        printEnd(of: receiver)
        walk.close()
      }
    }
  }

  // MARK: - Items

  private mutating func printSeparator(before item: ContentWalk.Item, isFirst: Bool) {
    switch item.place {
    case .holes where style == .exact: return
    case .mapValue:
      text.append(style == .exact ? "=>" : " => ")
      return
    case .buffer, .payload: return
    case .cause:
      printCauseName()
      return
    default: break
    }
    if !isFirst { text.append(comma) }
    switch item.place {
    case .property:
      if let key = item.key { print(key) }
      text.append(style == .exact ? ":" : ": ")
    case .element(let index) where style == .exact:
      text.append(ascii: UInt8(ascii: "\""))
      text.append(index)
      text.append("\":")
    default: break
    }
  }

  private mutating func printHoles(_ count: Int) {
    if style == .readable { text.append("<\(count) empty>") }
  }

  private mutating func printCauseName() {
    let hasMessage = walk.current.map { CloneErrorObject($0).message != nil } ?? false
    text.append(
      style == .exact ? ",cause:" : hasMessage ? ", cause: " : "cause: ")
  }

  private mutating func print(_ key: ClonePropertyKey) {
    if style == .exact {
      StringText.appendEscaped(key.name, to: &text)
    } else if let index = key.index {
      text.append(Int(index))
    } else if ClonePath.isIdentifier(key.name) {
      text.append(String(key.name))
    } else {
      StringText.appendReadable(key.name, to: &text)
    }
  }

  // MARK: - Primitives

  private mutating func printPrimitive(_ value: CloneValue) {
    switch value {
    case .undefined: text.append("undefined")
    case .null: text.append("null")
    case .boolean(let value): text.append(value ? "true" : "false")
    case .number(let number): text.append(ValuePrinter.numberText(number))
    case .bigint(let integer): print(integer)
    case .string(let string): print(string)
    default: break
    }
  }

  static func numberText(_ number: Double) -> String {
    number == 0 && number.sign == .minus ? "-0" : NumberText.string(number)
  }

  private mutating func print(_ integer: CloneBigInt) {
    if style == .exact {
      text.append(integer.signBit ? "-0x" : "0x")
      text.append(integer.hexDigits)
    } else {
      text.append(integer.description)
    }
    text.append(ascii: UInt8(ascii: "n"))
  }

  private mutating func print(_ string: CloneString) {
    if style == .exact {
      StringText.appendEscaped(string, to: &text)
    } else {
      StringText.appendReadable(string, to: &text)
    }
  }

  // MARK: - Receivers

  /// Notes which receivers have more than one mention; they alone are labelled in the readable style.
  private static func sharedReceivers(of root: Receiver) -> ReceiverTable {
    guard root.graph.mayShare else { return ReceiverTable() }
    var walk = ContentWalk()
    func visit(_ receiver: Receiver) {
      switch walk.table.insert(receiver, Mark.single) {
      case nil: walk.open(receiver)
      case Mark.single: walk.table.assign(Mark.shared, to: receiver)
      default: break
      }
    }
    visit(root)
    while walk.depth > 0 {
      if let item = walk.next() {
        if let receiver = item.receiver { visit(receiver) }
      } else {
        walk.close()
      }
    }
    return walk.table
  }

  private mutating func print(_ receiver: Receiver) {
    if style == .exact {
      printNumber(of: receiver)
    } else {
      printLabel(of: receiver)
    }
  }

  private mutating func printNumber(of receiver: Receiver) {
    text.append(ascii: UInt8(ascii: "#"))
    if mayShare, let known = walk.table.insert(receiver, UInt32(numberCount)) {
      text.append(Int(known))
      return
    }
    text.append(numberCount)
    text.append(ascii: UInt8(ascii: "="))
    numberCount += 1
    printStart(of: receiver)
  }

  private mutating func printLabel(of receiver: Receiver) {
    if mayShare, let mark = walk.table[receiver], mark >= Mark.shared {
      if mark > Mark.shared {
        text.append(ascii: UInt8(ascii: "*"))
        text.append(Int(mark - Mark.shared))
        return
      }
      numberCount += 1
      walk.table.assign(Mark.shared + UInt32(numberCount), to: receiver)
      text.append("&\(numberCount) ")
    }
    printStart(of: receiver)
  }

  /// Prints a leaf, or what stands before the contents of a container, which is opened.
  private mutating func printStart(of receiver: Receiver) {
    let record = receiver.record
    switch record.kind {
    case .object: text.append(ascii: UInt8(ascii: "{"))
    case .map: text.append("Map{")
    case .set: text.append("Set{")
    case .array:
      text.append(style == .exact ? "Array(\(receiver.arrayLength)){" : "[")
    case .error: printStart(of: CloneErrorObject(receiver))
    case .arrayBufferView:
      text.append(CloneArrayBufferView(receiver).kind.description)
      text.append(ascii: UInt8(ascii: "("))
    case .hostObject:
      text.append(String(CloneHostObject(receiver).interface))
      text.append(ascii: UInt8(ascii: "("))
    case .wasmMemory: text.append("WebAssembly.Memory(")
    case .date, .boxedPrimitive, .regExp, .arrayBuffer, .sharedArrayBuffer, .wasmModule,
      .sharedObject, .uncloneable:
      printLeaf(receiver)
      return
    }
    walk.open(receiver)
  }

  private mutating func printStart(of error: CloneErrorObject) {
    if style == .exact {
      text.append("Error(\"\(error.name)\"")
      if let message = error.message {
        text.append(",message:")
        print(message)
      }
      if let stack = error.stack {
        text.append(",stack:")
        print(stack)
      }
    } else {
      text.append("\(error.name)(")
      if let message = error.message { print(message) }
    }
  }

  private mutating func printEnd(of receiver: Receiver) {
    switch receiver.kind {
    case .array: text.append(style == .exact ? "}" : "]")
    case .object, .map, .set: text.append(ascii: UInt8(ascii: "}"))
    case .arrayBufferView:
      let view = CloneArrayBufferView(receiver)
      text.append("\(comma)\(view.byteOffset)\(comma)")
      text.append(
        view.isLengthTracking ? "tracking" : NumberText.string(receiver.cell(2).number ?? 0))
      text.append(ascii: UInt8(ascii: ")"))
    case .wasmMemory:
      let memory = CloneWasmMemory(receiver)
      text.append("\(comma)max:\(memory.maximumPages)\(memory.isMemory64 ? "\(comma)64" : ""))")
    default: text.append(ascii: UInt8(ascii: ")"))
    }
  }

  private mutating func printLeaf(_ receiver: Receiver) {
    let record = receiver.record
    switch record.kind {
    case .date:
      let time = CloneDate(receiver).millisecondsSince1970
      text.append(
        style == .exact || time.isNaN ? "Date(\(NumberText.string(time)))" : DateText.string(time))
    case .boxedPrimitive:
      let primitive = CloneBoxedPrimitive(receiver).primitive
      switch primitive {
      case .boolean: text.append("Boolean(")
      case .number: text.append("Number(")
      case .string: text.append("String(")
      default: text.append("BigInt(")
      }
      printPrimitive(primitive)
      text.append(ascii: UInt8(ascii: ")"))
    case .regExp: print(CloneRegExp(receiver))
    case .arrayBuffer: print(CloneArrayBuffer(receiver))
    case .sharedArrayBuffer:
      let buffer = CloneSharedArrayBuffer(receiver)
      text.append("SharedArrayBuffer(id:\(buffer.cloneID)\(comma)\(buffer.byteLength)")
      text.append(buffer.isGrowable ? "\(comma)max:\(buffer.maxByteLength))" : ")")
    case .wasmModule: text.append("WebAssembly.Module(id:\(record.extra))")
    case .sharedObject: text.append("SharedObject(\(record.extra))")
    default:
      text.append("Uncloneable(")
      print(CloneUncloneable(receiver).description)
      text.append(ascii: UInt8(ascii: ")"))
    }
  }

  private mutating func print(_ regExp: CloneRegExp) {
    if style == .exact {
      text.append("RegExp(")
      StringText.appendEscaped(regExp.escapedSource, to: &text)
      text.append(",\"\(regExp.flags.letters)\")")
    } else {
      text.append(ascii: UInt8(ascii: "/"))
      text.append(String(regExp.escapedSource))
      text.append("/\(regExp.flags.letters)")
    }
  }

  private mutating func print(_ buffer: CloneArrayBuffer) {
    text.append(buffer.isImmutable ? "ImmutableArrayBuffer(" : "ArrayBuffer(")
    if buffer.isDetached {
      text.append("detached")
    } else if style == .exact || buffer.byteLength <= ValuePrinter.shownBytes {
      text.append(hex: buffer.bytes)
    } else {
      text.append(hex: buffer.bytes.prefix(ValuePrinter.shownBytes))
      text.append("… \(buffer.byteLength) bytes")
    }
    if buffer.isResizable { text.append("\(comma)max:\(buffer.maxByteLength)") }
    text.append(ascii: UInt8(ascii: ")"))
  }
}
