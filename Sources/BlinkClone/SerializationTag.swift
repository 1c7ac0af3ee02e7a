/// The byte that says which host object follows: Blink's `SerializationTag`, as far as it names host objects.
///
/// Tags of types that Chromium has removed again (`B`, `F` and `t`, of shape detection) are not among them: it refuses them,
/// too.
public enum SerializationTag: UInt8, CaseIterable, Sendable {
  /// A `MessagePort`, by its index among those that were transferred.
  case messagePort = 0x4D
  /// A `MojoHandle`, by its index.
  case mojoHandle = 0x68
  /// A `Blob`.
  case blob = 0x62
  /// A `Blob`, by its index in the list that is stored with the value.
  case blobIndex = 0x69
  /// A `File`.
  case file = 0x66
  /// A `File`, by its index in the list of blobs that is stored with the value.
  case fileIndex = 0x65
  /// A `FileList`.
  case fileList = 0x6C
  /// A `FileList` of indices in the list of blobs that is stored with the value.
  case fileListIndex = 0x4C
  /// A `FileSystem`.
  case domFileSystem = 0x64
  /// A `FileSystemFileHandle`.
  case fileSystemFileHandle = 0x6E
  /// A `FileSystemDirectoryHandle`.
  case fileSystemDirectoryHandle = 0x4E
  /// An `ImageData`.
  case imageData = 0x23
  /// An `ImageBitmap`.
  case imageBitmap = 0x67
  /// An `ImageBitmap`, by its index among those that were transferred.
  case imageBitmapTransfer = 0x47
  /// An `ElementImage`, by its index among those that were transferred.
  case elementImageTransfer = 0x4A
  /// An `OffscreenCanvas` that was transferred.
  case offscreenCanvasTransfer = 0x48
  /// A `ReadableStream`, by the index of its port.
  case readableStreamTransfer = 0x72
  /// A `WritableStream`, by the index of its port.
  case writableStreamTransfer = 0x77
  /// A `TransformStream`, by the index of the first of its two ports.
  case transformStreamTransfer = 0x6D
  /// A `MediaStreamTrack`.
  case mediaStreamTrack = 0x73
  /// A `DOMPoint`.
  case domPoint = 0x51
  /// A `DOMPointReadOnly`.
  case domPointReadOnly = 0x57
  /// A `DOMRect`.
  case domRect = 0x45
  /// A `DOMRectReadOnly`.
  case domRectReadOnly = 0x52
  /// A `DOMQuad`.
  case domQuad = 0x54
  /// A `DOMMatrix` of two dimensions.
  case domMatrix2D = 0x49
  /// A `DOMMatrixReadOnly` of two dimensions.
  case domMatrix2DReadOnly = 0x4F
  /// A `DOMMatrix`.
  case domMatrix = 0x59
  /// A `DOMMatrixReadOnly`.
  case domMatrixReadOnly = 0x55
  /// A `CryptoKey`.
  case cryptoKey = 0x4B
  /// An `RTCCertificate`.
  case rtcCertificate = 0x6B
  /// An `RTCEncodedAudioFrame`, by its index.
  case rtcEncodedAudioFrame = 0x41
  /// An `RTCEncodedVideoFrame`, by its index.
  case rtcEncodedVideoFrame = 0x56
  /// An `RTCDataChannel`, by its index.
  case rtcDataChannel = 0x70
  /// An `AudioData`, by its index.
  case audioData = 0x61
  /// A `VideoFrame`, by its index.
  case videoFrame = 0x76
  /// An `EncodedAudioChunk`, by its index.
  case encodedAudioChunk = 0x79
  /// An `EncodedVideoChunk`, by its index.
  case encodedVideoChunk = 0x7A
  /// A `CropTarget`.
  case cropTarget = 0x63
  /// A `RestrictionTarget`.
  case restrictionTarget = 0x44
  /// A `MediaSourceHandle`, by its index.
  case mediaSourceHandle = 0x53
  /// A `FencedFrameConfig`.
  case fencedFrameConfig = 0x43
  /// A `DOMException`.
  case domException = 0x78
  /// A `QuotaExceededError`.
  case quotaExceededError = 0x71

  /// The interface that the receiving context must expose.
  public var interface: String {
    switch self {
    case .messagePort: "MessagePort"
    case .mojoHandle: "MojoHandle"
    case .blob, .blobIndex: "Blob"
    case .file, .fileIndex: "File"
    case .fileList, .fileListIndex: "FileList"
    case .domFileSystem: "DOMFileSystem"
    case .fileSystemFileHandle: "FileSystemFileHandle"
    case .fileSystemDirectoryHandle: "FileSystemDirectoryHandle"
    case .imageData: "ImageData"
    case .imageBitmap, .imageBitmapTransfer: "ImageBitmap"
    case .elementImageTransfer: "ElementImage"
    case .offscreenCanvasTransfer: "OffscreenCanvas"
    case .readableStreamTransfer: "ReadableStream"
    case .writableStreamTransfer: "WritableStream"
    case .transformStreamTransfer: "TransformStream"
    case .mediaStreamTrack: "MediaStreamTrack"
    case .domPoint: "DOMPoint"
    case .domPointReadOnly: "DOMPointReadOnly"
    case .domRect: "DOMRect"
    case .domRectReadOnly: "DOMRectReadOnly"
    case .domQuad: "DOMQuad"
    case .domMatrix2D, .domMatrix: "DOMMatrix"
    case .domMatrix2DReadOnly, .domMatrixReadOnly: "DOMMatrixReadOnly"
    case .cryptoKey: "CryptoKey"
    case .rtcCertificate: "RTCCertificate"
    case .rtcEncodedAudioFrame: "RTCEncodedAudioFrame"
    case .rtcEncodedVideoFrame: "RTCEncodedVideoFrame"
    case .rtcDataChannel: "RTCDataChannel"
    case .audioData: "AudioData"
    case .videoFrame: "VideoFrame"
    case .encodedAudioChunk: "EncodedAudioChunk"
    case .encodedVideoChunk: "EncodedVideoChunk"
    case .cropTarget: "CropTarget"
    case .restrictionTarget: "RestrictionTarget"
    case .mediaSourceHandle: "MediaSourceHandle"
    case .fencedFrameConfig: "FencedFrameConfig"
    case .domException: "DOMException"
    case .quotaExceededError: "QuotaExceededError"
    }
  }

  /// The first version of the envelope from which on the payload is laid out as it is today.
  var currentLayoutSince: UInt32 {
    switch self {
    case .imageData, .imageBitmap: 18
    case .file, .fileList: 8
    default: 0
    }
  }

  /// The first version of the envelope in which Blink reads the tag, or what a list of this tag has in it.
  var readableSince: UInt32 {
    switch self {
    case .blob, .file, .fileList: 3
    case .blobIndex, .fileIndex, .fileListIndex: 6
    default: 0
    }
  }

  /// With what text Chromium refuses to store the object; `nil` if it stores it.
  var storageRefusal: String? {
    switch self {
    case .messagePort, .mojoHandle, .elementImageTransfer, .offscreenCanvasTransfer,
      .readableStreamTransfer, .writableStreamTransfer, .transformStreamTransfer:
      // The list of what is transferred is empty.
      "\(article) \(interface) could not be cloned because it was not transferred."
    // Only what a user chose can be cloned, of which nobody knows here.
    case .domFileSystem: "A FileSystem object could not be cloned."
    case .imageBitmapTransfer: "An ImageBitmap is detached and could not be cloned."
    case .audioData: "AudioData cannot be serialized for storage."
    case .encodedAudioChunk, .encodedVideoChunk:
      "Encoded chunks cannot be serialized for storage."
    case .rtcEncodedAudioFrame, .rtcEncodedVideoFrame, .rtcDataChannel, .videoFrame,
      .mediaStreamTrack, .cropTarget, .restrictionTarget, .mediaSourceHandle, .fencedFrameConfig:
      "\(article) \(interface) cannot be serialized for storage."
    default: nil
    }
  }

  /// The indefinite article of the interface in Chromium's texts.
  private var article: String {
    switch self {
    case .elementImageTransfer, .offscreenCanvasTransfer, .rtcEncodedAudioFrame,
      .rtcEncodedVideoFrame, .rtcDataChannel:
      "An"
    default: "A"
    }
  }
}
