import StructuredClone

/// A dictionary, which is an object or a `Map`.
protocol DictionaryCoding {}

extension Dictionary: DictionaryCoding {}

/// A dictionary that can be read.
protocol DecodableDictionary {
  static func decode(from decoder: ValueDecoder) throws -> Self
}

/// A dictionary that can be written.
protocol EncodableDictionary {
  func encode(in encoder: ValueEncoder) throws
}

/// A set, which is a `Set` or an array.
protocol SetCoding {}

extension Set: SetCoding {}

extension Dictionary: DecodableDictionary where Key: Decodable, Value: Decodable {
  static func decode(from decoder: ValueDecoder) throws -> [Key: Value] {
    let state = decoder.state
    let cell = state.cell(at: decoder.position)
    guard cell.isReceiver else { return try self.init(from: decoder) }
    let reader = state.reader
    let record = reader.record(cell.payload)
    var dictionary: [Key: Value] = [:]
    switch record.kind {
    case .object:
      guard Key.self is any CodingKeyRepresentable.Type else {
        throw state.error(.type(self), at: decoder.position, decoder.codingPath)
      }
      dictionary.reserveCapacity(Int(record.count))
      for position in reader.entries(of: cell.payload) {
        guard let (name, index) = reader.keyName(at: position) else { continue }
        let path = CloneCodingKey(name: name, index: index)
        guard let key = Dictionary.key(name, index) else {
          throw state.error(
            .corrupted("the name is no \(Key.self)"), at: UInt32(position),
            decoder.codingPath + [path])
        }
        dictionary[key] = try state.decode(
          Value.self, at: UInt32(position + 1), path, behind: decoder.path, in: cell.payload)
      }
    case .map:
      dictionary.reserveCapacity(Int(record.count))
      for (ordinal, position) in reader.entries(of: cell.payload).enumerated() {
        let key = try state.decode(
          Key.self, at: UInt32(position), CloneCodingKey.index(2 * ordinal),
          behind: decoder.path, in: cell.payload)
        let value = try state.decode(
          Value.self, at: UInt32(position + 1), CloneCodingKey.index(2 * ordinal + 1),
          behind: decoder.path, in: cell.payload)
        dictionary[key] = value
      }
    // Keys and values in turn, as the standard library writes them.
    default: return try self.init(from: decoder)
    }
    return dictionary
  }

  /// The key that a name stands for.
  private static func key(_ name: String, _ index: Int?) -> Key? {
    if Key.self == String.self { return name as? Key }
    if Key.self == Int.self { return (index ?? Int(name)) as? Key }
    guard let type = Key.self as? any CodingKeyRepresentable.Type else { return nil }
    return type.init(codingKey: CloneCodingKey(name: name, index: index)) as? Key
  }
}

extension Dictionary: EncodableDictionary where Key: Encodable, Value: Encodable {
  func encode(in encoder: ValueEncoder) throws {
    let isMap = encoder.state.options.dictionaryEncodingStrategy == .map
    if !isMap, let properties { return try encode(properties, in: encoder) }
    try encodeMap(in: encoder)
  }

  /// A property of the object that the dictionary is.
  private typealias Property = (name: String, index: UInt32?, value: Value)

  /// The properties; `nil` if a key is no name.
  private var properties: [Property]? {
    guard Key.self == String.self || Key.self is any CodingKeyRepresentable.Type else { return nil }
    var properties: [Property] = []
    properties.reserveCapacity(count)
    for (key, value) in self {
      let name = (key as? String) ?? (key as? any CodingKeyRepresentable)?.codingKey.stringValue
      guard let name else { return nil }
      let isIndex = name.utf8.first.map { (0x30...0x39).contains($0) } ?? false
      properties.append((name, isIndex ? ClonePropertyKey(name).index : nil, value))
    }
    return properties
  }

  /// Writes properties in JavaScript's order: indices ascending, then names.
  private func encode(_ properties: [Property], in encoder: ValueEncoder) throws {
    let state = encoder.state
    let handle = state.objectHandle(at: encoder.place)
    var properties = properties
    let sortsNames = state.options.sortsDictionaryKeys
    if sortsNames || properties.contains(where: { $0.index != nil }) {
      properties.sort { left, right in
        switch (left.index, right.index) {
        case (let left?, let right?): left < right
        case (nil, nil): sortsNames && left.name < right.name
        default: left.index != nil
        }
      }
    }
    for (name, index, value) in properties {
      let key: CloneCodingKey = index.map { .indexName(name, $0) } ?? .name(name)
      if let nodes = state.nodes {
        let inner = state.push(key, behind: encoder.path)
        defer { state.pop() }
        try state.encode(value, at: nodes.property(handle, name), in: nodes, inner)
      } else {
        guard state.beginProperty(handle, name, isNew: true) else {
          throw EncodingState.Derailment()
        }
        try state.encode(value, key, behind: encoder.path)
      }
    }
  }

  private func encodeMap(in encoder: ValueEncoder) throws {
    let state = encoder.state
    var entries = map { (key: $0.key, value: $0.value) }
    if state.options.sortsDictionaryKeys, Key.self == String.self {
      entries.sort { ($0.key as? String ?? "") < ($1.key as? String ?? "") }
    }
    if let nodes = state.nodes {
      let handle = nodes.container(at: encoder.place) { $0.map() }
      for (ordinal, entry) in entries.enumerated() {
        let key = nodes.kept()
        let value = nodes.kept()
        try encodeInNodes(entry.key, at: key, CloneCodingKey.index(2 * ordinal), encoder, nodes)
        try encodeInNodes(
          entry.value, at: value, CloneCodingKey.index(2 * ordinal + 1), encoder, nodes)
        nodes.set(key, value, in: handle)
      }
      return
    }
    guard state.isNext(encoder.place) else { throw EncodingState.Derailment() }
    let handle = state.map()
    for (ordinal, entry) in entries.enumerated() {
      guard state.beginElement(handle) else { throw EncodingState.Derailment() }
      try state.encode(entry.key, CloneCodingKey.index(2 * ordinal), behind: encoder.path)
      guard state.beginElement(handle) else { throw EncodingState.Derailment() }
      try state.encode(entry.value, CloneCodingKey.index(2 * ordinal + 1), behind: encoder.path)
    }
  }

  private func encodeInNodes(
    _ value: some Encodable, at place: EncodingState.Place, _ key: CloneCodingKey,
    _ encoder: ValueEncoder, _ nodes: NodeEncoding
  ) throws {
    let inner = encoder.state.push(key, behind: encoder.path)
    defer { encoder.state.pop() }
    try encoder.state.encode(value, at: place, in: nodes, inner)
  }
}
