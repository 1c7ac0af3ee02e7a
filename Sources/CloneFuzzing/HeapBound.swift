/// How much memory a call may take at most.
public enum HeapBound {
  /// The promise: 64 bytes for each byte of the input, and 64 KiB.
  public static func bytes(for inputCount: Int) -> Int { 64 * inputCount + 0x1_0000 }
}
