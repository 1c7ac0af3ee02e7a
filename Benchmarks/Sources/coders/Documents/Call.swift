/// `ipc`: a call of a renderer process.
struct Call: Codable, Equatable {
  var id: Int
  var channel: String
  var args: Arguments

  /// The arguments, each of its own type.
  struct Arguments: Codable, Equatable {
    var document: Document
    var options: Options

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      document = try container.decode(Document.self)
      options = try container.decode(Options.self)
      _ = try container.decodeNil()
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(document)
      try container.encode(options)
      try container.encodeNil()
    }
  }

  struct Document: Codable, Equatable {
    var path: String
    var encoding: String
    var revision: Int
    var dirty: Bool
    var selection: [Int]
  }

  struct Options: Codable, Equatable {
    var silent: Bool
    var reason: String
    var elapsed: Double
  }
}
