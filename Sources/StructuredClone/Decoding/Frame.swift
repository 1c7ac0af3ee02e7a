extension ValueDeserializer {
  /// A container that is being read.
  struct Frame: Sendable {
    enum Kind: UInt8, Sendable {
      case object, denseElements, denseProperties, sparseArray, map, set
      case error, stringObject, regExp, wasmMemory, hostPayload, hostValue
    }

    var kind: Kind
    /// Offset of the tag.
    let offset: Int
    /// The record, made when the tag was read so that references to it can be resolved.
    let record: UInt32
    /// The wire id, for those that are registered when they are complete.
    let id: UInt32
    /// Where its children begin on the stack.
    let base: Int
    /// Declared length of an array.
    var length: UInt32 = 0
    /// Pairs of an object or of an array's properties, values of a map or set, as far as they were read.
    var count: UInt32 = 0
    /// Index of the set of keys, once there are more than can be searched one by one; −1 before.
    var keyTable: Int32 = -1
    /// A key stands on the stack, its value is next.
    var hasKey = false
    /// The section of an error that is awaited.
    var section: CloneErrorObject.Section?
    /// How far a strict reader has come among the sections of an error.
    var progress: UInt8 = 0
    /// An object's index keys do not all come first and ascend.
    var isUnordered = false
    /// The largest index key so far.
    var lastIndex: Int64 = -1
    /// The first named key was seen.
    var hasName = false
  }
}
