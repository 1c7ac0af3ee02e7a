/// The wire ids of receivers, by graph and record.
///
/// Most graphs are written whole, and then a flat table is best. A small part of a large graph is kept in a
/// dictionary, so that writing each element of a large array by itself does not clear a table each time.
struct WireIDTable: Sendable {
  private struct Region: Sendable {
    let recordCount: Int
    /// Where the graph's part of the flat table begins, once it has one.
    var base: Int?
    var few: [UInt32: UInt32] = [:]
  }

  private static let smallGraph = 256

  private var regions: [Region] = []
  /// Id + 1 of each record, 0 if it has none yet.
  private var flat: [UInt32] = []

  /// Adds a graph, whose ordinal is the number of graphs before it.
  mutating func addGraph(recordCount: Int) {
    regions.append(Region(recordCount: recordCount))
    if recordCount <= WireIDTable.smallGraph { flatten(regions.count - 1) }
  }

  /// The id of a record, or `nil` if it has none yet.
  subscript(graph: Int, record: UInt32) -> UInt32? {
    if let base = regions[graph].base {
      let entry = flat[base + Int(record)]
      return entry == 0 ? nil : entry - 1
    }
    return regions[graph].few[record]
  }

  /// Gives a record its id.
  mutating func assign(_ id: UInt32, graph: Int, record: UInt32) {
    if let base = regions[graph].base {
      flat[base + Int(record)] = id + 1
      return
    }
    regions[graph].few[record] = id
    if regions[graph].few.count > regions[graph].recordCount / 16 { flatten(graph) }
  }

  private mutating func flatten(_ graph: Int) {
    let base = flat.count
    flat.append(contentsOf: repeatElement(0, count: regions[graph].recordCount))
    for (record, id) in regions[graph].few { flat[base + Int(record)] = id + 1 }
    regions[graph].few = [:]
    regions[graph].base = base
  }
}
