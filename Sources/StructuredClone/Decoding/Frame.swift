extension ValueDeserializer {
  /// A container that is being read, in 24 bytes: as many can be open as the input has bytes.
  struct Frame: BitwiseCopyable, Sendable {
    enum Kind: UInt8, Sendable {
      /// An array whose elements have their places.
      case denseElements
      /// An array that announces more elements than can follow: they are on the stack.
      case claimedElements
      case object, denseProperties, sparseArray, map, set
      case error, stringObject, regExp, wasmMemory, hostPayload, hostValue
    }

    var kind: Kind
    private var flags: Flags = []
    /// The section of an error that is awaited.
    var section: CloneErrorObject.Section?
    /// How far a strict reader has come among the sections of an error.
    var progress: UInt8 = 0
    /// The record, made when the tag was read so that references to it can be resolved.
    let record: UInt32
    private let start: UInt32
    /// Pairs of an object or of an array's properties, elements of an array that have their places, values of a map or
    /// set, as far as they were read.
    var count: UInt32 = 0
    // What only some kinds have shares its place with what these do not have.
    private var lengthOrID: UInt32
    private var lastIndexOrOffset: UInt32

    private struct Flags: OptionSet {
      let rawValue: UInt8
      static let hasKey = Flags(rawValue: 1)
      static let hasName = Flags(rawValue: 2)
      static let isUnordered = Flags(rawValue: 4)
      static let hasKeyTable = Flags(rawValue: 8)
      static let isKeyChecked = Flags(rawValue: 16)
    }

    /// - Parameters:
    ///   - offset: of the tag.
    ///   - id: the wire id.
    ///   - length: the declared length of an array.
    init(kind: Kind, record: UInt32, base: Int, offset: Int, id: UInt32, length: UInt32) {
      self.kind = kind
      self.record = record
      start = UInt32(truncatingIfNeeded: base)
      switch kind {
      case .denseElements, .claimedElements, .denseProperties, .sparseArray: lengthOrID = length
      case .object: lengthOrID = 0
      default: lengthOrID = id
      }
      switch kind {
      case .object, .denseElements, .claimedElements, .denseProperties, .sparseArray:
        lastIndexOrOffset = 0
      default: lastIndexOrOffset = UInt32(truncatingIfNeeded: offset)
      }
    }

    /// Where its children begin on the stack.
    var base: Int { Int(start) }

    /// The declared length; of arrays only.
    var length: Int { Int(lengthOrID) }

    /// The wire id; of containers that are registered when they are complete, which objects and arrays are not.
    var id: UInt32 { lengthOrID }

    /// The record of an object with the names that were read so far, plus 1; of objects only.
    var model: UInt32 {
      get { lengthOrID }
      set { lengthOrID = newValue }
    }

    /// The largest index key so far; of objects and arrays only.
    var lastIndex: UInt32 {
      get { lastIndexOrOffset }
      set { lastIndexOrOffset = newValue }
    }

    /// The offset of the tag; of all others.
    var offset: Int { Int(lastIndexOrOffset) }

    /// A key stands on the stack, its value is next.
    var hasKey: Bool {
      get { flags.contains(.hasKey) }
      set { set(.hasKey, newValue) }
    }

    /// The key on the stack is known to differ from the others.
    var isKeyChecked: Bool { flags.isSuperset(of: [.hasKey, .isKeyChecked]) }

    /// Notes that a name was read that differs from the others.
    mutating func setCheckedKey() { flags.formUnion([.hasKey, .hasName, .isKeyChecked]) }

    /// Notes that an index was read that differs from the others.
    mutating func setCheckedIndex() { flags.formUnion([.hasKey, .isKeyChecked]) }

    /// Notes that a property with a name was read.
    mutating func setName() { flags.insert(.hasName) }

    /// Notes that a key was read that was not compared yet. From here on an object has no model.
    mutating func setUncheckedKey() {
      flags.insert(.hasKey)
      flags.remove(.isKeyChecked)
      if kind == .object { model = 0 }
    }

    /// The first named key was seen.
    var hasName: Bool {
      get { flags.contains(.hasName) }
      set { set(.hasName, newValue) }
    }

    /// An object's index keys do not all come first and ascend.
    var isUnordered: Bool {
      get { flags.contains(.isUnordered) }
      set { set(.isUnordered, newValue) }
    }

    /// There are more keys than can be searched one by one: the last of the open tables is this container's.
    var hasKeyTable: Bool {
      get { flags.contains(.hasKeyTable) }
      set { set(.hasKeyTable, newValue) }
    }

    private mutating func set(_ flag: Flags, _ isSet: Bool) {
      if isSet { flags.insert(flag) } else { flags.remove(flag) }
    }
  }
}
