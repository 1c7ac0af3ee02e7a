import StructuredCloneCodable

/// A node of `tree`.
final class TreeNode: Codable, Equatable, CloneObjectReadable, CloneObjectWritable {
  let value: Int
  let name: String
  let left: TreeNode?
  let right: TreeNode?

  init(properties reader: inout CloneReader) throws {
    value = try reader.read("value")
    name = try reader.read("name")
    left = try reader.readIfPresent("left")
    right = try reader.readIfPresent("right")
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(value, as: "value")
    try writer.write(name, as: "name")
    try writer.writeIfPresent(left, as: "left")
    try writer.writeIfPresent(right, as: "right")
  }

  static func == (a: TreeNode, b: TreeNode) -> Bool {
    a.value == b.value && a.name == b.name && a.left == b.left && a.right == b.right
  }
}
