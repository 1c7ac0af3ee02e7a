import StructuredClone

/// What lives outside a payload: transferred buffers, host objects, shared memory; and cloning with a transfer list.
struct TransferTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    var decisions = Decisions(input.options)
    let buffers = [
      CloneArrayBuffer([1, 2, 3, 4, 5, 6, 7, 8]),
      CloneArrayBuffer([9, 10, 11, 12], maxByteLength: 16), CloneArrayBuffer([]),
    ]
    var deserializer = ValueDeserializer(
      input.payload, limits: decisions.flag() ? .small(&decisions) : .default,
      delegate: FuzzEmbedder())
    for (id, buffer) in buffers.enumerated() {
      deserializer.transferArrayBuffer(UInt32(id), buffer)
    }
    deserializer.transferArrayBuffer(3, CloneSharedArrayBuffer(cloneID: 3, byteLength: 8))
    do throws(CloneDecodingError) {
      let value = try calls.measure("readValue") { () throws(CloneDecodingError) in
        try deserializer.readHeader()
        return try deserializer.readValue()
      }
      calls.checkPrinting(value)
      // Engines count shared objects when they write references and not when they read them.
      if !value.hasSharedReferences || !value.debugDescription.contains("SharedObject(") {
        checkTransferred(value, buffers)
        calls.checkWriting(
          value, writer: FuzzEmbedder(), reader: FuzzEmbedder())
      }
      checkClone(value, buffers, &decisions)
      checkProfile(decisions.pick(FuzzTarget.knownProfiles), value, input.payload)
    } catch {
      calls.check(error, in: input.payload)
    }
  }

  /// Writes as an engine does, and without anyone who knows host objects.
  private func checkProfile(_ profile: CloneProfile, _ value: CloneValue, _ bytes: [UInt8]) {
    let embedders: [any ValueSerializerDelegate] = [FuzzEmbedder(), IgnorantEmbedder()]
    for embedder in embedders {
      let written = calls.attempt("encoded(profile:delegate:)") { () throws(DataCloneError) in
        try value.encoded(profile: profile, delegate: embedder)
      }
      switch written {
      case .failure(let error): calls.check(error)
      case .success(let written):
        let again = calls.attempt("CloneValue(decoding:profile:delegate:)") {
          () throws(CloneDecodingError) in
          try CloneValue(decoding: written, profile: profile, delegate: FuzzEmbedder())
        }
        if case .failure(let error) = again { calls.check(error, in: written) }
      }
    }
    let ignorant = calls.attempt("CloneValue(decoding:delegate:)") {
      () throws(CloneDecodingError) in
      try CloneValue(decoding: bytes, delegate: IgnorantEmbedder())
    }
    if case .failure(let error) = ignorant { calls.check(error, in: bytes) }
  }

  /// Buffers that are written as transfer ids are the same buffers when they are read.
  private func checkTransferred(_ value: CloneValue, _ buffers: [CloneArrayBuffer]) {
    var serializer = ValueSerializer(delegate: FuzzEmbedder())
    for (id, buffer) in buffers.enumerated() {
      serializer.transferArrayBuffer(UInt32(id), buffer)
    }
    serializer.writeHeader()
    let result = calls.attempt("writeValue with transfers") { () throws(DataCloneError) in
      try serializer.writeValue(value)
    }
    if case .failure(let error) = result { return calls.check(error) }
    let bytes = serializer.release()
    var deserializer = ValueDeserializer(bytes, delegate: FuzzEmbedder())
    for (id, buffer) in buffers.enumerated() {
      deserializer.transferArrayBuffer(UInt32(id), buffer)
    }
    do throws(CloneDecodingError) {
      try deserializer.readHeader()
      calls.requireEqual(value, try deserializer.readValue(), "transfers are read again")
    } catch {
      calls.fail("transfers can be read: \(error) in \(calls.hex(bytes))")
    }
  }

  /// Cloning moves the listed buffers, or changes nothing.
  private func checkClone(
    _ value: CloneValue, _ buffers: [CloneArrayBuffer], _ decisions: inout Decisions
  ) {
    var value = value
    let before = value
    let exact = value.debugDescription
    var transfer: [CloneValue] = []
    for _ in 0..<decisions.below(5) {
      switch decisions.below(8) {
      case 0..<3: transfer.append(.arrayBuffer(decisions.pick(buffers)))
      case 3: transfer.append(.arrayBuffer(CloneArrayBuffer([1])))
      case 4: transfer.append(.sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 1, byteLength: 1)))
      case 5: transfer.append(before)
      default: transfer.append(contentsOf: FuzzEmbedder.buffers(in: before).prefix(2))
      }
    }
    let result = calls.attempt("structuredClone") { () throws(DataCloneError) in
      try structuredClone(&value, transfer: transfer)
    }
    calls.require(before.debugDescription == exact, "another variable stays as it was")
    switch result {
    case .failure(let error):
      calls.check(error)
      calls.require(value.debugDescription == exact, "an error leaves the value untouched")
    case .success(let clone):
      calls.requireEqual(clone, before, "a clone is what the original was")
      calls.require(!clone.isReceiver || clone !== before, "a clone is another object")
      if transfer.isEmpty { calls.requireEqual(value, before, "nothing is transferred") }
      calls.checkPrinting(value)
      // A buffer that was moved away cannot be written.
      let written = calls.attempt("encoded") { () throws(DataCloneError) in
        try value.encoded(delegate: FuzzEmbedder())
      }
      if case .failure(let error) = written { calls.check(error) }
    }
  }
}
