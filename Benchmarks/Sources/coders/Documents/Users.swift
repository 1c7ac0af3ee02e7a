/// An element of `objs10k`.
struct User: Codable, Equatable {
  var id: Int
  var name: String
  var score: Double
  var active: Bool
  var tags: [String]
}
