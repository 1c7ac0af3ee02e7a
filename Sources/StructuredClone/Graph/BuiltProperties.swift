/// The properties of a new object, of which the last of a name wins.
struct BuiltProperties {
  /// As long as there are some names that differ, which is the most usual.
  private var content: BuiltContent
  private var count = 0
  /// The object from then on.
  private var object: Receiver?

  /// - Parameter number: about how many are going to be appended.
  init(reserving number: Int) { content = BuiltContent(reserving: 2 * min(number, 1 << 20)) }

  mutating func append(_ key: ClonePropertyKey, _ value: CloneValue) {
    if object == nil, case .name(let name) = key.form, count < KeyIndex.threshold,
      !content.hasName(name)
    {
      content.append(name)
      content.append(value)
      count += 1
    } else {
      set(key, value)
    }
  }

  private mutating func set(_ key: ClonePropertyKey, _ value: CloneValue) {
    let graph = begun().graph
    let lookupKey = LookupKey(key)
    if let position = graph.findEntry(lookupKey, of: 0) {
      graph.cells[position + 1] = graph.replaceCell(graph.cells[position + 1], with: value)
    } else {
      graph.appendEntry(
        lookupKey, keyCell: graph.makeCell(key), valueCell: graph.makeCell(value))
    }
  }

  private mutating func begun() -> Receiver {
    if let object { return object }
    let object = Receiver(.object, count: count, content)
    self.object = object
    return object
  }

  /// The object, which is complete.
  consuming func receiver() -> Receiver { object ?? Receiver(.object, count: count, content) }
}
