public import StructuredClone

/// What comes along with a value outside its bytes, and what a value refers to by place or number: Blink's
/// `UnpackedSerializedScriptValue` and attachments.
public struct Transferables: Sendable {
  /// A list that comes along with a value.
  public enum List: Hashable, Sendable, CaseIterable {
    /// Of `MessagePort`s.
    case messagePorts
    /// Of `MojoHandle`s.
    case mojoHandles
    /// Of `Blob`s and `File`s, where a value is stored.
    case blobs
    /// Of `ImageBitmap`s.
    case imageBitmaps
    /// Of `ElementImage`s.
    case elementImages
    /// Of the ports of streams.
    case streams
    /// Of tokens of file system handles.
    case fileSystemAccessTokens
    /// Of `RTCEncodedAudioFrame`s.
    case rtcEncodedAudioFrames
    /// Of `RTCEncodedVideoFrame`s.
    case rtcEncodedVideoFrames
    /// Of `RTCDataChannel`s.
    case rtcDataChannels
    /// Of `AudioData`.
    case audioData
    /// Of `VideoFrame`s.
    case videoFrames
    /// Of encoded chunks, of audio and video.
    case decoderBuffers
    /// Of `MediaSourceHandle`s.
    case mediaSourceHandles
  }

  /// The buffers that were transferred; the value names them by their place.
  public var arrayBuffers: [CloneArrayBuffer]
  /// The shared buffers; the value names them by their place.
  public var sharedArrayBuffers: [CloneSharedArrayBuffer]
  /// The modules; the value names them by their place.
  public var wasmModules: [CloneWasmModule]
  /// The uuids of the blobs that the receiver knows; with `nil` all are taken.
  public var knownBlobs: Set<String>?
  /// How long the other lists are: a reference beyond the end is refused, as Chromium does, and a list that is not
  /// mentioned is empty. With `nil` all references are taken.
  public var counts: [List: Int]?

  /// Makes lists.
  public init(
    arrayBuffers: [CloneArrayBuffer] = [], sharedArrayBuffers: [CloneSharedArrayBuffer] = [],
    wasmModules: [CloneWasmModule] = [], knownBlobs: Set<String>? = nil,
    counts: [List: Int]? = nil
  ) {
    self.arrayBuffers = arrayBuffers
    self.sharedArrayBuffers = sharedArrayBuffers
    self.wasmModules = wasmModules
    self.knownBlobs = knownBlobs
    self.counts = counts
  }

  /// Whether the lists hold what a host object refers to.
  func resolve(_ object: BlinkHostObject) -> Bool {
    switch object {
    case .blob(let blob): return knows(blob.uuid)
    case .file(let file): return knows(file.uuid)
    case .fileList(let files): return files.allSatisfy { knows($0.uuid) }
    case .attachment(let attachment):
      let last = UInt64(attachment.index) + (attachment.kind == .transformStream ? 1 : 0)
      return has(last, in: attachment.kind.list)
    case .fileListIndex(let indices): return indices.allSatisfy { has(UInt64($0), in: .blobs) }
    case .fileSystemHandle(let handle):
      return has(UInt64(handle.tokenIndex), in: .fileSystemAccessTokens)
    default: return true
    }
  }

  private func knows(_ uuid: String) -> Bool { knownBlobs?.contains(uuid) ?? true }

  private func has(_ index: UInt64, in list: List) -> Bool {
    guard let counts else { return true }
    return index < UInt64(max(0, counts[list] ?? 0))
  }
}

extension BlinkHostObject.Attachment.Kind {
  /// The list in which it is found.
  public var list: Transferables.List {
    switch self {
    case .messagePort: .messagePorts
    case .mojoHandle: .mojoHandles
    case .blob, .file: .blobs
    case .imageBitmap: .imageBitmaps
    case .elementImage: .elementImages
    case .readableStream, .writableStream, .transformStream: .streams
    case .rtcEncodedAudioFrame: .rtcEncodedAudioFrames
    case .rtcEncodedVideoFrame: .rtcEncodedVideoFrames
    case .rtcDataChannel: .rtcDataChannels
    case .audioData: .audioData
    case .videoFrame: .videoFrames
    case .encodedAudioChunk, .encodedVideoChunk: .decoderBuffers
    case .mediaSourceHandle: .mediaSourceHandles
    }
  }
}
