/// A node of `tree`.
final class TreeNode: Codable, Equatable {
  let value: Int
  let name: String
  let left: TreeNode?
  let right: TreeNode?

  static func == (a: TreeNode, b: TreeNode) -> Bool {
    a.value == b.value && a.name == b.name && a.left == b.left && a.right == b.right
  }
}
