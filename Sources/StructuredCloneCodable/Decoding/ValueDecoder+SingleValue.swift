import StructuredClone

extension ValueDecoder: SingleValueDecodingContainer {
  @inline(__always)
  private func read<Value>(
    _ take: (inout DirectReader) -> Value?, _ body: (Cell) throws(Mismatch) -> Value
  ) throws -> Value {
    if state.isNextInSequence(position), let value = state.sequence.take(take) { return value }
    do throws(Mismatch) {
      return try body(state.cell(at: position))
    } catch {
      throw state.error(error, at: position, codingPath)
    }
  }

  func decodeNil() -> Bool {
    if state.isNextInSequence(position), let isNil = state.sequence.takeNilValue() { return isNil }
    return state.isNil(state.cell(at: position))
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try state.decodeSame(type, at: position, path)
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    try read {
      $0.takeBoolean()
    } _: { cell throws(Mismatch) in
      try state.boolean(cell)
    }
  }
  func decode(_ type: String.Type) throws -> String {
    try read {
      $0.takeText()
    } _: { cell throws(Mismatch) in
      try state.string(cell)
    }
  }
  func decode(_ type: Double.Type) throws -> Double {
    try read {
      $0.takeNumber()
    } _: { cell throws(Mismatch) in
      try state.double(cell)
    }
  }
  func decode(_ type: Float.Type) throws -> Float {
    try read {
      $0.takeFloat()
    } _: { cell throws(Mismatch) in
      try state.float(cell)
    }
  }
  func decode(_ type: Int.Type) throws -> Int {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: Int8.Type) throws -> Int8 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: Int16.Type) throws -> Int16 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: Int32.Type) throws -> Int32 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: Int64.Type) throws -> Int64 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt.Type) throws -> UInt {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt8.Type) throws -> UInt8 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt16.Type) throws -> UInt16 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt32.Type) throws -> UInt32 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt64.Type) throws -> UInt64 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: Int128.Type) throws -> Int128 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
  func decode(_ type: UInt128.Type) throws -> UInt128 {
    try read {
      $0.takeExactly()
    } _: { cell throws(Mismatch) in
      try state.integer(cell)
    }
  }
}
