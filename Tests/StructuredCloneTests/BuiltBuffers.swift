import StructuredClone
import Testing

/// Buffers, views on them, shared buffers and transfers.
struct BuiltBuffers: BuildsValues {
  static let cases = buffers() + views() + shared() + transfers()

  @Test(arguments: buffers()) func `buffers as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: views()) func `views as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: shared()) func `shared as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }
  @Test(arguments: transfers()) func `transfers as engines write them`(_ built: BuiltCase) throws {
    try built.check()
  }

  private static func buffer(_ bytes: UInt8...) -> CloneValue {
    .arrayBuffer(CloneArrayBuffer(bytes))
  }

  private static func zeroBuffer(_ count: Int) -> CloneValue { .arrayBuffer(zeros(count)) }

  /// The value after `structuredClone(…, {transfer: […]})` took one of its buffers away.
  static func detaching(_ gone: CloneValue, in value: CloneValue) -> CloneValue {
    var value = value
    do {
      _ = try structuredClone(&value, transfer: [gone])
    } catch {
      Issue.record("a transfer failed: \(error)")
    }
    return value
  }

  static func buffers() -> [BuiltCase] {
    var table = BuiltTable("buffers")
    for count in [0, 1, 2, 3, 8] {
      table.add("bytes-\(count)", .arrayBuffer(CloneArrayBuffer((0..<count).map { UInt8($0 + 1) })))
    }
    for count in [127, 128, 300] { table.add("zeros-\(count)", zeroBuffer(count)) }
    table.add("bytes-high", buffer(0, 127, 128, 255))
    table.add("sliced", buffer(2, 3))
    table.add("array", [zeroBuffer(0), zeroBuffer(1)])
    let two = zeroBuffer(2)
    table.add("repeated", [two, two])
    table.add("properties-dropped", zeroBuffer(1))
    table.add("subclass", zeroBuffer(2))

    // Engines before V8 11.3 do not know `maxByteLength` and make a buffer of fixed length.
    let resizable: [(Int, Int)] = [
      (0, 0), (0, 8), (1, 1), (2, 8), (8, 8), (4, 127), (4, 128), (4, 65536),
    ]
    for (count, maximum) in resizable {
      let bytes = (0..<count).map { UInt8($0 + 1) }
      let name = "resizable-\(count)-\(maximum)"
      table.add(name, on: .before("node20"), .arrayBuffer(CloneArrayBuffer(bytes)))
      table.add(
        name, on: .since("node20"), .arrayBuffer(CloneArrayBuffer(bytes, maxByteLength: maximum)))
    }
    var larger = zeros(1, max: 4)
    larger.resize(to: 3)
    table.add("resized-larger", .arrayBuffer(larger))
    var smaller = CloneArrayBuffer([7, 7, 7, 7], maxByteLength: 4)
    smaller.resize(to: 2)
    table.add("resized-smaller", .arrayBuffer(smaller))
    table.add("max-undefined", zeroBuffer(2))
    table.add("resizable-repeated", on: .before("node20"), [two, two])
    let growing = CloneValue.arrayBuffer(zeros(2, max: 4))
    table.add("resizable-repeated", on: .since("node20"), [growing, growing])
    table.add("transferred-away", buffer(1, 2))
    table.add("transferred-resized", buffer(1, 2, 0, 0))
    table.add("transferred-resizable", .arrayBuffer(zeros(2, max: 4)))
    table.add("transferred-to-fixed", zeroBuffer(2))

    let gone = zeroBuffer(4)
    table.add("detached", path: "$", detaching(gone, in: gone))
    table.add("detached-in-object", path: "$.gone", detaching(gone, in: ["a": 1, "gone": gone]))
    table.add("detached-by-transfer", path: "$", detaching(two, in: two))
    let viewed = zeros(4)
    table.add(
      "detached-view", path: "$.buffer",
      detaching(.arrayBuffer(viewed), in: viewing(.uint8, viewed)))
    table.add(
      "detached-data-view", path: "$.buffer",
      detaching(.arrayBuffer(viewed), in: viewing(.dataView, viewed)))
    return table.cases
  }

  static func views() -> [BuiltCase] {
    var table = BuiltTable("views")
    for kind in CloneArrayBufferView.Kind.allCases { viewsOfKind(kind, &table) }
    viewsWithContent(&table)
    viewsThatShare(&table)
    viewsOnResizableBuffers(&table)
    return table.cases
  }

  private static func viewsOfKind(_ kind: CloneArrayBufferView.Kind, _ table: inout BuiltTable) {
    // A DataView in these cases behaves as an array of bytes.
    let size = kind.elementSize
    table.add("\(kind)-empty", viewing(kind, zeros(0)))
    let ones = CloneArrayBuffer([UInt8](repeating: 1, count: 2 * size))
    table.add("\(kind)-whole", viewing(kind, ones))
    table.add("\(kind)-part", viewing(kind, zeros(4 * size), size, bytes: 2 * size))

    let fixed = zeros(2 * size)
    table.add(
      "\(kind)-resizable", on: .before("node20"), viewing(kind, fixed, size, bytes: size))
    table.add("\(kind)-tracking", on: .before("node20"), viewing(kind, fixed))
    table.add("\(kind)-tracking-offset", on: .before("node20"), viewing(kind, fixed, size))
    let resizable = zeros(2 * size, max: 4 * size)
    table.add(
      "\(kind)-resizable", on: .since("node20"), viewing(kind, resizable, size, bytes: size))
    table.add("\(kind)-tracking", on: .since("node20"), viewing(kind, resizable))
    table.add("\(kind)-tracking-offset", on: .since("node20"), viewing(kind, resizable, size))
  }

  /// A typed array with elements that are set one by one.
  private static func filled(
    _ kind: CloneArrayBufferView.Kind, _ elements: CloneValue...
  ) -> CloneValue {
    var view = view(kind, zeros(elements.count * kind.elementSize))
    for (index, element) in elements.enumerated() { view[index] = element }
    return .arrayBufferView(view)
  }

  private static func viewsWithContent(_ table: inout BuiltTable) {
    table.add("of-numbers", filled(.uint8, 1, 2, 3))
    table.add("of-doubles", filled(.float64, 0.5, -0.0, .number(.nan)))
    table.add("of-floats", filled(.float32, 0.1, .number(.infinity)))
    table.add("of-halves", filled(.float16, 0.1, -0.0, .number(.nan), 65504))
    table.add("of-bigints", filled(.bigInt64, .bigint(-1), .bigint(2)))
    table.add("clamped", filled(.uint8Clamped, 300, -5, 1.5))
    table.add("at-end", viewing(.uint8, zeros(4), 4))
    table.add("at-end-wide", viewing(.float64, zeros(8), 8))
    table.add("data-view-unaligned", viewing(.dataView, zeros(8), 3, bytes: 2))
    table.add("data-view-at-end", viewing(.dataView, zeros(4), 4))
    table.add("offset-128", viewing(.uint8, zeros(130), 128, bytes: 1))
    table.add("length-128", viewing(.uint8, zeros(130), 1, bytes: 128))
    table.add("subarray", viewing(.uint16, CloneArrayBuffer([1, 0, 2, 0, 3, 0]), 2))
    table.add("in-object", ["a": filled(.uint8, 1), "b": filled(.uint8, 2)])
    table.add("properties-dropped", filled(.uint8, 0))
    table.add("subclass", filled(.uint8, 1, 2))
    table.add("tag-hidden", filled(.uint8, 0))
    table.add("prototype-changed", filled(.uint8, 0, 0))
    table.add("prototype-object", [:])
    table.add("node-buffer", filled(.uint8, 1, 2, 3))
    table.add("node-buffer-part", viewing(.uint8, CloneArrayBuffer([1, 2, 3, 4]), 1, bytes: 2))
    table.add("node-buffer-allocated", filled(.uint8, 7, 7, 7))
    table.add("encoded", viewing(.uint8, CloneArrayBuffer(Array("\u{e9}".utf8))))
  }

  private static func viewsThatShare(_ table: inout BuiltTable) {
    let four = zeros(4)
    table.add(
      "two-on-one-buffer",
      [viewing(.uint8, four), viewing(.int16, four, 2, bytes: 2), .arrayBuffer(four)])
    let two = zeros(2)
    table.add("buffer-first", [.arrayBuffer(two), viewing(.uint8, two)])
    table.add("buffer-last", [viewing(.uint8, two), .arrayBuffer(two)])
    table.add(
      "buffer-between", [viewing(.uint8, two), .arrayBuffer(two), viewing(.dataView, two)])
    let view = viewing(.uint8, two)
    table.add("same-view-twice", [view, view])
    table.add("same-view-then-buffer", [view, view, .arrayBuffer(two)])
    table.add("same-view-then-buffer", [view, view, view.arrayBufferView?.buffer ?? nil])
    table.add("equal-views", [viewing(.uint8, two), viewing(.uint8, two)])
    let eight = zeros(8)
    table.add(
      "all-kinds-on-one-buffer",
      [
        viewing(.int8, eight), viewing(.uint16, eight), viewing(.float32, eight),
        viewing(.float64, eight), viewing(.bigUint64, eight), viewing(.dataView, eight),
      ])
    let one = zeros(1)
    let key = viewing(.uint8, one)
    table.add("in-map", map((key, .arrayBuffer(one))))
    table.add("in-set", set(key, .arrayBuffer(one)))
  }

  /// A view that was made on a resizable buffer before its length changed.
  private static func resized(_ view: CloneArrayBufferView, to lengths: Int...) -> CloneValue {
    var view = view
    for length in lengths { view.modifyBuffer { $0.resize(to: length) } }
    return .arrayBufferView(view)
  }

  private static func viewsOnResizableBuffers(_ table: inout BuiltTable) {
    let four = zeros(4, max: 8)
    table.add("tracking-grown", resized(view(.uint8, four), to: 8))
    table.add("tracking-shrunk", resized(view(.uint8, four), to: 1))
    table.add("tracking-shrunk-uneven", resized(view(.uint32, zeros(8, max: 8)), to: 6))
    table.add("tracking-empty", on: .before("node20"), viewing(.uint8, zeros(0)))
    table.add("tracking-empty", on: .since("node20"), viewing(.uint8, zeros(0, max: 0)))
    table.add("tracking-at-end", on: .before("node20"), viewing(.uint8, zeros(4), 4))
    table.add("tracking-at-end", on: .since("node20"), viewing(.uint8, zeros(4, max: 4), 4))
    let fixed = zeros(4)
    table.add(
      "tracking-two", on: .before("node20"),
      [viewing(.uint8, fixed), viewing(.uint8, fixed, 2), .arrayBuffer(fixed)])
    table.add(
      "tracking-two", on: .since("node20"),
      [viewing(.uint8, four), viewing(.uint8, four, 2), .arrayBuffer(four)])
    table.add(
      "resizable-fixed-empty", on: .before("node20"), viewing(.uint8, fixed, 0, bytes: 0))
    table.add(
      "resizable-fixed-empty", on: .since("node20"), viewing(.uint8, four, 0, bytes: 0))
    table.add(
      "resizable-fixed-and-tracking", on: .before("node20"),
      [viewing(.uint8, fixed, 0, bytes: 4), viewing(.uint8, fixed)])
    table.add(
      "resizable-fixed-and-tracking", on: .since("node20"),
      [viewing(.uint8, four, 0, bytes: 4), viewing(.uint8, four)])
    table.add("back-in-bounds", resized(view(.uint8, four, 2, bytes: 2), to: 1, 4))

    table.add("out-of-bounds", path: "$", resized(view(.uint8, four, 2, bytes: 2), to: 1))
    table.add("out-of-bounds-tracking", path: "$", resized(view(.uint8, four, 2), to: 1))
    table.add(
      "out-of-bounds-data-view", path: "$", resized(view(.dataView, four, 2, bytes: 2), to: 1))
    table.add(
      "out-of-bounds-data-view-tracking", path: "$", resized(view(.dataView, four, 2), to: 1))
    let outside = resized(view(.uint8, four, 2, bytes: 2), to: 1)
    table.add(
      "out-of-bounds-in-array", path: "$[1]", [outside.arrayBufferView?.buffer ?? nil, outside])
  }

  private static func sharedView(
    _ kind: CloneArrayBufferView.Kind, _ buffer: CloneSharedArrayBuffer, _ offset: Int = 0,
    bytes: Int? = nil
  ) -> CloneValue {
    guard
      let view = CloneArrayBufferView(kind, on: buffer, byteOffset: offset, byteLength: bytes)
    else { preconditionFailure("a view out of range") }
    return .arrayBufferView(view)
  }

  static func shared() -> [BuiltCase] {
    var table = BuiltTable("shared")
    func token(_ length: Int, id: UInt32 = 0, max: Int? = nil) -> CloneSharedArrayBuffer {
      CloneSharedArrayBuffer(cloneID: id, byteLength: length, maxByteLength: max)
    }
    func add(_ name: String, on engines: BuiltCase.Engines = .all, _ value: CloneValue) {
      table.add(name, on: engines, namesTokens: true, path: "$", value)
    }
    let four = token(4)
    let buffer = CloneValue.sharedArrayBuffer(four)
    add("buffer", buffer)
    add("empty", .sharedArrayBuffer(token(0)))
    add("twice", [buffer, buffer])
    add("two", [.sharedArrayBuffer(token(1)), .sharedArrayBuffer(token(2, id: 1))])
    add("view", sharedView(.uint8, four))
    add("view-offset", sharedView(.int32, token(8), 4, bytes: 4))
    add("data-view", sharedView(.dataView, four, 1))
    add("view-and-buffer", [sharedView(.uint8, four), buffer])
    add("with-buffer", [.sharedArrayBuffer(token(1)), zeroBuffer(1)])
    let growable = token(4, max: 8)
    add("growable", .sharedArrayBuffer(growable))
    add("growable-view", sharedView(.uint8, growable, bytes: 2))
    add("growable-tracking", on: .before("node20"), sharedView(.uint8, four))
    add("growable-tracking", on: .since("node20"), sharedView(.uint8, growable))
    add("growable-tracking-offset", on: .before("node20"), sharedView(.uint16, four, 2))
    add("growable-tracking-offset", on: .since("node20"), sharedView(.uint16, growable, 2))
    add("growable-data-view", on: .before("node20"), sharedView(.dataView, four, 1))
    add("growable-data-view", on: .since("node20"), sharedView(.dataView, growable, 1))

    let page = CloneSharedArrayBuffer(cloneID: 0, byteLength: 65536, isWasmMemory: true)
    let memory = CloneValue.wasmMemory(CloneWasmMemory(on: page, maximumPages: 2))
    add("wasm-memory", memory)
    let wider = CloneValue.wasmMemory(CloneWasmMemory(on: page, maximumPages: 3))
    table.add(
      "wasm-memory-and-buffer", namesTokens: true, path: "$[0]", [wider, .sharedArrayBuffer(page)])
    // V8 8.4 refuses the buffer of a memory in a way of its own.
    let others = BuiltCase.Engines.only("node16", "node18", "node20", "node22", "node24", "deno")
    add("wasm-memory-buffer", on: others, .sharedArrayBuffer(page))
    add("wasm-memory-view", on: others, sharedView(.uint8, page, bytes: 2))
    return table.cases
  }

  static func transfers() -> [BuiltCase] {
    var table = BuiltTable("transfers")
    let four = zeros(4)
    let eight = zeros(8)
    let first = CloneValue.arrayBuffer(four)
    let second = CloneValue.arrayBuffer(eight)
    table.add("buffer", transfer: [four], first)
    let none = zeros(0)
    table.add("empty-buffer", transfer: [none], .arrayBuffer(none))
    table.add("twice", transfer: [four], [first, first])
    table.add("view", transfer: [four], viewing(.uint8, four, 0, bytes: 3))
    table.add("view-offset", transfer: [four], viewing(.uint16, four, 2, bytes: 2))
    table.add("data-view", transfer: [four], viewing(.dataView, four))
    table.add("view-and-buffer", transfer: [four], [viewing(.uint8, four), first])
    table.add("buffer-and-view", transfer: [four], [first, viewing(.uint8, four)])
    table.add("two-buffers", transfer: [four, eight], [first, second])
    table.add("two-buffers-reversed", transfer: [four, eight], [second, first])
    table.add("second-only", transfer: [four, eight], ["b": second])
    table.add(
      "two-views", transfer: [four, eight],
      [viewing(.uint8, four), viewing(.float64, eight), viewing(.dataView, eight, 4)])
    table.add("unused", transfer: [four], ["a": 1])
    table.add("with-plain-buffer", transfer: [four], [first, zeroBuffer(2)])
    table.add("in-map", transfer: [four], map((first, viewing(.uint8, four, 0, bytes: 2))))
    table.add("in-set", transfer: [four, eight], set(first, second))
    let nines = CloneArrayBuffer([9, 9])
    table.add("contents-ignored", transfer: [nines], .arrayBuffer(nines))
    if let detached = detaching(first, in: first).arrayBuffer {
      table.add("detached", transfer: [detached], .arrayBuffer(detached))
    }
    table.add("slice-is-copied", transfer: [four], [first, zeroBuffer(1)])
    table.add("node-buffer", transfer: [four], viewing(.uint8, four))
    table.add("two-byte-after", transfer: [four], [first, "\u{20ac}"])
    return table.cases
  }
}
