public import StructuredClone

/// A host object of Blink's: what a page can put into a message or a database beyond JavaScript's own values.
///
/// In a ``CloneValue`` it is a ``CloneHostObject`` whose interface is that of ``SerializationTag/interface`` and whose
/// payload is a view of the bytes that Blink wrote for it, tag included. They were checked when they were read. Where
/// the layout of some objects has changed, ``CloneHostObject/layout`` is the version of the envelope in which they
/// stood.
///
/// ```swift
/// if case .blob(let blob)? = BlinkHostObject(value["attachment"]) { print(blob.size) }
/// let point = BlinkHostObject.domPoint(.init(x: 1, y: 2)).makeValue()
/// ```
public enum BlinkHostObject: Hashable, Sendable {
  /// A `Blob`, named by its uuid.
  case blob(Blob)
  /// A `File`.
  case file(File)
  /// A `FileList`.
  case fileList([File])
  /// A `FileList` of indices in the list of blobs that is stored with the value.
  case fileListIndex([UInt32])
  /// An object that is outside the value, by its index in a list that comes with it.
  case attachment(Attachment)
  /// A `FileSystem`.
  case domFileSystem(DOMFileSystem)
  /// A `FileSystemFileHandle` or `FileSystemDirectoryHandle`.
  case fileSystemHandle(FileSystemHandle)
  /// An `ImageData`.
  case imageData(ImageData)
  /// An `ImageBitmap` with its pixels.
  case imageBitmap(ImageBitmap)
  /// An `OffscreenCanvas` that was transferred.
  case offscreenCanvas(OffscreenCanvas)
  /// A `MediaStreamTrack` that was transferred.
  case mediaStreamTrack(MediaStreamTrack)
  /// A `DOMPoint` or `DOMPointReadOnly`.
  case domPoint(DOMPoint)
  /// A `DOMRect` or `DOMRectReadOnly`.
  case domRect(DOMRect)
  /// A `DOMQuad`.
  case domQuad(DOMQuad)
  /// A `DOMMatrix` or `DOMMatrixReadOnly`.
  case domMatrix(DOMMatrix)
  /// A `CryptoKey`.
  case cryptoKey(CryptoKey)
  /// An `RTCCertificate`.
  case rtcCertificate(RTCCertificate)
  /// A `CropTarget`, by its id.
  case cropTarget(id: String)
  /// A `RestrictionTarget`, by its id.
  case restrictionTarget(id: String)
  /// A `FencedFrameConfig`.
  case fencedFrameConfig(FencedFrameConfig)
  /// A `DOMException`.
  case domException(DOMException)
  /// A `QuotaExceededError`.
  case quotaExceededError(QuotaExceededError)

  /// The tag with which it is written.
  public var tag: SerializationTag {
    switch self {
    case .blob: .blob
    case .file: .file
    case .fileList: .fileList
    case .fileListIndex: .fileListIndex
    case .attachment(let attachment): attachment.kind.tag
    case .domFileSystem: .domFileSystem
    case .fileSystemHandle(let handle):
      handle.isDirectory ? .fileSystemDirectoryHandle : .fileSystemFileHandle
    case .imageData: .imageData
    case .imageBitmap: .imageBitmap
    case .offscreenCanvas: .offscreenCanvasTransfer
    case .mediaStreamTrack: .mediaStreamTrack
    case .domPoint(let point): point.isReadOnly ? .domPointReadOnly : .domPoint
    case .domRect(let rect): rect.isReadOnly ? .domRectReadOnly : .domRect
    case .domQuad: .domQuad
    case .domMatrix(let matrix):
      switch (matrix.is2D, matrix.isReadOnly) {
      case (true, false): .domMatrix2D
      case (true, true): .domMatrix2DReadOnly
      case (false, false): .domMatrix
      case (false, true): .domMatrixReadOnly
      }
    case .cryptoKey: .cryptoKey
    case .rtcCertificate: .rtcCertificate
    case .cropTarget: .cropTarget
    case .restrictionTarget: .restrictionTarget
    case .fencedFrameConfig: .fencedFrameConfig
    case .domException: .domException
    case .quotaExceededError: .quotaExceededError
    }
  }

  // MARK: - As a value

  /// The host object that a value is; `nil` if it is something else, or holds what Blink would not read.
  public init?(_ value: CloneValue) {
    guard case .hostObject(let object) = value else { return nil }
    self.init(object)
  }

  /// The host object that a ``CloneHostObject`` stands for; `nil` if it holds what Blink would not read.
  public init?(_ object: CloneHostObject) {
    guard case .arrayBufferView(let view) = object.payload, view.kind == .uint8 else { return nil }
    let version = object.layout == 0 ? BlinkEnvelope.currentVersion : object.layout
    var reader = PayloadReader(wire: HostObjectReader(view), version: version)
    guard let host = try? BlinkHostObject(from: &reader),
      reader.wire.position == view.bytes.endIndex, !reader.wire.needsFollowingByte,
      object.interface == CloneString(host.tag.interface)
    else { return nil }
    self = host
  }

  /// A new value that holds the object. What the format cannot say is refused when it is written.
  public func makeValue() -> CloneValue {
    var writer = PayloadWriter(version: BlinkEnvelope.currentVersion)
    write(to: &writer)
    let view = CloneArrayBufferView(.uint8, on: CloneArrayBuffer(writer.wire.bytes))
    return .hostObject(
      CloneHostObject(
        interface: CloneString(tag.interface), payload: view.map { .arrayBufferView($0) } ?? .null))
  }

  // MARK: - Reading and writing

  /// Reads tag and payload as a version of Blink wrote them.
  init(from reader: inout PayloadReader) throws(CloneDecodingError) {
    let byte = try reader.readByte()
    guard let tag = SerializationTag(rawValue: byte) else {
      throw reader.error("no host object has the tag \(byte)")
    }
    try self.init(tag, from: &reader)
    guard reader.version >= tag.readableSince || isEmptyList else {
      throw reader.error(
        "\(tag.interface) is not read in envelopes below version \(tag.readableSince)")
    }
  }

  /// Whether it is a list without files, which is read in every version.
  private var isEmptyList: Bool {
    switch self {
    case .fileList(let files): files.isEmpty
    case .fileListIndex(let indices): indices.isEmpty
    default: false
    }
  }

  private init(
    _ tag: SerializationTag, from reader: inout PayloadReader
  ) throws(CloneDecodingError) {
    if let kind = tag.attachmentKind {
      self = .attachment(Attachment(kind, index: try reader.readUInt32()))
      return
    }
    switch tag {
    case .blob: self = .blob(try Blob(from: &reader))
    case .file: self = .file(try File(from: &reader))
    case .fileList:
      var files: [File] = []
      for _ in 0..<(try reader.readUInt32()) { files.append(try File(from: &reader)) }
      self = .fileList(files)
    case .fileListIndex:
      var indices: [UInt32] = []
      for _ in 0..<(try reader.readUInt32()) { indices.append(try reader.readUInt32()) }
      self = .fileListIndex(indices)
    case .domFileSystem: self = .domFileSystem(try DOMFileSystem(from: &reader))
    case .fileSystemFileHandle:
      self = .fileSystemHandle(try FileSystemHandle(isDirectory: false, from: &reader))
    case .fileSystemDirectoryHandle:
      self = .fileSystemHandle(try FileSystemHandle(isDirectory: true, from: &reader))
    case .imageData: self = .imageData(try ImageData(from: &reader))
    case .imageBitmap: self = .imageBitmap(try ImageBitmap(from: &reader))
    case .offscreenCanvasTransfer: self = .offscreenCanvas(try OffscreenCanvas(from: &reader))
    case .mediaStreamTrack: self = .mediaStreamTrack(try MediaStreamTrack(from: &reader))
    case .domPoint: self = .domPoint(try DOMPoint(from: &reader))
    case .domPointReadOnly: self = .domPoint(try DOMPoint(isReadOnly: true, from: &reader))
    case .domRect: self = .domRect(try DOMRect(isReadOnly: false, from: &reader))
    case .domRectReadOnly: self = .domRect(try DOMRect(isReadOnly: true, from: &reader))
    case .domQuad: self = .domQuad(try DOMQuad(from: &reader))
    case .domMatrix2D:
      self = .domMatrix(try DOMMatrix(is2D: true, isReadOnly: false, from: &reader))
    case .domMatrix2DReadOnly:
      self = .domMatrix(try DOMMatrix(is2D: true, isReadOnly: true, from: &reader))
    case .domMatrix:
      self = .domMatrix(try DOMMatrix(is2D: false, isReadOnly: false, from: &reader))
    case .domMatrixReadOnly:
      self = .domMatrix(try DOMMatrix(is2D: false, isReadOnly: true, from: &reader))
    case .cryptoKey: self = .cryptoKey(try CryptoKey(from: &reader))
    case .rtcCertificate: self = .rtcCertificate(try RTCCertificate(from: &reader))
    case .cropTarget: self = .cropTarget(id: try reader.readName())
    case .restrictionTarget: self = .restrictionTarget(id: try reader.readName())
    case .fencedFrameConfig: self = .fencedFrameConfig(try FencedFrameConfig(from: &reader))
    case .domException: self = .domException(try DOMException(from: &reader))
    case .quotaExceededError: self = .quotaExceededError(try QuotaExceededError(from: &reader))
    case .messagePort, .mojoHandle, .blobIndex, .fileIndex, .imageBitmapTransfer,
      .elementImageTransfer, .readableStreamTransfer, .writableStreamTransfer,
      .transformStreamTransfer, .rtcEncodedAudioFrame, .rtcEncodedVideoFrame, .rtcDataChannel,
      .audioData, .videoFrame, .encodedAudioChunk, .encodedVideoChunk, .mediaSourceHandle:
      throw reader.error("\(tag.interface) is an attachment")
    }
  }

  /// Writes tag and payload as a version of Blink would.
  func write(to writer: inout PayloadWriter) {
    writer.writeByte(tag.rawValue)
    switch self {
    case .blob(let blob): blob.write(to: &writer)
    case .file(let file): file.write(to: &writer)
    case .fileList(let files):
      writer.writeUInt32(UInt32(clamping: files.count))
      for file in files { file.write(to: &writer) }
    case .fileListIndex(let indices):
      writer.writeUInt32(UInt32(clamping: indices.count))
      for index in indices { writer.writeUInt32(index) }
    case .attachment(let attachment): writer.writeUInt32(attachment.index)
    case .domFileSystem(let fileSystem): fileSystem.write(to: &writer)
    case .fileSystemHandle(let handle): handle.write(to: &writer)
    case .imageData(let image): image.write(to: &writer)
    case .imageBitmap(let image): image.write(to: &writer)
    case .offscreenCanvas(let canvas): canvas.write(to: &writer)
    case .mediaStreamTrack(let track): track.write(to: &writer)
    case .domPoint(let point): point.write(to: &writer)
    case .domRect(let rect): rect.write(to: &writer)
    case .domQuad(let quad): quad.write(to: &writer)
    case .domMatrix(let matrix): matrix.write(to: &writer)
    case .cryptoKey(let key): key.write(to: &writer)
    case .rtcCertificate(let certificate): certificate.write(to: &writer)
    case .cropTarget(let id), .restrictionTarget(let id): writer.writeString(id)
    case .fencedFrameConfig(let configuration): configuration.write(to: &writer)
    case .domException(let exception): exception.write(to: &writer)
    case .quotaExceededError(let error): error.write(to: &writer)
    }
  }
}
