// Frames of the channel between a Node process and its child, as a program can make and read them: subclasses of Node's own classes, with the
// kinds that `child_process` puts before host objects. A frame is a length in four bytes, the highest first, and a payload.
import v8 from 'node:v8';

const kinds = { view: 0, other: 1 };
const prefixLength = 4;

class ChannelSerializer extends v8.DefaultSerializer {
  _writeHostObject(object) {
    if (ArrayBuffer.isView(object)) {
      this.writeUint32(kinds.view);
      return super._writeHostObject(object);
    }
    this.writeUint32(kinds.other);
    this.writeValue({ ...object });
  }
}

class ChannelDeserializer extends v8.DefaultDeserializer {
  _readHostObject() {
    return this.readUint32() === kinds.view ? super._readHostObject() : this.readValue();
  }
}

/** The frame of a message. The place of the length is written first, so that nothing is copied. */
export function encodeFrame(message) {
  const serializer = new ChannelSerializer();
  serializer.writeRawBytes(Buffer.alloc(prefixLength));
  serializer.writeHeader();
  serializer.writeValue(message);
  const frame = serializer.releaseBuffer();
  frame.writeUInt32BE(frame.length - prefixLength);
  return frame;
}

/** The message of a frame. */
export function decodeFrame(frame) {
  const deserializer = new ChannelDeserializer(frame.subarray(prefixLength, prefixLength + frame.readUInt32BE()));
  deserializer.readHeader();
  return deserializer.readValue();
}
