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
    var serializer = serializer(profile, limits, delegate)
    serializer.output.reserveCapacity(
      ValueSerializer.longestHeader + ValueSerializer.estimatedSize(of: self))
    serializer.writeHeader()
    try serializer.write(self, isOnly: true)
    return serializer.release()
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

  private func serializer(
    _ profile: CloneProfile?, _ limits: CloneLimits, _ delegate: (any ValueSerializerDelegate)?
  ) -> ValueSerializer {
    let settings =
      profile.map { WritingSettings(profile: $0, format: nil) }
      ?? WritingSettings.of(receiver?.graph.origin)
    return ValueSerializer(settings, limits: limits, delegate: delegate)
  }
}
