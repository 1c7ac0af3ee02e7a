/// Makes one frozen graph of receivers that are told of one after the other, such as by another format's text.
///
/// A reader of such a text keeps the items of what is open on a stack of its own and hands them over when a receiver
/// is complete. What only the bytes of a payload show can be said as well: see ``Item``. Unlike
/// ``CloneGraphEditor`` it makes nothing for each receiver but its record.
///
/// The graph is not published before ``value(of:origin:)``, so that it may change until then.
package struct CloneGraphBuilder: ~Copyable {
  /// A value in the making: a primitive, or a receiver that is complete or going to be.
  package struct Item: BitwiseCopyable, Sendable {
    fileprivate let cell: Cell

    /// `undefined`.
    package static let undefined = Item(cell: .undefined)
    /// `null`.
    package static let null = Item(cell: .null)
    /// A hole of an array.
    package static let hole = Item(cell: .hole)
    /// A boolean.
    package static func boolean(_ value: Bool) -> Item { Item(cell: .boolean(value)) }
    /// A number that travels as an integer.
    package static func integer(_ value: Int32) -> Item { Item(cell: .int32(value)) }
    /// A number that travels as a double.
    package static func double(_ value: Double) -> Item { Item(cell: .double(value)) }

    /// Whether it is a hole.
    package var isHole: Bool { cell.isHole }
    /// The number, if it is one.
    package var number: Double? { cell.number }
    /// The boolean, if it is one.
    package var boolean: Bool? { cell == .true ? true : cell == .false ? false : nil }
    /// Whether it is a receiver.
    package var isReceiver: Bool { cell.isReceiver }
    /// The number of a receiver.
    package var receiverNumber: UInt32? { isReceiver ? cell.payload : nil }
    /// The receiver of a number that ``receiverNumber`` told.
    package static func receiver(_ number: UInt32) -> Item { Item(cell: .receiver(number)) }
  }

  private let graph = CloneGraph(cells: [], records: .none)

  /// Makes a builder of nothing.
  package init() {}

  /// The bytes that the graph takes so far.
  package var byteCount: Int {
    graph.input.count + MemoryLayout<Cell>.stride * graph.cells.count
      + MemoryLayout<Record>.stride * graph.records.count
  }

  /// How many receivers there are.
  package var receiverCount: Int { graph.records.count }

  /// How many more bytes of strings, big integers and buffers there is room for: offsets have 32 bits.
  package var room: Int { Int(UInt32.max) - graph.input.count }

  // MARK: - Primitives with content. The caller has seen to it that there is ``room``.

  /// The most bytes that stand before the content.
  package static let longestPrefix = 8

  /// A string of one-byte units.
  package func string(latin1 units: some Collection<UInt8>) -> Item {
    let offset = appendPrefix(WireTag.oneByteString, UInt64(units.count))
    graph.input.append(contentsOf: units)
    return Item(cell: .string(at: offset))
  }

  /// A string of two-byte units.
  package func string(twoByte units: some Collection<UInt16>) -> Item {
    let offset = appendPrefix(WireTag.twoByteString, UInt64(2 * units.count))
    for unit in units {
      graph.input.append(UInt8(truncatingIfNeeded: unit))
      graph.input.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    return Item(cell: .string(at: offset))
  }

  /// A big integer; a zero may have a sign, as in old releases.
  package func bigint(isNegative: Bool, magnitude: some Collection<UInt8>) -> Item {
    let offset = UInt32(graph.input.count)
    Varint.append(UInt64(magnitude.count) << 1 | (isNegative ? 1 : 0), to: &graph.input)
    graph.input.append(contentsOf: magnitude)
    return Item(cell: .bigint(at: offset))
  }

  /// A NaN of certain bits; `nil` if they are those of another number.
  package func nan(bits: UInt64) -> Item? {
    guard Double(bitPattern: bits).isNaN else { return nil }
    let offset = UInt32(graph.input.count)
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      graph.input.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    return Item(cell: .nan(at: offset))
  }

  private func appendPrefix(_ tag: UInt8, _ length: UInt64) -> UInt32 {
    let offset = UInt32(graph.input.count)
    graph.input.append(tag)
    Varint.append(length, to: &graph.input)
    return offset
  }

  /// The string that an item is, if it is one.
  package func string(of item: Item) -> CloneString? { graph.string(of: item.cell) }

  /// The string that an item is in two bytes a unit.
  package func twoByteString(of item: Item) -> Item? {
    string(of: item).map { string(twoByte: $0.units) }
  }

  /// The key that a string or a number means as the name of a property: an index, which travels as the item does if
  /// that is a number, or a name; `nil` for other items.
  package func propertyKey(_ item: Item) -> Item? {
    if let number = item.cell.number {
      guard UInt32(exactly: number) ?? .max != .max, number.sign == .plus else { return nil }
      return item
    }
    guard let name = graph.string(of: item.cell) else { return nil }
    return ClonePropertyKey.arrayIndex(name).map { Item(cell: .number(Double($0))) } ?? item
  }

  // MARK: - Receivers

  /// Begins a receiver, which can be mentioned from now on and has to be completed by one of the functions below.
  package func begin() -> Item {
    graph.records.append(.vacant)
    return Item(cell: .receiver(UInt32(graph.records.count - 1)))
  }

  /// Notes that a receiver is mentioned once more.
  package func noteReference() { graph.mayShare = true }

  private func complete(
    _ item: Item, _ kind: Record.Kind, flags: Record.Flags = [], detail: UInt16 = 0,
    count: Int = 0, extra: UInt32 = 0, _ items: some Collection<Item>
  ) {
    reserveCells(items.count)
    graph.records[Int(item.cell.payload)] = Record(
      kind: kind, flags: flags, detail: detail, start: UInt32(graph.cells.count),
      count: UInt32(count), extra: extra)
    for item in items { graph.cells.append(item.cell) }
  }

  private func reserveCells(_ count: Int) {
    guard graph.cells.capacity - graph.cells.count < count else { return }
    graph.cells.reserveCapacity(graph.cells.count + max(count, graph.cells.count / 2))
  }

  /// Which of two entries with equal keys counts.
  package enum Repetition {
    case refused
    /// The last value, in the place of the first.
    case lastWins
  }

  /// Completes an object of keys and values in turn; the keys are what ``propertyKey(_:)`` answers.
  ///
  /// - Returns: false if a key occurs twice and that is refused.
  package func completeObject(
    _ item: Item, _ properties: ArraySlice<Item>, _ repetition: Repetition = .refused
  ) -> Bool {
    var properties = properties
    guard dropRepeated(&properties, stride: 2, repetition) else { return false }
    var isUnordered = false
    var last = -1.0
    for position in stride(from: properties.startIndex, to: properties.endIndex, by: 2) {
      let index = properties[position].cell.number
      if let index, index < last { isUnordered = true }
      last = index ?? .infinity
    }
    complete(
      item, .object, flags: isUnordered ? .unordered : [], count: properties.count / 2, properties)
    return true
  }

  /// Completes an array in the dense form: elements and holes, and named properties.
  ///
  /// - Returns: false if a name occurs twice, or is an index or `length`.
  package func completeArray(
    _ item: Item, elements: ArraySlice<Item>, properties: ArraySlice<Item>
  ) -> Bool {
    guard let object = makeProperties(properties) else { return false }
    reserveCells(1 + elements.count)
    complete(item, .array, count: elements.count, [object])
    for element in elements { graph.cells.append(element.cell) }
    return true
  }

  /// Completes an array in the sparse form: elements by their indices, and named properties.
  ///
  /// - Returns: false if a key occurs twice or is `length`, or an index is not below the length.
  package func completeSparseArray(
    _ item: Item, length: UInt32, _ properties: ArraySlice<Item>
  ) -> Bool {
    var elements: [(index: Double, key: Cell, value: Cell)] = []
    var names: [Item] = []
    for position in stride(from: properties.startIndex, to: properties.endIndex, by: 2) {
      let key = properties[position]
      guard let index = key.cell.number else {
        names += properties[position...(position + 1)]
        continue
      }
      guard index < Double(length) else { return false }
      elements.append((index, key.cell, properties[position + 1].cell))
    }
    guard let object = makeProperties(names[...]) else { return false }
    elements.sort { $0.index < $1.index }
    for (element, next) in zip(elements, elements.dropFirst()) where element.index == next.index {
      return false
    }
    // Element by element if every index is there.
    if elements.count == Int(length), elements.allSatisfy({ $0.key.isInt32 }) {
      complete(item, .array, flags: .holey, count: elements.count, [object])
      for element in elements { graph.cells.append(element.value) }
      return true
    }
    complete(item, .array, flags: [.holey, .pairs], count: elements.count, extra: length, [object])
    for element in elements {
      graph.cells.append(element.key)
      graph.cells.append(element.value)
    }
    return true
  }

  /// The object that holds an array's named properties; `nil` if a name occurs twice or cannot be one.
  private func makeProperties(_ properties: ArraySlice<Item>) -> Item? {
    guard !properties.isEmpty else { return .undefined }
    for position in stride(from: properties.startIndex, to: properties.endIndex, by: 2) {
      guard let name = string(of: properties[position]), name != "length" else { return nil }
    }
    let object = begin()
    return completeObject(object, properties) ? object : nil
  }

  /// Completes a map of keys and values in turn.
  ///
  /// - Returns: false if a key occurs twice.
  package func completeMap(_ item: Item, _ entries: ArraySlice<Item>) -> Bool {
    var entries = entries
    for position in stride(from: entries.startIndex, to: entries.endIndex, by: 2) {
      entries[position] = CloneGraphBuilder.entryKey(entries[position])
    }
    guard dropRepeated(&entries, stride: 2, .refused) else { return false }
    complete(item, .map, count: entries.count / 2, entries)
    return true
  }

  /// Completes a set.
  ///
  /// - Returns: false if an element occurs twice.
  package func completeSet(_ item: Item, _ elements: ArraySlice<Item>) -> Bool {
    var elements = elements
    for position in elements.indices {
      elements[position] = CloneGraphBuilder.entryKey(elements[position])
    }
    guard dropRepeated(&elements, stride: 1, .refused) else { return false }
    complete(item, .set, count: elements.count, elements)
    return true
  }

  private static func entryKey(_ item: Item) -> Item {
    Item(cell: ValueDeserializer.entryKey(item.cell))
  }

  /// Looks for keys that occur twice; false if there are any and that is refused.
  private func dropRepeated(
    _ entries: inout ArraySlice<Item>, stride: Int, _ repetition: Repetition
  ) -> Bool {
    let count = entries.count / stride
    guard count > 1 else { return true }
    var places: [LookupKey: Int] = [:]
    if count >= KeyIndex.threshold { places.reserveCapacity(count) }
    var end = entries.startIndex
    for position in Swift.stride(from: entries.startIndex, to: entries.endIndex, by: stride) {
      let key = LookupKey(entries[position].cell, in: graph)
      let place =
        count >= KeyIndex.threshold
        ? places[key]
        : Swift.stride(from: entries.startIndex, to: end, by: stride).first {
          LookupKey(entries[$0].cell, in: graph) == key
        }
      if let place {
        guard repetition == .lastWins else { return false }
        if stride == 2 { entries[place + 1] = entries[position + 1] }
        continue
      }
      if count >= KeyIndex.threshold { places[key] = end }
      if end != position {
        for offset in 0..<stride { entries[end + offset] = entries[position + offset] }
      }
      end += stride
    }
    entries = entries[..<end]
    return true
  }

  /// Completes a date; the time is clipped as ``CloneDate/clip(_:)`` says.
  package func completeDate(_ item: Item, time: Double) {
    graph.records[Int(item.cell.payload)] = Record(date: CloneDate.clip(time))
  }

  /// Completes a boxed boolean, number, string or big integer; false for any other item.
  package func completeBoxedPrimitive(_ item: Item, _ primitive: Item) -> Bool {
    switch graph.value(of: primitive.cell) {
    case .boolean, .string, .bigint: complete(item, .boxedPrimitive, [primitive])
    case .number(let number):
      // It always travels as a double.
      complete(
        item, .boxedPrimitive, [primitive.cell.tag == .nan ? primitive : .double(number)])
    default: return false
    }
    return true
  }

  /// Completes a regular expression.
  package func completeRegExp(_ item: Item, source: Item, flags: CloneRegExp.Flags) {
    complete(item, .regExp, extra: flags.rawValue, [source])
  }

  /// Completes an error; what it does not have is `nil`.
  package func completeError(
    _ item: Item, _ name: CloneErrorObject.Name, message: Item?, stack: Item?, cause: Item?
  ) {
    complete(
      item, .error, detail: UInt16(name.rawValue),
      [message ?? .hole, stack ?? .hole, cause ?? .hole])
  }

  /// How a buffer is.
  package struct BufferFlags: OptionSet {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let immutable = BufferFlags(rawValue: 1)
    package static let detached = BufferFlags(rawValue: 2)
  }

  /// Completes an array buffer. The caller has seen to it that there is ``room`` for the bytes, and that a maximum is not
  /// below their number.
  package func completeArrayBuffer(
    _ item: Item, _ bytes: some Collection<UInt8>, maxByteLength: Int?, _ flags: BufferFlags
  ) {
    var recordFlags: Record.Flags = []
    if maxByteLength != nil { recordFlags.insert(.resizable) }
    if flags.contains(.immutable) { recordFlags.insert(.immutable) }
    if flags.contains(.detached) { recordFlags.insert(.detached) }
    complete(
      item, .arrayBuffer, flags: recordFlags, count: bytes.count,
      extra: UInt32(bytes.isEmpty ? 0 : graph.input.count),
      [maxByteLength.map { Item(cell: .number(Double($0))) } ?? .undefined])
    graph.input.append(contentsOf: bytes)
  }

  /// Completes the token of a shared buffer. The caller has seen to it that the lengths are below 2^53, and that a maximum
  /// is not below the length.
  package func completeSharedArrayBuffer(
    _ item: Item, cloneID: UInt32, byteLength: Int, maxByteLength: Int?, isWasmMemory: Bool
  ) {
    complete(
      item, .sharedArrayBuffer, flags: maxByteLength == nil ? [] : .resizable,
      detail: isWasmMemory ? 1 : 0, extra: cloneID,
      [
        Item(cell: .number(Double(byteLength))),
        maxByteLength.map { Item(cell: .number(Double($0))) } ?? .undefined,
      ])
  }

  /// Completes a view.
  ///
  /// - Parameters:
  ///   - byteLength: `nil` to track the length of its buffer.
  ///   - flags: what the payload had there, beyond what view and buffer tell.
  /// - Returns: false if the buffer is none, offset or length is no multiple of the element size, the view tracks the length
  ///   of a buffer that keeps it, or reaches beyond a buffer that keeps it.
  package func completeView(
    _ item: Item, _ kind: CloneArrayBufferView.Kind, on buffer: Item, byteOffset: Int,
    byteLength: Int?, flags: UInt32
  ) -> Bool {
    guard buffer.cell.isReceiver else { return false }
    let record = graph.records[Int(buffer.cell.payload)]
    let bufferLength: Int
    switch record.kind {
    case .arrayBuffer: bufferLength = Int(record.count)
    case .sharedArrayBuffer:
      bufferLength = graph.cells[Int(record.start)].number.flatMap { Int(exactly: $0) } ?? 0
    default: return false
    }
    let keepsLength = record.flags.isDisjoint(with: [.resizable, .detached])
    let (end, isTooLong) = byteOffset.addingReportingOverflow(byteLength ?? 0)
    guard byteOffset >= 0, byteLength ?? 0 >= 0, !isTooLong,
      byteOffset % kind.elementSize == 0, (byteLength ?? 0) % kind.elementSize == 0,
      !keepsLength || (byteLength != nil && end <= bufferLength)
    else { return false }
    complete(
      item, .arrayBufferView, flags: byteLength == nil ? .lengthTracking : [],
      detail: UInt16(kind.rawValue), extra: flags,
      [
        buffer, Item(cell: .number(Double(byteOffset))),
        Item(cell: .number(Double(byteLength ?? 0))),
      ])
    return true
  }

  /// Completes a host object.
  package func completeHostObject(_ item: Item, interface: Item, payload: Item, layout: UInt32) {
    complete(item, .hostObject, extra: layout, [interface, payload])
  }

  /// Completes a module.
  package func completeWasmModule(_ item: Item, transferID: UInt32) {
    complete(item, .wasmModule, extra: transferID, [])
  }

  /// Completes a memory; false if the buffer is no shared one.
  package func completeWasmMemory(
    _ item: Item, buffer: Item, maximumPages: Int32, isMemory64: Bool
  ) -> Bool {
    guard buffer.cell.isReceiver,
      graph.records[Int(buffer.cell.payload)].kind == .sharedArrayBuffer
    else { return false }
    complete(
      item, .wasmMemory, flags: isMemory64 ? .memory64 : [], [buffer, .integer(maximumPages)])
    return true
  }

  /// Completes a reference to a shared object.
  package func completeSharedObject(_ item: Item, index: UInt32) {
    complete(item, .sharedObject, extra: index, [])
  }

  /// Completes something that cannot be cloned.
  package func completeUncloneable(
    _ item: Item, _ kind: CloneUncloneable.Kind, description: Item
  ) {
    complete(item, .uncloneable, detail: UInt16(kind.rawValue), [description])
  }

  // MARK: - The end

  /// The value that an item is. All that was begun has to be complete.
  ///
  /// - Parameter origin: how the payload is laid out that the value stands for.
  package consuming func value(of item: Item, origin: CloneFormat? = nil) -> CloneValue {
    graph.origin = origin
    return graph.value(of: item.cell)
  }

  /// The bytes of a number that travels as a double.
  package func doubleBytes(of item: Item) -> [UInt8]? {
    if item.cell.tag == .nan {
      let offset = Int(item.cell.payload)
      return Array(graph.input[offset..<(offset + 8)])
    }
    guard item.cell.isDouble else { return nil }
    return (0..<8).map { UInt8(truncatingIfNeeded: item.cell.bits >> UInt64(8 * $0)) }
  }
}
