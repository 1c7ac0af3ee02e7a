extension Array: CloneValueConvertible where Element: CloneValueConvertible {
  /// Makes an array of an `Array`; one of bytes of a `Uint8Array` or an `ArrayBuffer`.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    self = try Element.array(cloneValue: cloneValue)
  }

  /// An `Array`; of bytes a `Uint8Array`.
  public func cloneValue() throws(CloneConversionError) -> CloneValue {
    try Element.cloneValue(ofArray: self)
  }
}

extension Dictionary: CloneValueConvertible where Key == String, Value: CloneValueConvertible {
  /// Makes a dictionary of the properties of a plain object.
  ///
  /// - Throws: also if two names are equal as Swift's text, which does not tell "é" from "e" and an accent.
  public init(cloneValue: CloneValue) throws(CloneConversionError) {
    guard let object = cloneValue.object else {
      throw CloneConversionError(expected: "an Object", found: cloneValue)
    }
    self.init(minimumCapacity: object.count)
    for (key, value) in object {
      do throws(CloneConversionError) {
        guard let name = String(exactly: key.name) else {
          throw CloneConversionError("the name has a lone surrogate")
        }
        guard updateValue(try Value(cloneValue: value), forKey: name) == nil else {
          throw CloneConversionError("another name is the same text to Swift")
        }
      } catch {
        throw error.within(.property(key))
      }
    }
  }

  /// A plain object, with its names in the order of Swift's text.
  public func cloneValue() throws(CloneConversionError) -> CloneValue {
    var object = CloneObject()
    for (name, value) in sorted(by: { $0.key < $1.key }) {
      let key = ClonePropertyKey(name)
      do {
        object.updateValue(try value.cloneValue(), forKey: key)
      } catch {
        throw error.within(.property(key))
      }
    }
    return .object(object)
  }
}
