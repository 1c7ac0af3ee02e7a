import StructuredClone

/// The initializers that take text, units, bytes and numbers.
struct StringsTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let option = input.options.first ?? 0
    let bytes = input.payload
    switch option & 7 {
    case 0, 1: checkString(bytes, form: option >> 3)
    case 2: checkBigInt(bytes, isNegative: option & 8 != 0)
    case 3: checkNumbers(bytes)
    case 4: checkKey(bytes, form: option >> 3)
    case 5: checkBuffers(bytes, decisions: Decisions(bytes.reversed()))
    case 6: checkNames(bytes, form: option >> 3)
    default: checkObjects(bytes, form: option >> 3)
    }
  }

  private func checkString(_ bytes: [UInt8], form: UInt8) {
    let string = calls.measure("CloneString") { FuzzText.string(bytes, form: form) }
    let units = Array(string.utf16)
    calls.require(units.count == string.utf16Count, "as many units as are counted")
    let others = [CloneString(utf16: units), CloneString(twoByte: units)]
    for other in others {
      calls.require(
        other == string && other.hashValue == string.hashValue, "storage does not count")
      calls.require(!(other < string) && !(string < other), "equal strings have no order")
    }
    calls.require(string.debugDescription == others[1].debugDescription, "nor in the exact text")
    let text = calls.measure("String(CloneString)") { String(string) }
    if let exact = String(exactly: string) {
      calls.require(exact == text, "exact text is the text")
      calls.require(CloneString(exact) == string, "text without lone surrogates is kept")
    } else {
      calls.require(text.unicodeScalars.contains("\u{FFFD}"), "a lone surrogate is replaced")
    }
    calls.checkPrinting(.string(string))
    calls.checkWriting(.string(string))
  }

  private func checkBigInt(_ bytes: [UInt8], isNegative: Bool) {
    let integer = CloneBigInt(isNegative: isNegative, magnitude: bytes)
    calls.require(integer.magnitude.last != 0, "a magnitude has no leading zeros")
    calls.require(
      CloneBigInt(isNegative: isNegative, magnitude: bytes + [0, 0]) == integer, "zeros are nothing"
    )
    let text = calls.measure("CloneBigInt.description") { integer.description }
    if let small = Int64(exactly: integer) {
      calls.require(CloneBigInt(small) == integer && String(small) == text, "an Int64 is kept")
    }
    if let wide = Int128(exactly: integer) {
      calls.require(CloneBigInt(wide) == integer && String(wide) == text, "an Int128 is kept")
    }
    if let positive = UInt64(exactly: integer) {
      calls.require(CloneBigInt(positive) == integer, "a UInt64 is kept")
    }
    if let byte = Int8(exactly: integer) {
      calls.require(CloneBigInt(byte) == integer, "an Int8 is kept")
    }
    calls.checkPrinting(.bigint(integer))
    calls.checkWriting(.bigint(integer))
    if let boxed = CloneBoxedPrimitive(.bigint(integer)) {
      calls.checkWriting(.boxedPrimitive(boxed))
    }
  }

  private func checkNumbers(_ bytes: [UInt8]) {
    var bits: [UInt64] = []
    for start in stride(from: 0, to: bytes.count, by: 8) {
      bits.append(bytes[start..<min(bytes.count, start + 8)].reduce(0) { $0 << 8 | UInt64($1) })
    }
    let numbers = bits.map { Double(bitPattern: $0) }
    for (bits, number) in zip(bits, numbers) {
      let date = CloneDate(millisecondsSince1970: number)
      let time = date.millisecondsSince1970
      calls.require(date.isValid == !time.isNaN, "a date is valid or NaN")
      calls.require(CloneDate.clip(time) == time || time.isNaN, "clipping twice is clipping once")
      calls.checkPrinting(.date(date))
      calls.checkPrinting(.number(number))
      calls.checkWriting([.date(date), .number(number)])
      let integer = Int64(bitPattern: bits)
      if let value = CloneValue(exactly: integer) {
        calls.require(value.number.flatMap { Int64(exactly: $0) } == integer, "exact is exact")
      }
      calls.require(Int64(exactly: CloneBigInt(integer)) == integer, "an Int64 is kept")
      let key = ClonePropertyKey(Int(integer))
      calls.require(ClonePropertyKey(key.name) == key, "an integer key is the key of its text")
    }
    calls.checkWriting(.array(CloneArray(numbers: numbers)))
    let view = CloneArrayBufferView(.float64, on: CloneArrayBuffer(bytes))
    calls.require((view != nil) == bytes.count.isMultiple(of: 8), "a view needs whole elements")
  }

  private func checkKey(_ bytes: [UInt8], form: UInt8) {
    let name = FuzzText.string(bytes, form: form)
    let key = ClonePropertyKey(name)
    calls.require(key.name == name, "a key keeps its name")
    if let index = key.index {
      calls.require(ClonePropertyKey(Int(index)) == key, "an index is its text")
    }
    let properties: [(ClonePropertyKey, CloneValue)] = [(key, 1), ("other", 2), (key, 3)]
    let object: CloneValue = .object(CloneObject(properties))
    calls.require(object[key] == 3, "the last value of a key wins")
    calls.checkPrinting(object)
    calls.checkWriting(object)
    var array = CloneArray()
    array.properties[key] = 1
    calls.checkPrinting(.array(array))
    calls.checkWriting(.array(array))
    let path = ClonePath([.property(key), .element(1), .mapKey(0), .section("cause")])
    calls.require(!path.description.isEmpty, "a path has a text")
  }

  /// Buffers, and views on them at any place.
  private func checkBuffers(_ bytes: [UInt8], decisions: Decisions) {
    var decisions = decisions
    let buffers: [CloneValue] = [
      .arrayBuffer(CloneArrayBuffer(bytes)),
      .arrayBuffer(CloneArrayBuffer(bytes, maxByteLength: bytes.count + decisions.below(9))),
      .arrayBuffer(CloneArrayBuffer(bytes, isImmutable: true)),
    ]
    let kind = decisions.pick(CloneArrayBufferView.Kind.allCases)
    let offset = decisions.pick([0, 1, 2, 8, bytes.count, -1, .max, .min])
    let length = decisions.pick([nil, 0, 1, 4, 8, bytes.count, -1, .max])
    if let buffer = decisions.pick(buffers).arrayBuffer,
      let view = CloneArrayBufferView(kind, on: buffer, byteOffset: offset, byteLength: length)
    {
      calls.require(view.bytes.count == view.byteLength, "a view has as many bytes as it says")
      calls.require(view.elements.count == view.count, "and as many elements")
      for (index, element) in view.elements.enumerated() {
        calls.require(view[index] == element, "an element is what the index says")
      }
      calls.require(view[view.count].isUndefined && view[-1].isUndefined, "nothing is outside")
      var changed = view
      // One NaN of many is written, as in an engine.
      for (index, element) in view.elements.enumerated() where element.number?.isNaN != true {
        changed[index] = element
      }
      calls.requireEqual(
        .arrayBufferView(view), .arrayBufferView(changed), "setting what was read changes nothing")
      calls.checkPrinting(.arrayBufferView(view))
      calls.checkWriting(.arrayBufferView(view))
    }
    let shared = CloneSharedArrayBuffer(
      cloneID: 3, byteLength: bytes.count, maxByteLength: decisions.flag() ? bytes.count + 8 : nil)
    if let view = CloneArrayBufferView(.int8, on: shared) {
      calls.require(view.elements.isEmpty, "shared memory is not read")
      calls.checkPrinting(.arrayBufferView(view))
    }
    calls.checkPrinting(
      .wasmMemory(CloneWasmMemory(on: shared, maximumPages: Int32(bytes.count), isMemory64: true)))
  }

  private func checkNames(_ bytes: [UInt8], form: UInt8) {
    let name = FuzzText.string(bytes, form: form)
    let text = String(name)
    if let profile = CloneProfile(named: text) {
      calls.require(
        profile.name == text || profile.aliases.contains(text), "a profile has the name")
    }
    if let flags = CloneRegExp.Flags(letters: text) {
      calls.require(CloneRegExp.Flags(letters: flags.letters) == flags, "letters give flags again")
    }
    let kinds = CloneUncloneable.Kind.allCases
    let value: CloneValue = .uncloneable(
      CloneUncloneable(kinds[bytes.count % kinds.count], description: name))
    calls.checkPrinting(value)
    calls.require(calls.checkWriting([value]) == nil, "what cannot be cloned is not written")
    let host: CloneValue = .hostObject(CloneHostObject(interface: name, payload: .string(name)))
    calls.checkPrinting(host)
    calls.require(calls.checkWriting(host) == nil, "a host object needs a delegate")
  }

  private func checkObjects(_ bytes: [UInt8], form: UInt8) {
    let text = FuzzText.string(bytes, form: form)
    let name = CloneErrorObject.Name.allCases[bytes.count % CloneErrorObject.Name.allCases.count]
    let error = CloneErrorObject(name, message: text, stack: text, cause: .string(text))
    calls.checkPrinting(.error(error))
    calls.checkWriting(.error(error))
    let holey = CloneArray(holey: bytes.map { $0 & 3 == 0 ? nil : CloneValue(Double($0)) })
    calls.checkPrinting(.array(holey))
    calls.checkWriting(.array(holey))
    let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    calls.checkPrinting(.array(CloneArray(count: length)))
    calls.checkWriting(.array(CloneArray(count: length)))
    let values = bytes.map { CloneValue(Double($0)) }
    calls.checkWriting(.set(CloneSet(values)))
    calls.checkWriting(.map(CloneMap(zip(values, values.reversed()))))
    let format = CloneFormat(
      version: UInt32(length & 0xFFFF_FFFF), stackBeforeCause: form & 1 != 0,
      viewFlags: form & 2 != 0)
    var serializer = ValueSerializer(format: format)
    serializer.writeHeader()
    let written = calls.attempt("writeValue") { () throws(DataCloneError) in
      try serializer.writeValue(.error(error))
    }
    if case .failure(let error) = written { calls.check(error) }
  }
}
