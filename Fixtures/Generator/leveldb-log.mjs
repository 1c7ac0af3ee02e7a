// The write-ahead log of a LevelDB database: enough to read a database that was never compacted, and to append to it.
// Format: doc/log_format.md and db/write_batch.cc of LevelDB.
import { appendFileSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const blockSize = 32768;
const headerSize = 7;
const full = 1, first = 2, middle = 3, last = 4;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0x82f63b78 : byte >>> 1;
  return byte;
});

/** CRC-32C of a record's type and contents, masked as LevelDB stores it. */
function checksum(type, contents) {
  let crc = 0xffffffff;
  for (const byte of [[type], contents]) for (const each of byte) crc = crcTable[(crc ^ each) & 0xff] ^ (crc >>> 8);
  crc = ~crc >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** A value in groups of seven bits, the least significant first. */
export function varint(value) {
  const bytes = [];
  let rest = BigInt(value);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

/** Reads from the start of a buffer to its end. */
export class Cursor {
  position = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  get isAtEnd() {
    return this.position >= this.bytes.length;
  }

  byte() {
    if (this.isAtEnd) throw new Error('the record ends too soon');
    this.position += 1;
    return this.bytes[this.position - 1];
  }

  varint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  take(count = this.bytes.length - this.position) {
    if (this.position + count > this.bytes.length) throw new Error('the record ends too soon');
    this.position += count;
    return this.bytes.subarray(this.position - count, this.position);
  }
}

/** The records of a log, put together from their fragments. */
function* records(bytes) {
  let fragments = [];
  for (let position = 0; position + headerSize <= bytes.length;) {
    const left = blockSize - position % blockSize;
    const length = bytes.readUInt16LE(position + 4);
    const type = bytes[position + 6];
    if (left < headerSize || type === 0) {
      position += left;
      continue;
    }
    const contents = bytes.subarray(position + headerSize, position + headerSize + length);
    if (bytes.readUInt32LE(position) !== checksum(type, contents)) throw new Error(`wrong checksum in the log at ${position}`);
    fragments.push(contents);
    if (type === full || type === last) {
      yield Buffer.concat(fragments);
      fragments = [];
    }
    position += headerSize + length;
  }
}

export class LevelDBLog {
  #path;
  #sequence = 0n;

  /** The last value of every key, by the key in hexadecimal. */
  entries = new Map();

  /** Opens the only log in a folder. A table beside it means a compaction, after which the log is not all. */
  constructor(folder) {
    const names = readdirSync(folder);
    const logs = names.filter(name => name.endsWith('.log'));
    if (logs.length !== 1 || names.some(name => /\.(ldb|sst)$/.test(name))) throw new Error(`not one log alone: ${names.join(' ')}`);
    this.#path = join(folder, logs[0]);
    for (const record of records(readFileSync(this.#path))) this.#apply(record);
  }

  #apply(record) {
    const cursor = new Cursor(record);
    const sequence = cursor.take(8).readBigUInt64LE();
    const count = cursor.take(4).readUInt32LE();
    for (let index = 0; index < count; index += 1) {
      const isPut = cursor.byte() === 1;
      const key = cursor.take(cursor.varint()).toString('hex');
      if (isPut) this.entries.set(key, cursor.take(cursor.varint()));
      else this.entries.delete(key);
    }
    this.#sequence = sequence + BigInt(count);
  }

  /** Appends one write of all these keys and values. */
  append(puts) {
    const head = Buffer.alloc(12);
    head.writeBigUInt64LE(this.#sequence);
    head.writeUInt32LE(puts.length, 8);
    const record = Buffer.concat([head, ...puts.flatMap(({ key, value }) => [Buffer.from([1]), varint(key.length), key, varint(value.length), value])]);
    this.#sequence += BigInt(puts.length);
    let size = readFileSync(this.#path).length;
    const pieces = [];
    for (let start = 0, isFirst = true; isFirst || start < record.length; isFirst = false) {
      const left = blockSize - size % blockSize;
      const padding = left < headerSize ? left : 0;
      const room = (padding ? blockSize : left) - headerSize;
      const contents = record.subarray(start, start + room);
      start += contents.length;
      const isLast = start >= record.length;
      const type = isFirst ? (isLast ? full : first) : (isLast ? last : middle);
      const header = Buffer.alloc(headerSize);
      header.writeUInt32LE(checksum(type, contents));
      header.writeUInt16LE(contents.length, 4);
      header[6] = type;
      pieces.push(Buffer.alloc(padding), header, contents);
      size += padding + headerSize + contents.length;
    }
    appendFileSync(this.#path, Buffer.concat(pieces));
  }
}
