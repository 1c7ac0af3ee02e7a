import StructuredClone

/// Changes to a value through its mutating interface; bytes decide which. Preconditions are kept.
struct ValueChanges {
  var decisions: Decisions
  /// What can be put somewhere: parts that were met, so that objects are shared.
  private var pool: [CloneValue]
  private(set) var count = 0

  init(_ decisions: Decisions, pool: [CloneValue]) {
    self.decisions = decisions
    self.pool = pool
  }

  /// Changes something in a value.
  mutating func change(_ value: inout CloneValue) {
    count += 1
    change(&value, level: 0)
    if pool.count < 12, decisions.flag() { pool.append(value) }
  }

  private mutating func change(_ value: inout CloneValue, level: Int) {
    switch value {
    case .object: if value.object != nil { changeObject(&value, level) }
    case .array: changeArray(&value, level)
    case .map: changeMap(&value, level)
    case .set: changeSet(&value)
    case .error: changeError(&value, level)
    case .date: value.date?.millisecondsSince1970 = Double(decisions.byte()) * 1e14 - 1e16
    case .arrayBuffer(var buffer):
      value = .undefined
      changeBuffer(&buffer)
      value = .arrayBuffer(buffer)
    case .arrayBufferView: changeView(&value)
    case .hostObject(var object):
      object.payload = other()
      value = .hostObject(object)
    default: value = other()
    }
  }

  /// A value to put somewhere.
  private mutating func other() -> CloneValue {
    switch decisions.below(12) {
    case 0: [:]
    case 1: []
    case 2: .map([:])
    case 3: .set([1])
    case 4: .number(Double(decisions.byte()) - 0.5)
    case 5: .string(CloneString(latin1: [decisions.byte()]))
    case 6: .bigint(CloneBigInt(Int(decisions.byte()) - 128))
    case 7: .error(CloneErrorObject(.typeError, message: "m", cause: .some(.undefined)))
    case 8: .arrayBuffer(CloneArrayBuffer([1, 2, 3, 4], maxByteLength: 8))
    case 9: [.null, .undefined, true]
    default: decisions.pick(pool)
    }
  }

  private mutating func key(of keys: [ClonePropertyKey]) -> ClonePropertyKey {
    if !keys.isEmpty, decisions.flag() { return decisions.pick(keys) }
    return decisions.pick(["a", "b", "length", "__proto__", 0, 1, 7, 300, "01", ""])
  }

  private mutating func changeObject(_ value: inout CloneValue, _ level: Int) {
    let key = self.key(of: value.object?.keys ?? [])
    switch decisions.below(8) {
    case 0: value.object?[key] = other()
    case 1: value.object?.removeValue(forKey: key)
    case 2: value.object?.updateValue(.undefined, forKey: key)
    case 3 where decisions.below(8) == 0: value.object?.removeAll()
    case 4:
      let new = other()
      value.object?[String(key.name)] = new
    default:
      guard level < 6 else { return }
      if var object = value.object {
        value = .undefined
        change(&object[key], level: level + 1)
        value = .object(object)
      }
    }
  }

  private mutating func changeArray(_ value: inout CloneValue, _ level: Int) {
    guard var array = value.array else { return }
    value = .undefined
    defer { value = .array(array) }
    let present = array.presentIndices
    let index =
      decisions.flag() && !present.isEmpty
      ? decisions.pick(present) : decisions.pick([0, 1, 5, 70, 1000, 4_294_967_294, -1, .max])
    switch decisions.below(10) {
    case 0: array[index] = other()
    case 1: array.append(other())
    case 2: array.popLast()
    case 3: array.removeElement(at: index)
    case 4: array.count = decisions.pick([0, 1, 3, 100, 5000, 4_294_967_295])
    case 5:
      let key = self.key(of: array.properties.keys)
      array.properties[key] = other()
    case 6:
      let key = self.key(of: array.properties.keys)
      array.properties.removeValue(forKey: key)
    default: if level < 6 { change(&array[index], level: level + 1) }
    }
  }

  private mutating func changeMap(_ value: inout CloneValue, _ level: Int) {
    guard var map = value.map else { return }
    value = .undefined
    defer { value = .map(map) }
    let keys = map.keys
    let key = !keys.isEmpty && decisions.flag() ? decisions.pick(keys) : other()
    switch decisions.below(8) {
    case 0: map[key] = other()
    case 1: map.removeValue(forKey: key)
    case 2:
      let new = other()
      map.updateKey(key) { $0 = new }
    case 3 where decisions.below(8) == 0: map.removeAll()
    case 4:
      guard level < 6 else { return }
      // The key is changed in place, and so becomes another.
      var changed = key
      change(&changed, level: level + 1)
      map.updateKey(key) { $0 = changed }
    default: if level < 6 { change(&map[key], level: level + 1) }
    }
  }

  private mutating func changeSet(_ value: inout CloneValue) {
    guard var set = value.set else { return }
    value = .undefined
    let elements = Array(set)
    switch decisions.below(6) {
    case 0, 1, 2: set.insert(other())
    case 3 where decisions.below(8) == 0: set.removeAll()
    case 4 where !elements.isEmpty: set.remove(decisions.pick(elements))
    default: set.remove(other())
    }
    value = .set(set)
  }

  private mutating func changeError(_ value: inout CloneValue, _ level: Int) {
    guard var error = value.error else { return }
    value = .undefined
    switch decisions.below(6) {
    case 0: error.name = decisions.pick(CloneErrorObject.Name.allCases)
    case 1: error.message = decisions.flag() ? "changed" : nil
    case 2: error.stack = decisions.flag() ? "stack" : nil
    case 3: error.cause = decisions.flag() ? .some(other()) : .none
    default:
      if level < 6, var cause = error.cause {
        error.cause = .none
        change(&cause, level: level + 1)
        error.cause = .some(cause)
      }
    }
    value = .error(error)
  }

  private mutating func changeBuffer(_ buffer: inout CloneArrayBuffer) {
    if decisions.flag(), buffer.isResizable, !buffer.isDetached {
      buffer.resize(to: min(decisions.pick([0, 1, 4, 4096]), buffer.maxByteLength))
      return
    }
    guard !buffer.isImmutable, buffer.byteLength > 0 else { return }
    let offset = decisions.below(buffer.byteLength)
    if decisions.flag() {
      buffer[offset] = decisions.byte()
    } else {
      buffer.replaceBytes(at: offset, with: buffer.bytes.prefix(buffer.byteLength - offset))
    }
  }

  private mutating func changeView(_ value: inout CloneValue) {
    guard var view = value.arrayBufferView else { return }
    value = .undefined
    if decisions.flag() {
      let index = decisions.pick([0, 1, 7, view.count - 1, view.count, -1])
      view[index] = other()
    } else {
      var changes = self
      view.modifyBuffer { changes.changeBuffer(&$0) }
      self = changes
    }
    value = .arrayBufferView(view)
  }
}
