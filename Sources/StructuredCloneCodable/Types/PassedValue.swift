public import StructuredClone

/// A type of this package that travels as what it is, through the coders of this package only.
protocol PassedValue: Codable, Sendable {
  init?(passed value: CloneValue)
  var passed: CloneValue { get }
}

extension CloneValue: PassedValue {
  init?(passed value: CloneValue) { self = value }
  var passed: CloneValue { self }
}

extension CloneString: PassedValue {
  init?(passed value: CloneValue) {
    guard case .string(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .string(self) }
}

extension CloneBigInt: PassedValue {
  init?(passed value: CloneValue) {
    guard case .bigint(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .bigint(self) }
}

extension CloneObject: PassedValue {
  init?(passed value: CloneValue) {
    guard case .object(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .object(self) }
}

extension CloneArray: PassedValue {
  init?(passed value: CloneValue) {
    guard case .array(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .array(self) }
}

extension CloneMap: PassedValue {
  init?(passed value: CloneValue) {
    guard case .map(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .map(self) }
}

extension CloneSet: PassedValue {
  init?(passed value: CloneValue) {
    guard case .set(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .set(self) }
}

extension CloneDate: PassedValue {
  init?(passed value: CloneValue) {
    guard case .date(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .date(self) }
}

extension CloneRegExp: PassedValue {
  init?(passed value: CloneValue) {
    guard case .regExp(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .regExp(self) }
}

extension CloneBoxedPrimitive: PassedValue {
  init?(passed value: CloneValue) {
    guard case .boxedPrimitive(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .boxedPrimitive(self) }
}

extension CloneErrorObject: PassedValue {
  init?(passed value: CloneValue) {
    guard case .error(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .error(self) }
}

extension CloneArrayBuffer: PassedValue {
  init?(passed value: CloneValue) {
    guard case .arrayBuffer(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .arrayBuffer(self) }
}

extension CloneSharedArrayBuffer: PassedValue {
  init?(passed value: CloneValue) {
    guard case .sharedArrayBuffer(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .sharedArrayBuffer(self) }
}

extension CloneArrayBufferView: PassedValue {
  init?(passed value: CloneValue) {
    guard case .arrayBufferView(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .arrayBufferView(self) }
}

extension CloneHostObject: PassedValue {
  init?(passed value: CloneValue) {
    guard case .hostObject(let content) = value else { return nil }
    self = content
  }

  var passed: CloneValue { .hostObject(self) }
}

// MARK: - Codable

extension PassedValue {
  /// Refuses: a value of this package is read by its own coders, which do not ask it.
  fileprivate init(refusing decoder: any Decoder) throws {
    throw DecodingError.dataCorrupted(
      DecodingError.Context(
        codingPath: decoder.codingPath,
        debugDescription: "\(Self.self) is read by CloneDecoder only."))
  }

  fileprivate func refuse(_ encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self,
      EncodingError.Context(
        codingPath: encoder.codingPath,
        debugDescription: "\(Self.self) is written by CloneEncoder only."))
  }
}

extension CloneValue: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneString: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneBigInt: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneObject: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneArray: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneMap: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneSet: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneDate: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneRegExp: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneBoxedPrimitive: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneErrorObject: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneArrayBuffer: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneSharedArrayBuffer: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneArrayBufferView: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}

extension CloneHostObject: Codable {
  /// Refuses: ``CloneDecoder`` reads such a value as it is, and no other decoder can.
  public init(from decoder: any Decoder) throws { try self.init(refusing: decoder) }

  /// Refuses: ``CloneEncoder`` writes such a value as it is, and no other encoder can.
  public func encode(to encoder: any Encoder) throws { try refuse(encoder) }
}
