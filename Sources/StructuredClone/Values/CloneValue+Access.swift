/// Typed access. Reading the wrong kind gives `nil`. Through these properties a value is changed in
/// place: `value.object?["list"].array?[3] = 7`. Nothing happens if a kind on the way is another. Assigning to
/// such a property itself replaces the value, whatever it was; assigning `nil` to the kind that it is leaves
/// `undefined`.
extension CloneValue {
  /// Whether the value is `undefined`.
  public var isUndefined: Bool {
    if case .undefined = self { return true }
    return false
  }

  /// Whether the value is `null`.
  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The boolean, or `nil`.
  public var boolean: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }

  /// The number, or `nil`.
  public var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// The number as an integer, or `nil` if it is none or does not fit.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The big integer, or `nil`.
  public var bigint: CloneBigInt? {
    if case .bigint(let value) = self { return value }
    return nil
  }

  /// The string, or `nil`.
  public var string: CloneString? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The plain object, or `nil`.
  public var object: CloneObject? {
    get {
      if case .object(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.object }
      defer { if let value { self = .object(value) } }
      yield &value
    }
  }

  /// The array, or `nil`.
  public var array: CloneArray? {
    get {
      if case .array(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.array }
      defer { if let value { self = .array(value) } }
      yield &value
    }
  }

  /// The map, or `nil`.
  public var map: CloneMap? {
    get {
      if case .map(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.map }
      defer { if let value { self = .map(value) } }
      yield &value
    }
  }

  /// The set, or `nil`.
  public var set: CloneSet? {
    get {
      if case .set(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.set }
      defer { if let value { self = .set(value) } }
      yield &value
    }
  }

  /// The date, or `nil`.
  public var date: CloneDate? {
    get {
      if case .date(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.date }
      defer { if let value { self = .date(value) } }
      yield &value
    }
  }

  /// The regular expression, or `nil`.
  public var regExp: CloneRegExp? {
    if case .regExp(let value) = self { return value }
    return nil
  }

  /// The boxed primitive, or `nil`.
  public var boxedPrimitive: CloneBoxedPrimitive? {
    if case .boxedPrimitive(let value) = self { return value }
    return nil
  }

  /// The error, or `nil`.
  public var error: CloneErrorObject? {
    get {
      if case .error(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.error }
      defer { if let value { self = .error(value) } }
      yield &value
    }
  }

  /// The array buffer, or `nil`.
  public var arrayBuffer: CloneArrayBuffer? {
    get {
      if case .arrayBuffer(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.arrayBuffer }
      defer { if let value { self = .arrayBuffer(value) } }
      yield &value
    }
  }

  /// The shared array buffer, or `nil`.
  public var sharedArrayBuffer: CloneSharedArrayBuffer? {
    if case .sharedArrayBuffer(let value) = self { return value }
    return nil
  }

  /// The typed array or data view, or `nil`.
  public var arrayBufferView: CloneArrayBufferView? {
    get {
      if case .arrayBufferView(let value) = self { return value }
      return nil
    }
    _modify {
      var value = take { $0.arrayBufferView }
      defer { if let value { self = .arrayBufferView(value) } }
      yield &value
    }
  }

  /// The host object, or `nil`.
  public var hostObject: CloneHostObject? {
    if case .hostObject(let value) = self { return value }
    return nil
  }

  /// The property of an object, or the named property or element of an array; `undefined` for anything
  /// missing and for every other kind of value.
  public subscript(key: ClonePropertyKey) -> CloneValue {
    switch self {
    case .object(let object): object[key]
    case .array(let array):
      if let index = key.index {
        array[Int(index)]
      } else if key == "length" {
        .number(Double(array.count))
      } else {
        array.properties[key]
      }
    default: .undefined
    }
  }

  /// The property named by Swift text, as ``subscript(_:)-(ClonePropertyKey)``.
  ///
  /// In an object of up to 64 properties the text is compared with the names where they lie, so that
  /// `message["user"]["id"]` makes nothing on its way: see Documentation/Performance.md.
  @inlinable
  public subscript(key: some StringProtocol) -> CloneValue { property(named: String(key)) }

  @usableFromInline
  func property(named name: String) -> CloneValue {
    if case .object(let object) = self { return object.property(named: name) }
    return self[ClonePropertyKey(name)]
  }

  /// The element of an array or typed array, or the property of an object; `undefined` for anything
  /// missing and for every other kind of value.
  public subscript(index: Int) -> CloneValue {
    switch self {
    case .array(let array): array[index]
    case .arrayBufferView(let view): view[index]
    default: self[ClonePropertyKey(index)]
    }
  }

  /// The value of a map's key; `undefined` if there is none and for every other kind of value.
  public subscript(mapKey key: CloneValue) -> CloneValue { map?[key] ?? .undefined }

  /// Moves a payload out, so that it is held once while it is changed.
  private mutating func take<Payload>(_ payload: (CloneValue) -> Payload?) -> Payload? {
    let taken = payload(self)
    if taken != nil { self = .undefined }
    return taken
  }
}
