import BlinkClone
import ElectronClone
import NodeClone
import StructuredClone

/// Tries one kind of outermost layer after the other, those that leave the least to chance first.
struct Detector {
  /// A version and a value.
  static let fewestBytes = 2

  private static let versionTag: UInt8 = 0xFF
  private static let hostObjectTag: UInt8 = 0x5C
  /// Versions of V8's format that are in use.
  private static let v8Versions: ClosedRange<UInt8> = 13...16

  let limits: CloneLimits

  func detect(_ bytes: [UInt8]) -> CloneDetection? {
    testReporter(bytes) ?? channel(bytes) ?? stored(bytes, at: 0) ?? record(bytes)
      ?? exchanged(bytes) ?? withoutHeader(bytes)
  }

  // MARK: - Node's streams

  private func channel(_ bytes: [UInt8]) -> CloneDetection? {
    let prefix = NodeFrame.prefixLength
    guard bytes.count > prefix + 2, bytes[prefix] == Detector.versionTag,
      Detector.v8Versions.contains(bytes[prefix + 1])
    else { return nil }
    let length = NodeFrame.length(in: bytes, at: 0)
    guard length >= Detector.fewestBytes else { return nil }
    var decoder = NodeChannelDecoder(limits: limits)
    decoder.append(bytes)
    var layers: [CloneLayer] = []
    var messages: [CloneValue] = []
    do throws(NodeStreamError) {
      var offset = 0
      while let message = try decoder.next() {
        layers += [
          CloneLayer(.nodeFrame(length: decoder.position - offset - prefix), at: offset),
          CloneLayer(.v8(version: UInt32(bytes[offset + prefix + 1])), at: offset + prefix),
        ]
        messages.append(message)
        offset = decoder.position
      }
      try decoder.finish()
      return CloneDetection(
        layers: layers, dialect: .nodeChannel, certainty: .certain, values: .success(messages),
        innermost: bytes, trailingByteCount: 0)
    } catch {
      // The bytes of some other payload may look like a length; with a whole message before it is none.
      guard !messages.isEmpty || length <= bytes.count - prefix else { return nil }
      if layers.isEmpty {
        layers = [
          CloneLayer(.nodeFrame(length: length), at: 0),
          CloneLayer(.v8(version: UInt32(bytes[prefix + 1])), at: prefix),
        ]
      }
      return CloneDetection(
        layers: layers, dialect: .nodeChannel, certainty: .likely,
        values: .failure(CloneDetectionError(error.description)), innermost: bytes,
        trailingByteCount: bytes.count - error.offset)
    }
  }

  private func testReporter(_ bytes: [UInt8]) -> CloneDetection? {
    var decoder = NodeTestReporterDecoder(
      limits: CloneLimits(inputSize: min(limits.inputSize, 1 << 28)))
    decoder.append(bytes)
    var events: [CloneValue] = []
    // How much text is before the first event.
    var first = 0
    var failure: CloneDetectionError?
    do throws(NodeStreamError) {
      while let item = try decoder.next() {
        switch item {
        case .event(let event): events.append(event)
        case .text(let text): if events.isEmpty { first += text.count }
        }
      }
      _ = try decoder.finish()
    } catch {
      failure = CloneDetectionError(error.description)
    }
    // A payload may hold such bytes; in front of an event there is text.
    guard !events.isEmpty,
      first == 0 || bytes[0] != Detector.versionTag && !bytes[..<first].contains(0)
    else { return nil }
    return CloneDetection(
      layers: [
        CloneLayer(.nodeTestReporter, at: 0),
        CloneLayer(.v8(version: UInt32(bytes[first + 7])), at: first + 6),
      ], dialect: .nodeTestReporter, certainty: failure == nil ? .certain : .likely,
      values: failure.map { .failure($0) } ?? .success(events), innermost: bytes,
      trailingByteCount: 0)
  }

  // MARK: - Stores

  /// A value as IndexedDB stores it, or as it is.
  private func stored(_ bytes: [UInt8], at offset: Int) -> CloneDetection? {
    let value = offset == 0 ? bytes : Array(bytes[offset...])
    guard value.count >= Detector.fewestBytes, value[0] == Detector.versionTag else { return nil }
    do throws(BlinkDecodingError) {
      if let blob = try IDBValueUnwrapper.wrapperBlob(of: value) {
        return CloneDetection(
          layers: [CloneLayer(.indexedDBBlob(size: blob.size, index: blob.index), at: offset)],
          dialect: .blink, certainty: .certain,
          values: .failure(
            CloneDetectionError("the value is in a blob of \(blob.size) bytes, which is not here")),
          innermost: bytes, trailingByteCount: 0)
      }
      let unwrapped = try IDBValueUnwrapper.unwrap(value, limits: limits)
      guard unwrapped.count != value.count || unwrapped != value else {
        return envelope(value, at: offset) ?? bare(value, at: offset)
      }
      let layer = CloneLayer(.indexedDBSnappy(length: unwrapped.count), at: offset)
      return (envelope(unwrapped, at: 0) ?? bare(unwrapped, at: 0))?.within(layer)
    } catch {
      // The marks of a wrapper are no version of an envelope.
      return CloneDetection(
        layers: [CloneLayer(.indexedDBSnappy(length: 0), at: offset)], dialect: .blink,
        certainty: .possible, values: .failure(CloneDetectionError(error.description)),
        innermost: bytes, trailingByteCount: 0)
    }
  }

  /// A record of IndexedDB: a varint in front of a value with an envelope.
  private func record(_ bytes: [UInt8]) -> CloneDetection? {
    var version: UInt64 = 0
    var length = 0
    repeat {
      guard length < min(bytes.count, 3) else { return nil }
      version |= UInt64(bytes[length] & 0x7F) << UInt64(7 * length)
      length += 1
    } while bytes[length - 1] >= 0x80
    guard let found = stored(bytes, at: length), found.dialect == .blink,
      found.certainty >= .likely
    else { return nil }
    return found.within(CloneLayer(.indexedDBRecord(version: version), at: 0))
  }

  private func exchanged(_ bytes: [UInt8]) -> CloneDetection? {
    guard bytes.count >= 4, bytes.count.isMultiple(of: 2), bytes[1] == Detector.versionTag,
      bytes[0] <= Detector.v8Versions.upperBound,
      let value = try? SerializedScriptValue(decoding: bytes, limits: limits),
      value.envelope.isByteSwapped
    else { return nil }
    let exchanged = ByteSwap.swap(bytes)
    guard let found = envelope(exchanged, at: 0) ?? bare(exchanged, at: 0),
      found.trailingByteCount <= 1
    else { return nil }
    return found.within(CloneLayer(.byteSwap, at: 0), certainty: .certain)
  }

  // MARK: - Envelopes

  /// A value behind an envelope, whose bytes begin at an offset of something else.
  private func envelope(_ bytes: [UInt8], at offset: Int) -> CloneDetection? {
    guard let (version, length) = BlinkEnvelope.read(bytes), length + 1 < bytes.count,
      bytes[length] == Detector.versionTag, bytes[length + 1] <= Detector.v8Versions.upperBound
    else { return nil }
    let v8 = CloneLayer(.v8(version: UInt32(bytes[length + 1])), at: offset + length)
    func found(
      _ kind: CloneLayer.Kind, _ dialect: CloneDialect, _ payload: ClonePayload, rest: Int
    ) -> CloneDetection {
      CloneDetection(
        layers: [CloneLayer(kind, at: offset), v8], dialect: dialect,
        certainty: rest == 0 ? .certain : .likely, values: .success([payload.value]),
        innermost: bytes, trailingByteCount: rest)
    }
    // Chromium wrote 19 for a year, with V8's format 13; Electron writes nothing else.
    if version == ElectronEnvelope.writtenVersion,
      let electron = try? ElectronSerializedValue(decoding: bytes, limits: limits),
      bytes[length + 1] > Detector.v8Versions.lowerBound || containsNativeImage(electron.value)
    {
      return found(
        .electronEnvelope(version: version), .electron, electron.payload,
        rest: bytes.count - electron.payload.byteCount)
    }
    do throws(BlinkDecodingError) {
      let blink = try SerializedScriptValue(decoding: bytes, limits: limits)
      let trailer = try? BlinkTrailer(of: bytes)
      let end = bytes.count - (trailer?.encodedLength ?? 0)
      return found(
        .blinkEnvelope(version: version), .blink, blink.payload,
        rest: max(0, end - blink.payload.byteCount - blink.envelope.padding))
    } catch {
      return CloneDetection(
        layers: [CloneLayer(.blinkEnvelope(version: version), at: offset), v8], dialect: .blink,
        certainty: .likely,
        values: .failure(CloneDetectionError(error.description, error.underlyingError)),
        innermost: bytes, trailingByteCount: 0)
    }
  }

  private func containsNativeImage(_ value: CloneValue) -> Bool {
    var search = NativeImageSearch()
    value.visit(with: &search)
    return search.hasFound
  }

  // MARK: - V8's format alone

  private func bare(_ bytes: [UInt8], at offset: Int) -> CloneDetection? {
    guard let (version, _) = BlinkEnvelope.readVersion(bytes),
      version <= Detector.v8Versions.upperBound
    else { return nil }
    let layer = CloneLayer(.v8(version: version), at: offset)
    var firstFailure: CloneDecodingError?
    let readers: [(dialect: CloneDialect, delegate: (any ValueDeserializerDelegate)?)] = [
      (.v8, nil), (.node, NodeHostObjects()), (.nodeChannel, NodeHostObjects(dialect: .channel)),
      (.blink, BlinkHostObjects(version: version)),
    ]
    for (dialect, delegate) in readers {
      do throws(CloneDecodingError) {
        let payload = try ClonePayload(decoding: bytes, limits: limits, delegate: delegate)
        let rest = bytes.count - payload.byteCount
        return CloneDetection(
          layers: [layer], dialect: dialect,
          certainty: rest == 0
            ? .certain
            : payload.byteCount > max(rest, Detector.evidentLength) ? .likely : .possible,
          values: .success([payload.value]), innermost: bytes, trailingByteCount: rest)
      } catch {
        firstFailure = firstFailure ?? error
        // Another delegate reads no more of anything else.
        guard error.tag == Detector.hostObjectTag || version < Detector.v8Versions.lowerBound
        else {
          break
        }
      }
    }
    guard let firstFailure else { return nil }
    return CloneDetection(
      layers: [layer], dialect: .v8,
      certainty: firstFailure.offset > Detector.evidentLength ? .likely : .possible,
      values: .failure(CloneDetectionError(firstFailure.description, firstFailure)),
      innermost: bytes, trailingByteCount: 0)
  }

  /// So many bytes that can be read are no chance.
  private static let evidentLength = 16

  /// A value of version 0.
  private func withoutHeader(_ bytes: [UInt8]) -> CloneDetection? {
    guard bytes[0] != Detector.versionTag,
      let payload = try? ClonePayload(decoding: bytes, limits: limits),
      payload.byteCount == bytes.count
    else { return nil }
    return CloneDetection(
      layers: [CloneLayer(.v8(version: 0), at: 0)], dialect: .v8, certainty: .possible,
      values: .success([payload.value]), innermost: bytes, trailingByteCount: 0)
  }
}

extension CloneDetection {
  /// The same within another layer.
  func within(_ layer: CloneLayer, certainty: Certainty? = nil) -> CloneDetection {
    CloneDetection(
      layers: [layer] + layers, dialect: dialect == .v8 ? .blink : dialect,
      certainty: certainty ?? self.certainty,
      values: values, innermost: innermost, trailingByteCount: trailingByteCount)
  }
}
