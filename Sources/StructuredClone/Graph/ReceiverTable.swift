/// A number for each receiver that a walk has met: a side table of four bytes a record.
///
/// Most graphs are walked whole, and then a flat table is best. A small part of a large graph is kept in a
/// dictionary, so that walking each element of a large array by itself does not clear a table each time. Graphs
/// of one receiver, which is what values that were built consist of, take an entry of the flat table each.
///
/// The table keeps its graphs, so that identity lasts as long as it does.
package struct ReceiverTable: Sendable {
  private struct Region: Sendable {
    let recordCount: UInt32
    /// Where the graph's part of the flat table begins, once it has one.
    var base: UInt32?
    var few: [UInt32: UInt32] = [:]
  }

  private static let smallGraph = 256

  /// The graphs in the order in which they were met; a graph is named by its ordinal here.
  private(set) var graphs: [CloneGraph] = []
  private var regions: [Region] = []
  /// Number + 1 of each record, 0 if it has none yet.
  private var flat: [UInt32] = []
  /// The ordinals of all graphs, once there are two.
  private var ordinals: [ObjectIdentifier: UInt32] = [:]
  /// The graph that was asked for last: most often the next one, too.
  private var latest = 0

  package init() {}

  /// The ordinal of a graph, which is added if it is new.
  mutating func ordinal(of graph: CloneGraph) -> Int {
    if latest < graphs.count, graphs[latest] === graph { return latest }
    if graphs.isEmpty {
      add(graph)
      return 0
    }
    if ordinals.isEmpty { ordinals[ObjectIdentifier(graphs[0])] = 0 }
    let identifier = ObjectIdentifier(graph)
    if let known = ordinals[identifier] {
      latest = Int(known)
    } else {
      ordinals[identifier] = UInt32(graphs.count)
      latest = graphs.count
      add(graph)
    }
    return latest
  }

  private mutating func add(_ graph: CloneGraph) {
    graphs.append(graph)
    regions.append(Region(recordCount: UInt32(graph.records.count)))
    if graph.records.count <= ReceiverTable.smallGraph { flatten(regions.count - 1) }
  }

  /// The number of a record of a graph, or `nil` if it has none yet.
  subscript(graph: Int, record: UInt32) -> UInt32? {
    if let base = regions[graph].base {
      let entry = flat[Int(base) + Int(record)]
      return entry == 0 ? nil : entry - 1
    }
    return regions[graph].few[record]
  }

  /// The number of a receiver, or `nil` if it has none yet.
  package subscript(receiver: Receiver) -> UInt32? {
    mutating get {
      let graph = ordinal(of: receiver.graph)
      return self[graph, receiver.index]
    }
  }

  /// The number of a receiver, or `nil` if it has none; its graph is not added.
  package func known(_ receiver: Receiver) -> UInt32? {
    if latest < graphs.count, graphs[latest] === receiver.graph {
      return self[latest, receiver.index]
    }
    guard let graph = ordinals[ObjectIdentifier(receiver.graph)] else { return nil }
    return self[Int(graph), receiver.index]
  }

  /// Gives a record its number, in place of one that it may have.
  mutating func assign(_ number: UInt32, graph: Int, record: UInt32) {
    if let base = regions[graph].base {
      flat[Int(base) + Int(record)] = number + 1
      return
    }
    regions[graph].few[record] = number
    if regions[graph].few.count > regions[graph].recordCount / 16 { flatten(graph) }
  }

  /// Gives a receiver its number, in place of one that it may have.
  package mutating func assign(_ number: UInt32, to receiver: Receiver) {
    assign(number, graph: ordinal(of: receiver.graph), record: receiver.index)
  }

  /// Gives a receiver a number unless it has one; answers the one that it had.
  package mutating func insert(_ receiver: Receiver, _ number: UInt32) -> UInt32? {
    let graph = ordinal(of: receiver.graph)
    if let known = self[graph, receiver.index] { return known }
    assign(number, graph: graph, record: receiver.index)
    return nil
  }

  private mutating func flatten(_ graph: Int) {
    // Beyond 2^32 records in all, a graph keeps its dictionary.
    guard let base = UInt32(exactly: flat.count) else { return }
    flat.append(contentsOf: repeatElement(0, count: Int(regions[graph].recordCount)))
    for (record, number) in regions[graph].few { flat[Int(base) + Int(record)] = number + 1 }
    regions[graph].few = [:]
    regions[graph].base = base
  }
}
