import StructuredClone

extension BlinkHostObject {
  /// A `MediaStreamTrack` that was transferred, as Chromium writes it since it knows subtypes; older releases wrote
  /// none, under the same version, which cannot be told apart.
  public struct MediaStreamTrack: Hashable, Sendable {
    /// What the track comes from.
    public enum Subtype: Hashable, Sendable {
      /// A plain track.
      case base
      /// A canvas.
      case canvasCapture
      /// A generator.
      case generator
      /// A tab that captures itself, and the version of its crop target.
      case browserCapture(version: UInt32)
    }

    /// What it carries.
    public enum Kind: String, Sendable {
      /// Sound.
      case audio
      /// Pictures.
      case video
    }

    /// What the content is, for who encodes it.
    public enum ContentHint: UInt32, Sendable {
      /// Unknown.
      case none = 0
      /// Sound: speech.
      case speech = 1
      /// Sound: music.
      case music = 2
      /// Pictures: motion.
      case motion = 3
      /// Pictures: detail.
      case detail = 4
      /// Pictures: text.
      case text = 5
    }

    /// Whether it still delivers.
    public enum ReadyState: UInt32, Sendable {
      /// It does.
      case live = 0
      /// It is muted.
      case muted = 1
      /// It has ended.
      case ended = 2
    }

    /// What the track comes from.
    public var subtype: Subtype
    /// The session of the device.
    public var sessionID: UnguessableToken
    /// The transfer.
    public var transferID: UnguessableToken
    /// What it carries.
    public var kind: Kind
    /// The id.
    public var id: String
    /// The name of the device.
    public var label: String
    /// Whether it is enabled.
    public var isEnabled: Bool
    /// Whether it is muted.
    public var isMuted: Bool
    /// What the content is.
    public var contentHint: ContentHint
    /// Whether it still delivers.
    public var readyState: ReadyState

    /// Makes a track.
    public init(
      _ kind: Kind, subtype: Subtype = .base, sessionID: UnguessableToken,
      transferID: UnguessableToken, id: String, label: String, isEnabled: Bool = true,
      isMuted: Bool = false, contentHint: ContentHint = .none, readyState: ReadyState = .live
    ) {
      self.subtype = subtype
      self.sessionID = sessionID
      self.transferID = transferID
      self.kind = kind
      self.id = id
      self.label = label
      self.isEnabled = isEnabled
      self.isMuted = isMuted
      self.contentHint = contentHint
      self.readyState = readyState
    }

    init(from reader: inout PayloadReader) throws(CloneDecodingError) {
      let number = try reader.readUInt32()
      sessionID = try UnguessableToken(from: &reader)
      transferID = try UnguessableToken(from: &reader)
      guard let kind = Kind(rawValue: try reader.readString()) else {
        throw reader.error("a track is of audio or video")
      }
      self.kind = kind
      id = try reader.readString()
      label = try reader.readString()
      isEnabled = try reader.readBitInByte()
      isMuted = try reader.readBitInByte()
      contentHint = try reader.readEnum()
      readyState = try reader.readEnum()
      switch number {
      case 0: subtype = .base
      case 1: subtype = .canvasCapture
      case 2: subtype = .generator
      case 3: subtype = .browserCapture(version: try reader.readUInt32())
      default: throw reader.error("no track has the subtype \(number)")
      }
    }

    func write(to writer: inout PayloadWriter) {
      let number: UInt32 =
        switch subtype {
        case .base: 0
        case .canvasCapture: 1
        case .generator: 2
        case .browserCapture: 3
        }
      writer.writeUInt32(number)
      sessionID.write(to: &writer)
      transferID.write(to: &writer)
      writer.writeString(kind.rawValue)
      writer.writeString(id)
      writer.writeString(label)
      writer.writeByte(isEnabled ? 1 : 0)
      writer.writeByte(isMuted ? 1 : 0)
      writer.writeUInt32(contentHint.rawValue)
      writer.writeUInt32(readyState.rawValue)
      if case .browserCapture(let version) = subtype { writer.writeUInt32(version) }
    }
  }
}
