import Foundation
import StructuredClone
import StructuredCloneCodable
import Workloads

/// A document that is measured: a payload of `Payloads/payloads.mjs`, and the type that it is.
enum Document: String, CaseIterable, Codable, Sendable {
  case objs10k, tree, ipc, twitter, dbl100k

  /// Prepares an operation of a coder on the document.
  func work(_ coder: Coder, _ operation: CoderOperation, in workspace: Workspace) throws -> Work {
    switch self {
    case .objs10k: try coder.work([User].self, operation, self, in: workspace)
    case .tree: try coder.work(TreeNode.self, operation, self, in: workspace)
    case .ipc: try coder.work(Call.self, operation, self, in: workspace)
    case .twitter: try coder.work(Timeline.self, operation, self, in: workspace)
    case .dbl100k: try coder.work([Double].self, operation, self, in: workspace)
    }
  }
}

enum CoderOperation: String, CaseIterable, Codable, Sendable { case decode, encode }

/// Who reads and writes.
enum Coder: String, CaseIterable, Codable, Sendable {
  /// Foundation's JSON coders, on the same document as JSON.
  case foundation
  /// Coders that do nothing but hand out values and take them.
  case floor
  /// This package's coders.
  case codable

  func work<T: Codable & Equatable>(
    _ type: T.Type, _ operation: CoderOperation, _ document: Document, in workspace: Workspace
  ) throws -> Work {
    let payload = try workspace.manifest().payload(document.rawValue)
    let bytes = try payload.bytes(in: workspace.payloads)
    let json = try payload.jsonText(in: workspace.payloads)
    let value = try CloneDecoder().decode(type, from: bytes)
    let decoder = CloneDecoder()
    let encoder = CloneEncoder()
    // What is timed is checked.
    guard try JSONDecoder().decode(type, from: json) == value,
      try decoder.decode(type, from: encoder.encode(value)) == value
    else { throw Failure("\(document.rawValue): the coders do not agree") }
    switch (self, operation) {
    case (.foundation, .decode):
      let decoder = JSONDecoder()
      return Work(byteCount: json.count) { blackHole(try decoder.decode(type, from: json)) }
    case (.foundation, .encode):
      let encoder = JSONEncoder()
      return Work(byteCount: json.count) { blackHole(try encoder.encode(value)) }
    case (.floor, .decode):
      let tape = try FloorTape(value)
      return Work(byteCount: bytes.count) { blackHole(try T(from: FloorDecoder(tape.rewound()))) }
    case (.floor, .encode):
      return Work(byteCount: bytes.count) { try value.encode(to: FloorEncoder()) }
    case (.codable, .decode):
      return Work(byteCount: bytes.count) { blackHole(try decoder.decode(type, from: bytes)) }
    case (.codable, .encode):
      return Work(byteCount: bytes.count) { blackHole(try encoder.encode(value)) }
    }
  }
}
