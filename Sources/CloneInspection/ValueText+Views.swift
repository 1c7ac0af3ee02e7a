import StructuredClone

/// Typed arrays and `DataView`s.
extension ValueText {
  mutating func addView(_ view: CloneArrayBufferView) {
    let value = CloneValue.arrayBufferView(view)
    if view.kind == .dataView {
      openFrame(.parts, value, name: "DataView")
      addEntry(entry("byteLength", view.byteLength))
      addEntry(entry("byteOffset", view.byteOffset))
      if view.isLengthTracking { addEntry(flag("[lengthTracking]")) }
      if view.isOutOfBounds { addEntry(flag("[outOfBounds]")) }
      return
    }
    // The buffer behind a typed array is shown where it says something: it is more than the array shows,
    // or someone else mentions it.
    let showsBuffer =
      view.buffer.receiver.flatMap { sharing.number(of: $0) } != nil || !view.isWholeBuffer
    let name = "\(view.kind)(\(view.count))"
    guard view.count > 0 || showsBuffer else {
      layout.append(StyledText(name + " []"))
      return
    }
    openFrame(.array, value, name: name, showsContents: showsBuffer)
    if showsBuffer { frames[frames.count - 1].isHeld = true }
    // Many views on one buffer would print it many times over, so those are always cut.
    let limit =
      showsBuffer ? min(options.mostItems, InspectionOptions().mostItems) : options.mostItems
    // No elements of a shared buffer, whose memory is not read.
    let bytes = view.bytes
    let shown = min(bytes.count / view.kind.elementSize, limit)
    for index in 0..<shown {
      addEntry(primitiveText(view.element(index, in: bytes)), isNumber: true, isShort: true)
    }
    let rest = view.count - shown
    if rest > 0 { addRest(rest) }
    guard showsBuffer else { return }
    groupElements(hasRest: rest > 0)
    if view.byteOffset > 0 { addEntry(entry("[byteOffset]", view.byteOffset)) }
    if view.isLengthTracking { addEntry(flag("[lengthTracking]")) }
    if view.isOutOfBounds { addEntry(flag("[outOfBounds]")) }
  }

  /// Sets the elements of a typed array in lines before its hidden properties are added.
  private mutating func groupElements(hasRest: Bool) {
    endEntry()
    guard let top = frames.indices.last else { return }
    frames[top].isHeld = false
    guard frames[top].entryCount > 1 else { return }
    let body = frames[top].body
    if frames[top].entryCount > 6 {
      frames[top].isMultiline = layout.group(
        body: body, depth: depth - 1, isNumeric: true, separate: hasRest ? 1 : 0)
    } else {
      frames[top].entriesWidth += 2 * (frames[top].entryCount - 1)
      frames[top].entryCount = 1
      layout.joinEntries(body: body)
    }
  }
}

extension CloneArrayBufferView {
  /// Whether the view shows all there is to know about its buffer.
  fileprivate var isWholeBuffer: Bool {
    guard case .arrayBuffer(let buffer) = buffer else { return false }
    return byteOffset == 0 && byteLength == buffer.byteLength && !isLengthTracking
      && !buffer.isResizable && !buffer.isImmutable && !buffer.isDetached
  }
}
