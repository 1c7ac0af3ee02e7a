extension CloneValue {
  /// The bytes of the value with a header.
  ///
  /// - Parameter profile: the engine whose bytes are written. Without one, an object that was decoded and
  ///   never changed is written in the layout in which it was read, anything else by
  ///   ``CloneProfile/default``.
  /// - Throws: what cannot be written, and the path to it.
  public func encoded(
    profile: CloneProfile? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) -> [UInt8] {
    if let bytes = payloadOfLiteral(profile, depth: limits.depth) {
      return bytes
    }
    var serializer = serializer(profile, limits, delegate)
    return try serializer.payload(of: self)
  }

  private func payloadOfLiteral(_ profile: CloneProfile?, depth: Int) -> [UInt8]? {
    // Not by `receiver`, which looks at all kinds.
    switch self {
    case .object(let object): object.receiver.graph.payloadOfLiteral(profile, depth: depth)
    case .array(let array): array.receiver.graph.payloadOfLiteral(profile, depth: depth)
    default: nil
    }
  }

  /// How many bytes ``encoded(profile:limits:delegate:)`` makes, exactly, without making them.
  ///
  /// The value is walked as if it were written, so that the delegate is asked the same questions.
  ///
  /// - Throws: what cannot be written, and the path to it.
  public func encodedSize(
    profile: CloneProfile? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) -> Int {
    var serializer = serializer(profile, limits, delegate)
    serializer.writeHeader()
    return try serializer.count + serializer.measure(self, isOnly: true)
  }

  /// Appends what ``encoded(profile:limits:delegate:)`` makes, the header included, to a buffer that may be used
  /// again and again.
  ///
  /// The bytes are those of a payload of its own, whatever is before them: two-byte strings are aligned within it.
  ///
  /// - Throws: what cannot be written, and the path to it. The buffer is then as it was, but for its capacity.
  public func encode(
    into buffer: inout [UInt8], profile: CloneProfile? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) {
    var serializer = serializer(profile, limits, delegate)
    let start = buffer.count
    swap(&serializer.output, &buffer)
    defer { swap(&serializer.output, &buffer) }
    serializer.payloadStart = start
    serializer.writeHeader()
    do {
      try serializer.write(self, isOnly: true)
    } catch {
      serializer.output.removeSubrange(start...)
      throw error
    }
  }

  /// Appends what ``encoded(profile:limits:delegate:)`` makes to memory of the caller's, without an array between: that
  /// of an array or a `Data` that is being made, or of anything else that lends its free room as a span.
  ///
  /// ``encodedSize(profile:limits:delegate:)`` tells how much room it takes; where there is less, the error does.
  ///
  /// - Throws: ``DataCloneError/Reason/insufficientRoom(_:)`` with the number of bytes that the value takes, or what cannot
  ///   be written, and the path to it. Nothing is appended then, but the room may have been written to.
  public func encode(
    into span: inout OutputSpan<UInt8>, profile: CloneProfile? = nil,
    limits: CloneLimits = .default, delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) {
    var failure: DataCloneError?
    unsafe span.withUnsafeMutableBufferPointer { block, count in
      // The room that is lent is not used after the closure.
      failure = unsafe fill(
        UnsafeMutableRawBufferPointer(block), from: &count,
        serializer(profile, limits, delegate))
    }
    if let failure { throw failure }
  }

  /// The same for untyped memory, such as a SwiftNIO `ByteBuffer` lends.
  ///
  /// - Throws: ``DataCloneError/Reason/insufficientRoom(_:)`` with the number of bytes that the value takes, or what cannot
  ///   be written, and the path to it. Nothing is appended then, but the room may have been written to.
  public func encode(
    into span: inout OutputRawSpan, profile: CloneProfile? = nil, limits: CloneLimits = .default,
    delegate: (any ValueSerializerDelegate)? = nil
  ) throws(DataCloneError) {
    var failure: DataCloneError?
    unsafe span.withUnsafeMutableBytes { block, count in
      // The room that is lent is not used after the closure.
      failure = unsafe fill(block, from: &count, serializer(profile, limits, delegate))
    }
    if let failure { throw failure }
  }

  /// Writes a payload to a block behind so many bytes, which become more if there is room for it; answers why not.
  private func fill(
    _ block: UnsafeMutableRawBufferPointer, from count: inout Int, _ serializer: ValueSerializer
  ) -> DataCloneError? {
    var serializer = serializer
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: block[count...])
    do throws(DataCloneError) {
      let size = unsafe try serializer.writePayload(self, to: room)
      guard size <= room.count else { return .insufficientRoom(size) }
      count += size
      return nil
    } catch {
      return error
    }
  }

  private func serializer(
    _ profile: CloneProfile?, _ limits: CloneLimits, _ delegate: (any ValueSerializerDelegate)?
  ) -> ValueSerializer {
    let settings =
      if let profile { WritingSettings(profile: profile, format: nil) } else {
        WritingSettings(profile: .default, format: receiver?.graph.origin)
      }
    return ValueSerializer(settings, limits: limits, delegate: delegate)
  }
}
