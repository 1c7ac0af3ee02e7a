import StructuredClone

extension BlinkHostObject {
  /// An object that is outside the value: its place in a list that comes with it.
  public struct Attachment: Hashable, Sendable {
    /// What is referred to.
    public enum Kind: Hashable, Sendable, CaseIterable {
      /// A `MessagePort` that was transferred.
      case messagePort
      /// A `MojoHandle`.
      case mojoHandle
      /// A `Blob` in the list that is stored with the value.
      case blob
      /// A `File` in the list of blobs that is stored with the value.
      case file
      /// An `ImageBitmap` that was transferred.
      case imageBitmap
      /// An `ElementImage` that was transferred.
      case elementImage
      /// A `ReadableStream`, by its port.
      case readableStream
      /// A `WritableStream`, by its port: those of readable streams come first.
      case writableStream
      /// A `TransformStream`, by the first of its two ports, which come behind those of other streams.
      case transformStream
      /// An `RTCEncodedAudioFrame`.
      case rtcEncodedAudioFrame
      /// An `RTCEncodedVideoFrame`.
      case rtcEncodedVideoFrame
      /// An `RTCDataChannel`.
      case rtcDataChannel
      /// An `AudioData`.
      case audioData
      /// A `VideoFrame`.
      case videoFrame
      /// An `EncodedAudioChunk`, in one list with those of video.
      case encodedAudioChunk
      /// An `EncodedVideoChunk`, in one list with those of audio.
      case encodedVideoChunk
      /// A `MediaSourceHandle`.
      case mediaSourceHandle

      /// The tag with which it is written.
      public var tag: SerializationTag {
        switch self {
        case .messagePort: .messagePort
        case .mojoHandle: .mojoHandle
        case .blob: .blobIndex
        case .file: .fileIndex
        case .imageBitmap: .imageBitmapTransfer
        case .elementImage: .elementImageTransfer
        case .readableStream: .readableStreamTransfer
        case .writableStream: .writableStreamTransfer
        case .transformStream: .transformStreamTransfer
        case .rtcEncodedAudioFrame: .rtcEncodedAudioFrame
        case .rtcEncodedVideoFrame: .rtcEncodedVideoFrame
        case .rtcDataChannel: .rtcDataChannel
        case .audioData: .audioData
        case .videoFrame: .videoFrame
        case .encodedAudioChunk: .encodedAudioChunk
        case .encodedVideoChunk: .encodedVideoChunk
        case .mediaSourceHandle: .mediaSourceHandle
        }
      }
    }

    /// What is referred to.
    public var kind: Kind
    /// The place in the list, the first being 0.
    public var index: UInt32

    /// Makes a reference.
    public init(_ kind: Kind, index: UInt32) {
      self.kind = kind
      self.index = index
    }
  }
}

extension SerializationTag {
  /// What a tag refers to that is followed by nothing but an index.
  var attachmentKind: BlinkHostObject.Attachment.Kind? {
    SerializationTag.attachmentKinds[self]
  }

  private static let attachmentKinds = Dictionary(
    uniqueKeysWithValues: BlinkHostObject.Attachment.Kind.allCases.map { ($0.tag, $0) })
}
