import CloneDetection
import StructuredClone

/// Finds out what anything is.
struct DetectTarget {
  let calls: FuzzCalls

  func run(_ input: FuzzInput) {
    let bytes = input.payload
    let found = calls.measure("CloneDetection.detect") { CloneDetection.detect(bytes) }
    if (try? CloneValue(decoding: bytes)) != nil, bytes.count > 1 {
      calls.require(found != nil, "what can be read is something")
    }
    guard let found else { return }
    calls.require(!found.layers.isEmpty, "what is found has layers")
    for layer in found.layers {
      calls.require(!layer.description.isEmpty, "a layer has a name")
      calls.require(
        layer.offset >= 0 && layer.offset <= max(bytes.count, found.innermost.count),
        "a layer is within the bytes")
    }
    calls.require(
      found.trailingByteCount >= 0 && found.trailingByteCount <= found.innermost.count,
      "what is left over is within the bytes")
    switch found.values {
    case .success(let values):
      calls.require(!values.isEmpty, "what was read holds something")
      for value in values {
        calls.checkPrinting(value)
        if case .hostObject(let object) = value {
          calls.require(found.dialect.text(of: object)?.isEmpty != true, "an object has a text")
        }
      }
    case .failure(let error):
      calls.require(!error.description.isEmpty, "an error says something")
      if let cause = error.underlyingError { calls.check(cause, in: found.innermost) }
    }
  }
}
