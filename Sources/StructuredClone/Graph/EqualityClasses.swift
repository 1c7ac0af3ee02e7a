/// Classes of what was found equal so far (or is assumed to be, on a cycle): a union-find over dense ids.
struct EqualityClasses {
  private var parents: [UInt32] = []

  /// Adds a class of one and answers the id of its member.
  mutating func add() -> UInt32 {
    let id = UInt32(parents.count)
    parents.append(id)
    return id
  }

  /// Makes one class of those of two members; false if they are of one class already.
  mutating func unite(_ left: UInt32, _ right: UInt32) -> Bool {
    let leftRoot = root(of: left)
    let rightRoot = root(of: right)
    guard leftRoot != rightRoot else { return false }
    parents[Int(leftRoot)] = rightRoot
    return true
  }

  private mutating func root(of id: UInt32) -> UInt32 {
    var id = id
    while parents[Int(id)] != id {
      let grandparent = parents[Int(parents[Int(id)])]
      parents[Int(id)] = grandparent
      id = grandparent
    }
    return id
  }
}
