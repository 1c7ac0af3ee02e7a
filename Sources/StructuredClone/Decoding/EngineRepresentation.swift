/// What an engine would remember while it reads: the shapes of objects and the widths of names.
///
/// V8 writes back an integer as a double if its field has held one in an object of the same shape, and a name
/// in the width in which its text was first seen as a name. Both follow from the order of reading alone, as
/// long as nothing else was read by the same process; wire-format.md 5.2 and 5.3 state the rules.
struct EngineRepresentation: Sendable {
  /// What a field has held: V8's Smi, Double, HeapObject and Tagged.
  private enum Field: Sendable {
    case smallInteger, double, heapObject, tagged

    init(holding value: Cell) {
      self = value.isInt32 ? .smallInteger : value.isDouble ? .double : .heapObject
    }
  }

  /// Where an object without properties begins, or what a name leads to from another shape.
  private struct Shape: Sendable {
    let parent: UInt32
    /// The index of the name that leads here.
    let name: UInt32
    /// The parent's epoch at that time.
    let parentEpoch: UInt32
    /// Raised when everything below the shape is forgotten.
    var epoch: UInt32 = 0
    /// How many names lead to others from here.
    var children: UInt32 = 0
    var field: Field
  }

  private struct OpenObject: Sendable {
    var shape: UInt32 = 0
    /// The shape that the key leads to that was read last, if the object is still on the fast way.
    var target: UInt32?
    var isOnFastWay = true
    var count: UInt32 = 0
    /// How many fields had become double when the object was last looked through.
    var seenChanges: UInt32 = 0
    /// Small integers it holds: where, and in the field of which shape.
    var smallIntegers: [(position: UInt32, shape: UInt32)] = []
  }

  /// A text that was used as a key.
  private struct Name: Sendable {
    /// In the width in which it is held, once it was entered among the names.
    var text: CloneString
    var isEntered = false
  }

  /// Which errors have one field for their causes: those of one class that have a message or have none.
  private struct ErrorShape: Hashable {
    let name: UInt16
    let hasMessage: Bool
  }

  private struct RegExp: Hashable {
    let source: CloneString
    let flags: UInt32
  }

  /// Objects with more named properties are dictionaries in V8, which have no shape.
  private static let longestShape = 1020
  /// A name that leads to a shape beyond so many others of the same parent is not found again: each such object
  /// has a shape of its own.
  private static let mostChildren = 1536

  private let profile: CloneProfile
  private var shapes: [Shape]
  private var shapeTable = PositionTable()
  private var objects: [OpenObject] = []
  private var changes: UInt32 = 0
  private var boxed: [Int] = []
  private var causes: [ErrorShape: Field] = [:]
  private var causeOption: Field?
  private var names: [Name] = []
  private var nameTable = PositionTable()
  private var regExps: [RegExp] = []
  private var regExpTable = PositionTable()

  init(_ profile: CloneProfile) {
    self.profile = profile
    shapes = [Shape(parent: .max, name: .max, parentEpoch: 0, field: .tagged)]
    for name in profile.rules.ownNames { names[Int(index(of: name))].isEntered = true }
  }

  // MARK: - Objects

  /// - Parameter onFastWay: whether its keys may be looked up as transitions of its shape.
  mutating func beginObject(onFastWay: Bool = true) {
    objects.append(OpenObject(isOnFastWay: onFastWay))
  }

  /// Whether the innermost object's properties are not stored yet.
  var isOnFastWay: Bool { objects.last?.isOnFastWay ?? false }

  /// A key that is no string, which ends the fast way.
  mutating func keyIsSlow() {
    guard !objects.isEmpty else { return }
    objects[objects.count - 1].target = nil
  }

  /// A string key of the innermost object. Answers the name as it is held, if it is entered already.
  mutating func enterKey(_ name: CloneString) -> CloneString? {
    let top = objects.count - 1
    guard objects[top].isOnFastWay else { return nil }
    let entered = enterName(name, beforeValue: true)
    objects[top].target = shape(after: index(of: name), from: objects[top].shape)
    return entered
  }

  /// A complete property of the innermost object; the value stands at a position on the reader's stack.
  mutating func addProperty(_ name: CloneString?, _ value: Cell, at position: Int) {
    let top = objects.count - 1
    if name != nil { objects[top].count += 1 }
    let target = objects[top].target
    objects[top].target = nil
    if objects[top].isOnFastWay, let target, fits(value, shapes[Int(target)].field) {
      hold(value, at: position, on: target)
      if profile.rules.updatesKnownShapes { boxSmallIntegers() }
      return
    }
    objects[top].isOnFastWay = false
    // An index key has no field, so that the object keeps the representation it had.
    guard let name else { return }
    if objects[top].count <= EngineRepresentation.longestShape {
      let name = index(of: name)
      let parent = objects[top].shape
      if let shape = shape(after: name, from: parent) {
        generalize(shape, to: value)
        hold(value, at: position, on: shape)
      } else {
        let shape = Shape(
          parent: parent, name: name, parentEpoch: shapes[Int(parent)].epoch,
          field: Field(holding: value))
        hold(value, at: position, on: add(shape))
      }
      boxSmallIntegers()
    } else {
      objects[top].smallIntegers = []
    }
  }

  mutating func endObject() { objects.removeLast() }

  /// Forgets the objects that are open, of a value that could not be read.
  mutating func discardOpenObjects() {
    objects = []
    boxed = []
  }

  /// Positions whose small integers have become doubles since this was last asked.
  mutating func takeBoxed() -> [Int] {
    defer { boxed.removeAll(keepingCapacity: true) }
    return boxed
  }

  /// The shape that a name leads to from another.
  private func shape(after name: UInt32, from parent: UInt32) -> UInt32? {
    let epoch = shapes[Int(parent)].epoch
    return shapeTable.find(hash: EngineRepresentation.hash(name, from: parent)) {
      let shape = shapes[Int($0)]
      return shape.parent == parent && shape.name == name && shape.parentEpoch == epoch
    }
  }

  private mutating func add(_ shape: Shape) -> UInt32 {
    shapes.append(shape)
    let index = UInt32(shapes.count - 1)
    guard shapes[Int(shape.parent)].children < EngineRepresentation.mostChildren else {
      return index
    }
    shapes[Int(shape.parent)].children += 1
    let hash = EngineRepresentation.hash(shape.name, from: shape.parent)
    shapeTable.insert(index, hash: hash) {
      EngineRepresentation.hash(shapes[Int($0)].name, from: shapes[Int($0)].parent)
    }
    return index
  }

  private static func hash(_ name: UInt32, from parent: UInt32) -> Int {
    (UInt64(parent) << 32 | UInt64(name)).hashValue
  }

  private mutating func hold(_ value: Cell, at position: Int, on shape: UInt32) {
    let top = objects.count - 1
    objects[top].shape = shape
    guard value.isInt32 else { return }
    if shapes[Int(shape)].field == .double {
      boxed.append(position)
    } else {
      objects[top].smallIntegers.append((UInt32(position), shape))
    }
  }

  private func fits(_ value: Cell, _ field: Field) -> Bool {
    switch field {
    case .smallInteger: value.isInt32
    case .double: value.number != nil
    case .heapObject: !value.isInt32
    case .tagged: true
    }
  }

  private mutating func generalize(_ shape: UInt32, to value: Cell) {
    let old = shapes[Int(shape)].field
    let new = generalized(old, to: value)
    shapes[Int(shape)].field = new
    if old == .smallInteger, new == .double {
      shapes[Int(shape)].epoch += 1
      shapes[Int(shape)].children = 0
      changes += 1
    }
  }

  private func generalized(_ field: Field, to value: Cell) -> Field {
    if fits(value, field) { return field }
    return field == .smallInteger && value.isDouble ? .double : .tagged
  }

  private mutating func boxSmallIntegers() {
    let top = objects.count - 1
    guard objects[top].seenChanges != changes else { return }
    objects[top].seenChanges = changes
    objects[top].smallIntegers.removeAll { entry in
      guard shapes[Int(entry.shape)].field == .double else { return false }
      boxed.append(Int(entry.position))
      return true
    }
  }

  /// The cause of an error as its field holds it.
  mutating func errorCause(_ value: Cell, name: UInt16, hasMessage: Bool) -> Cell {
    // Up to 11.3 it comes through the options of a constructor.
    let given =
      profile.rules.errorSections == .strict ? value : hold(value, in: \.causeOption)
    return hold(given, in: \.causes[ErrorShape(name: name, hasMessage: hasMessage)])
  }

  /// A value as a field holds it that has held others.
  private mutating func hold(
    _ value: Cell, in place: WritableKeyPath<EngineRepresentation, Field?>
  ) -> Cell {
    let field = self[keyPath: place].map { generalized($0, to: value) } ?? Field(holding: value)
    self[keyPath: place] = field
    return value.isInt32 && field == .double ? .double(Double(value.int32Value)) : value
  }

  // MARK: - Names and regular expressions

  /// Enters a text as a name and answers it in the width in which it is held.
  mutating func enterName(_ name: CloneString, beforeValue: Bool) -> CloneString {
    guard name.isLatin1 else { return name }
    if name.isEmpty || (name.utf16Count == 1 && profile.rules.narrowsSingleUnitNames) {
      return name.isTwoByte ? CloneString(utf16: name.utf16) : name
    }
    let index = Int(index(of: name))
    if !names[index].isEntered {
      // Of texts that are array indices only those in the cache of short numbers are looked up.
      let isLongIndex = name.utf16Count >= 3 && ClonePropertyKey.arrayIndex(name) != nil
      let narrows =
        profile.rules.narrowsNames && !isLongIndex && (beforeValue || name.utf16Count >= 8)
      names[index].text =
        name.isTwoByte && narrows ? CloneString(utf16: name.utf16) : name
      names[index].isEntered = true
    }
    return names[index].text.isTwoByte == name.isTwoByte ? name : names[index].text
  }

  /// The index of a text among the names, whether or not it is entered.
  private mutating func index(of name: CloneString) -> UInt32 {
    let hash = name.hashValue
    if let index = nameTable.find(hash: hash, where: { names[Int($0)].text == name }) {
      return index
    }
    names.append(Name(text: name))
    let index = UInt32(names.count - 1)
    nameTable.insert(index, hash: hash) { names[Int($0)].text.hashValue }
    return index
  }

  /// A string of one unit that was read in one byte, if the engine holds it in two: up to 10.2 V8 looks such
  /// strings up among the names, but not those that travelled as UTF-8.
  mutating func singleUnitString(_ unit: UInt8) -> CloneString? {
    guard !profile.rules.narrowsSingleUnitNames else { return nil }
    let held = enterName(CloneString(latin1: [unit]), beforeValue: true)
    return held.isTwoByte ? held : nil
  }

  /// The source of a regular expression as the engine holds it after compiling it.
  mutating func regExpSource(_ source: CloneString, flags: UInt32) -> CloneString {
    let held = CloneRegExp.writtenSource(source, isEscaped: profile.rules.escapesRegExpSource)
    guard profile.rules.cachesRegExps else { return held }
    let regExp = RegExp(source: held, flags: flags)
    let hash = regExp.hashValue
    if let known = regExpTable.find(hash: hash, where: { regExps[Int($0)] == regExp }) {
      return regExps[Int(known)].source
    }
    regExps.append(regExp)
    regExpTable.insert(UInt32(regExps.count - 1), hash: hash) { regExps[Int($0)].hashValue }
    return held
  }
}

extension CloneProfile {
  /// Whether a number is a small integer of an engine with so many bits for it.
  static func isSmallInteger(_ value: Double, bits: Int) -> Bool {
    let limit = Double(1 << (bits - 1))
    return value >= -limit && value < limit && value == value.rounded(.towardZero)
      && !(value == 0 && value.sign == .minus)
  }
}
