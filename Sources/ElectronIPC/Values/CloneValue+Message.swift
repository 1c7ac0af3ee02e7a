import ElectronClone
import StructuredClone

/// Values on their way between processes travel as Electron's bytes in every transport, so that the sides share nothing.
extension PayloadContent {
  /// The bytes of the content (electron-ipc, section 7).
  ///
  /// - Throws: Electron's one text for whatever cannot be cloned; where it is and why is the diagnosis.
  func serialized() throws(IPCError) -> [UInt8] {
    do {
      // Version 15 of the format, as Node cannot read what Electron writes since 43.
      return try ElectronSerializedValue.serialize(self, profile: .default, refusesModules: true)
    } catch {
      throw IPCError(error.message, diagnosis: error.diagnosis)
    }
  }
}

extension CloneValue {
  /// The bytes of the value.
  ///
  /// - Throws: that it cannot be cloned.
  func serialized() throws(IPCError) -> [UInt8] { try PayloadContent.value(self).serialized() }

  /// The value of bytes, which may be anything: `null` if they are none, as in Electron.
  init(serialized bytes: [UInt8]) {
    self = (try? ElectronSerializedValue.deserialize(bytes)) ?? .null
  }
}

extension [CloneValue] {
  /// The bytes of arguments: one array, so that what they share is still shared on arrival.
  ///
  /// - Throws: that one cannot be cloned.
  func serialized() throws(IPCError) -> [UInt8] { try PayloadContent.elements(self).serialized() }

  /// The arguments of bytes: none if the bytes are no array.
  init(serialized bytes: [UInt8]) {
    self =
      ElectronSerializedValue.plainElements(of: bytes)
      ?? CloneValue(serialized: bytes).array.map { Array($0.elements) } ?? []
  }
}
