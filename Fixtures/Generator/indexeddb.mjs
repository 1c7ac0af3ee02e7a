// What Chromium's IndexedDB keeps of one origin: content/browser/indexed_db/docs/leveldb_coding_scheme.md of Chromium.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cursor, LevelDBLog, varint } from './leveldb-log.mjs';

const dataIndex = 1, externalIndex = 3;

/** A key of the first database: the prefix (database, store, index), then the number that is the record's key. */
function recordKey(store, index, number) {
  const key = Buffer.from([0, 1, store, index, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
  key.writeDoubleLE(number, 5);
  return key;
}

/** A length in UTF-16 units and the units, big-endian. */
function utf16(cursor) {
  const units = Buffer.from(cursor.take(2 * cursor.varint()));
  return units.swap16().toString('utf16le');
}

/** From microseconds since 1601 to milliseconds since 1970. */
const milliseconds = time => (time - 11644473600000000) / 1000;

const externalKinds = {
  0: cursor => ({ kind: 'Blob', number: cursor.varint(), type: utf16(cursor), size: cursor.varint() }),
  1: cursor => ({ kind: 'File', number: cursor.varint(), type: utf16(cursor), size: cursor.varint(), name: utf16(cursor), lastModified: milliseconds(cursor.varint()) }),
  2: cursor => ({ kind: 'FileSystemHandle', token: cursor.take(cursor.varint()).toString('hex') }),
};

export class IndexedDB {
  #log;
  #blobs;

  constructor(profile, origin) {
    const { protocol, hostname } = new URL(origin);
    const base = join(profile, 'Default/IndexedDB', `${protocol.slice(0, -1)}_${hostname}_0.indexeddb`);
    this.#log = new LevelDBLog(`${base}.leveldb`);
    this.#blobs = `${base}.blob`;
  }

  /** The value stored under a number: `bytes` after the record's version, and the `external` objects that it refers to. */
  record(store, number) {
    const value = this.#log.entries.get(recordKey(store, dataIndex, number).toString('hex'));
    if (!value) return undefined;
    const cursor = new Cursor(value);
    cursor.varint();
    return { bytes: cursor.take(), external: this.#external(store, number) };
  }

  #external(store, number) {
    const value = this.#log.entries.get(recordKey(store, externalIndex, number).toString('hex'));
    const objects = [];
    for (const cursor = new Cursor(value ?? Buffer.alloc(0)); !cursor.isAtEnd;) {
      const { number: file, ...object } = externalKinds[cursor.byte()](cursor);
      if (file === undefined) objects.push(object);
      else objects.push({ ...object, contents: object.size ? readFileSync(this.#path(file)) : Buffer.alloc(0) }); // empty ones have no file
    }
    return objects;
  }

  /** Folder: the database, then bits 8 to 15 of the file's number; name: the number. */
  #path(file) {
    return join(this.#blobs, '1', (file >> 8 & 0xff).toString(16).padStart(2, '0'), file.toString(16));
  }

  /** Replaces the bytes of values, keeping each record's version and external objects. */
  plant(store, planted) {
    this.#log.append(planted.map(({ number, bytes }) => {
      const key = recordKey(store, dataIndex, number);
      const version = new Cursor(this.#log.entries.get(key.toString('hex'))).varint();
      return { key, value: Buffer.concat([varint(version), bytes]) };
    }));
  }
}
