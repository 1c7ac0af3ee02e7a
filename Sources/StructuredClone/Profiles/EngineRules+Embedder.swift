extension EngineRules.Embedder {
  /// The text for something with this tag that is outside the payload; `nil` for V8's own.
  func unresolvedMessage(of tag: UInt8) -> String? {
    guard self == .deno else { return nil }
    return switch tag {
    case WireTag.sharedArrayBuffer:
      "Deno deserializer: get_shared_array_buffer_from_id not implemented"
    case WireTag.wasmModule: "Deno deserializer: get_wasm_module_from_id not implemented"
    default: nil
    }
  }
}
