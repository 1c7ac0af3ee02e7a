import Foundation
import StructuredClone
import StructuredCloneCodable
import Workloads

/// A document that is measured: a payload of `Payloads/payloads.mjs`, and the type that it is.
enum Document: String, CaseIterable, Codable, Sendable {
  case objs10k, tree, ipc, twitter, dbl100k

  /// Whether it is more than one array of numbers, which says little of coders and much of memory.
  var hasObjects: Bool { self != .dbl100k }

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
  /// Types that read and write themselves.
  case direct

  func work<T: Codable & Equatable & CloneReadable & CloneWritable>(
    _ type: T.Type, _ operation: CoderOperation, _ document: Document, in workspace: Workspace
  ) throws -> Work {
    let payload = try workspace.manifest().payload(document.rawValue)
    let bytes = try payload.bytes(in: workspace.payloads)
    let json = try payload.jsonText(in: workspace.payloads)
    let value = try CloneDecoder().decode(type, from: bytes)
    let decoder = CloneDecoder()
    var encoder = CloneEncoder()
    // What JavaScript has there, so that all bytes are V8's.
    encoder.missingValueEncodingStrategy = .null
    // What is timed is checked.
    guard try JSONDecoder().decode(type, from: json) == value, try encoder.encode(value) == bytes,
      try encoder.write(value) == bytes, try decoder.read(type, from: bytes) == value
    else { throw Failure("\(document.rawValue): the coders do not agree") }
    return try work(value, operation, bytes, json, decoder, encoder)
  }

  private func work<T: Codable & CloneReadable & CloneWritable>(
    _ value: T, _ operation: CoderOperation, _ bytes: [UInt8], _ json: Data,
    _ decoder: CloneDecoder, _ encoder: CloneEncoder
  ) throws -> Work {
    let type = T.self
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
    case (.direct, .decode):
      return Work(byteCount: bytes.count) { blackHole(try decoder.read(type, from: bytes)) }
    case (.direct, .encode):
      return Work(byteCount: bytes.count) { blackHole(try encoder.write(value)) }
    }
  }
}
