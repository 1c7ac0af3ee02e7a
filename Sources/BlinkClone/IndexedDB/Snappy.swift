internal import CSnappy

/// Single blocks of Snappy, without framing.
enum Snappy {
  /// The most bytes that a byte of a block can stand for: three bytes copy at most 64 that came before.
  private static let highestRatio = 22

  /// How many bytes a block claims to hold; `nil` if it does not begin like one.
  static func uncompressedLength(of block: ArraySlice<UInt8>) -> Int? {
    var length = 0
    let isBlock = unsafe block.withUnsafeBufferPointer {
      unsafe csnappy_uncompressed_length($0.baseAddress, $0.count, &length)
    }
    return isBlock ? length : nil
  }

  /// Whether a block can hold as many bytes as it claims: memory is asked for in proportion to what is there.
  static func canHold(_ length: Int, in block: ArraySlice<UInt8>) -> Bool {
    length / highestRatio <= block.count
  }

  /// What a block holds; `nil` if that is not as long as it claims.
  static func uncompress(_ block: ArraySlice<UInt8>, to length: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: length)
    let isComplete = unsafe output.withUnsafeMutableBufferPointer { output in
      unsafe block.withUnsafeBufferPointer { block in
        unsafe csnappy_uncompress(block.baseAddress, block.count, output.baseAddress, output.count)
      }
    }
    return isComplete ? output : nil
  }

  /// The block of bytes; `nil` if the library makes none.
  static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: csnappy_max_compressed_length(bytes.count))
    let count = unsafe block.withUnsafeMutableBufferPointer { block in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe csnappy_compress(bytes.baseAddress, bytes.count, block.baseAddress)
      }
    }
    return count > 0 ? Array(block.prefix(count)) : nil
  }
}
