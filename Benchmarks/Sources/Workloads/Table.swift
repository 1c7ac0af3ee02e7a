/// A table in Markdown, whose columns line up. The first column is text, the others are figures.
package struct Table {
  package let heading: [String]
  private var rows: [[String]] = []

  package init(_ heading: [String]) { self.heading = heading }

  /// Adds a row.
  package mutating func append(_ row: [String]) { rows.append(row) }

  /// The lines of the table.
  package var text: String {
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].count }.max() ?? 0
    }
    let rule = widths.enumerated().map { column, width in
      column == 0
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([heading, rule] + rows).map { row in
      "| "
        + zip(row, widths).enumerated().map { column, cell in
          let padding = String(repeating: " ", count: cell.1 - cell.0.count)
          return column == 0 ? cell.0 + padding : padding + cell.0
        }.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
