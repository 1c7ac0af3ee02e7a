/// What can be read of a damaged payload, with the faults as values in place: for people who examine damaged data.
///
/// A fault whose extent is known, such as a reference to nothing, a view beyond its buffer or a pattern that does not compile, is
/// one ``CloneUncloneable`` and reading goes on behind it. One whose extent is not known (a byte that begins no value, a
/// length beyond the input, a host object that nobody reads, or the end of a payload that was cut) is the last: it stands for
/// everything behind it, and what was open is closed as it is.
///
/// ```swift
/// let salvage = CloneSalvage(of: bytes)
/// print(salvage.value)
/// for fault in salvage.faults { print(fault) }
/// ```
public struct CloneSalvage: Sendable {
  /// What was read; a fault if that is nothing.
  public let value: CloneValue
  /// What was wrong, in the order of the input; empty if the payload can be read as it is.
  public let faults: [CloneFault]

  /// Reads what there is.
  ///
  /// Without a header, or with one of a version that the profile does not read, the payload is read as one of the profile's
  /// newest version. A property whose key occurs twice, or is no key, is kept under the name `fault at` and its offset. Where a
  /// count is wrong there is what was read.
  ///
  /// - Parameters:
  ///   - bytes: kept by the value, without a copy. Bytes behind the value are ignored.
  ///   - profile: the engine to be as strict as.
  ///   - maximumFaults: how many faults are passed over; the next one ends the value. By default 32, and one more for each 64
  ///     bytes.
  public init(
    of bytes: [UInt8], profile: CloneProfile = .default, limits: CloneLimits = .default,
    maximumFaults: Int? = nil, delegate: (any ValueDeserializerDelegate)? = nil
  ) {
    // What can be read needs no help, second attempts at version 13 included.
    if let value = try? CloneValue(
      decoding: bytes, profile: profile, limits: limits, delegate: delegate)
    {
      self.value = value
      faults = []
      return
    }
    var reader = ValueDeserializer(bytes, profile: profile, limits: limits, delegate: delegate)
    reader.faults = FaultList(limit: max(0, maximumFaults ?? 32 + bytes.count / 64))
    let (value, graph) = reader.salvage()
    self.value = value
    faults = (reader.faults?.items ?? []).map { item in
      CloneFault(
        error: item.error, bytes: item.bytes,
        value: item.record.flatMap { record in
          graph.map { Receiver(graph: $0, index: record).value }
        })
    }
  }
}
