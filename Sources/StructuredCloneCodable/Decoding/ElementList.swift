import StructuredClone

/// Where the elements are of anything that can be read as an array.
struct ElementList {
  let record: UInt32
  let positions: [DecodingState.Position]

  /// Holes beyond this number and that of the elements are not counted out one by one.
  fileprivate static let mostHoles = 1024
}

extension DecodingState {
  /// The elements of an array or a `Set`, keys and values of a `Map` in turn, elements of a typed array.
  func elements(at position: Position, _ path: PathStack.Reference) throws -> ElementList {
    let cell = self.cell(at: position)
    if cell.isReceiver {
      let record = content.record(cell.payload)
      switch record.kind {
      case .array where record.flags.contains(.pairs):
        return try sparseElements(cell.payload, at: position, path)
      case .array:
        let first = record.start + 1
        return ElementList(
          record: cell.payload, positions: Array(first..<(first + record.count)))
      case .set, .map:
        let stride = record.kind == .map ? 2 : 1
        return ElementList(
          record: cell.payload,
          positions: reader.entries(of: cell.payload).flatMap { first in
            (first..<(first + stride)).map { Position($0) }
          })
      default: break
      }
    }
    if case .arrayBufferView(let view) = reader.value(of: cell) {
      return try elements(of: view, at: position, path)
    }
    throw error(
      isNil(cell) ? .noValue([Any].self) : .type([Any].self), at: position, codingPath(path))
  }

  private func sparseElements(
    _ record: UInt32, at position: Position, _ path: PathStack.Reference
  ) throws -> ElementList {
    let array = content.record(record)
    let length = Int(array.extra)
    guard length <= 4 * Int(array.count) + ElementList.mostHoles else {
      throw error(
        .corrupted("an array of \(length) elements, of which only \(array.count) are there"),
        at: position, codingPath(path))
    }
    let hole = Position(addCells([.hole]))
    return ElementList(
      record: record,
      positions: (0..<length).map {
        reader.pairElement($0, of: record).map { Position($0) } ?? hole
      })
  }

  private func elements(
    of view: CloneArrayBufferView, at position: Position, _ path: PathStack.Reference
  ) throws -> ElementList {
    var cells: [Cell] = []
    cells.reserveCapacity(view.count)
    for element in view.elements {
      switch element {
      case .number(let number): cells.append(.number(number))
      case .bigint(let integer):
        guard let number = Int64(exactly: integer).flatMap({ Double(exactly: $0) }) else {
          throw error(
            .corrupted(
              "an element of the \(view.kind) is beyond 2^53; decode CloneArrayBufferView"),
            at: position, codingPath(path))
        }
        cells.append(.number(number))
      default: break
      }
    }
    let first = Position(addCells(cells))
    return ElementList(
      record: cell(at: position).payload,
      positions: Array(first..<(first + Position(cells.count))))
  }
}
