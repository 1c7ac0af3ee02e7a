import ArgumentParser
import NodeClone
import StructuredClone

/// Whose host objects are read and written.
enum Dialect: String, CaseIterable, ExpressibleByArgument {
  /// V8's own: none.
  case v8
  /// Node's `v8.serialize`.
  case node
  /// Node's channels between processes; a payload is the body of a frame.
  case nodeIPC = "node-ipc"

  /// Dialects that the interface names and that are not built yet.
  static let planned = ["blink", "electron"]

  /// Whether views are host objects.
  var viewsAreHostObjects: Bool { self != .v8 }

  /// What reads and writes host objects as an engine does.
  func hostObjects(of profile: CloneProfile) -> NodeHostObjects? {
    switch self {
    case .v8: nil
    case .node: NodeHostObjects(profile, dialect: .v8)
    case .nodeIPC: NodeHostObjects(profile, dialect: .channel)
    }
  }
}
