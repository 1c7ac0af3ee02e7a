// Runs inside each engine, one process for each task:
//
//     engine.mjs (node | raw) write EXPRESSION [SIZES [PREFIX [several]]]
//     engine.mjs (node | raw) read BYTES [SIZES [PREFIX [COUNT | legacy]]]
//
// `node` asks node:v8, `raw` Deno's internal serializer. The answer, on standard output, is a JSON array of names and values
// in turn. V8 lets the strings, property names and shapes that a process has seen change what it writes; hence plain arguments
// and arrays here, and never two tasks in one process.
import v8 from 'node:v8';
import { types } from 'node:util';
import { writeSync } from 'node:fs';

class Writer extends v8.Serializer {
  #shared = [];

  _getSharedArrayBufferId(buffer) {
    if (!this.#shared.includes(buffer)) this.#shared.push(buffer);
    return this.#shared.indexOf(buffer);
  }
}
Writer.prototype._getDataCloneError = Error;

// MARK: Hexadecimal

const hexByte = byte => byte.toString(16).padStart(2, '0');
const hex = bytes => Array.from(bytes, hexByte).join('');
const bytes = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));

// MARK: Writing and reading

const messageOf = error => (error instanceof Error ? error.message : String(error));
const headlineOf = error => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

function startWriter(buffers, prefix) {
  const writer = new Writer();
  writer.writeRawBytes(bytes(prefix));
  writer.writeHeader();
  buffers.forEach((buffer, id) => writer.transferArrayBuffer(id, buffer));
  return writer;
}

/** Evaluates the expression and writes what it gives: one value, or each of an array of `several`. */
function write(expression, sizes, prefix, several) {
  const buffers = sizes.map(size => new ArrayBuffer(size));
  let value;
  try {
    value = new Function('T0', 'T1', `return (${expression}\n)`)(...buffers);
  } catch (error) {
    return ['unsupported', messageOf(error)];
  }
  const writer = startWriter(buffers, prefix);
  const values = several ? value : [value];
  try {
    for (const item of values) writer.writeValue(item);
  } catch (error) {
    return ['refused', messageOf(error), 'partial', hex(writer.releaseBuffer())];
  }
  return ['written', hex(writer.releaseBuffer()), 'count', values.length];
}

/** Whether the input ends within the header: all of it is consumed, and the last byte announces another. */
function isCut(reader) {
  const { length, [length - 1]: last } = reader.buffer;
  return length > 0 && last >= 0x80 && reader.readRawBytes(0).byteOffset - reader.buffer.byteOffset === length;
}

/**
 * Reads a header. Engines refuse versions below 13 and no header at all, but have taken note of the version by then, so that
 * whoever goes on regardless reads by its rules.
 */
function readHeader(reader, allowsLegacy) {
  try {
    reader.readHeader();
  } catch (error) {
    if (!allowsLegacy || reader.getWireFormatVersion() >= 13 || isCut(reader)) throw error;
  }
}

/** Reads so many values, writes them again, and only then looks at them. */
function read(payload, sizes, prefix, count, allowsLegacy) {
  const buffers = sizes.map(size => new ArrayBuffer(size));
  const reader = new v8.Deserializer(payload);
  const values = [];
  try {
    if (prefix) reader.readRawBytes(prefix.length / 2);
    readHeader(reader, allowsLegacy);
    buffers.forEach((buffer, id) => reader.transferArrayBuffer(id, buffer));
    while (values.length < count) values.push(reader.readValue());
  } catch (error) {
    return ['error', headlineOf(error)];
  }
  const writer = startWriter(buffers, prefix);
  let rewriting;
  try {
    for (const value of values) writer.writeValue(value);
    rewriting = ['rewritten', hex(writer.releaseBuffer())];
  } catch (error) {
    rewriting = ['rewriteRefused', messageOf(error)];
  }
  return ['read', values.map(dump).join('; '), ...rewriting, 'position', payload.length - remaining(reader)];
}

/** How many bytes are left: each power of two fits at most once. */
function remaining(reader) {
  let count = 0;
  for (let step = 2 ** 20; step >= 1; step /= 2) {
    try {
      reader.readRawBytes(step);
      count += step;
    } catch { /* fewer than that */ }
  }
  return count;
}

// Deno's own serializer takes no transfers and no prefix, keeps the bytes of a failure to itself,
// does not tell where it stopped, and has one text for everything it cannot read.

function rawCore() {
  const { Deno } = globalThis;
  return Deno[Deno.internal].core;
}

function writeRaw(expression) {
  let value;
  try {
    value = new Function(`return (${expression}\n)`)();
  } catch (error) {
    return ['unsupported', messageOf(error)];
  }
  try {
    return ['written', hex(rawCore().serialize(value))];
  } catch (error) {
    return ['refused', messageOf(error)];
  }
}

function readRaw(payload) {
  let value, rewriting;
  try {
    value = rawCore().deserialize(payload);
  } catch (error) {
    return ['error', ''];
  }
  try {
    rewriting = ['rewritten', hex(rawCore().serialize(value))];
  } catch (error) {
    rewriting = ['rewriteRefused', messageOf(error)];
  }
  return ['read', dump(value), ...rewriting];
}

// MARK: Dumping, by the grammar in Fixtures/README.md

const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

function quote(text) {
  let quoted = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const isPlain = unit >= 0x20 && unit <= 0x7e && unit !== 0x22 && unit !== 0x5c;
    quoted += isPlain ? text[index] : '\\u' + unit.toString(16).padStart(4, '0');
  }
  return `"${quoted}"`;
}

const bigint = value => (value < 0n ? '-0x' : '0x') + (value < 0n ? -value : value).toString(16) + 'n';

function dump(root) {
  const seen = new Map();

  function value(item) {
    if (typeof item === 'string') return quote(item);
    if (typeof item === 'number') return Object.is(item, -0) ? '-0' : String(item);
    if (typeof item === 'bigint') return bigint(item);
    if (typeof item !== 'object' || item === null) return String(item);
    if (seen.has(item)) return `#${seen.get(item)}`;
    seen.set(item, seen.size);
    return `#${seen.get(item)}=${receiver(item)}`;
  }

  const properties = item => '{' + Object.keys(item).map(key => `${quote(key)}:${value(item[key])}`).join(',') + '}';

  function receiver(item) {
    if (Array.isArray(item)) return `Array(${item.length})${properties(item)}`;
    if (types.isDate(item)) return `Date(${item.getTime()})`;
    if (types.isRegExp(item)) return `RegExp(${quote(item.source)},${quote(item.flags)})`;
    if (types.isMap(item)) return 'Map{' + Array.from(item, ([key, content]) => `${value(key)}=>${value(content)}`).join(',') + '}';
    if (types.isSet(item)) return 'Set{' + Array.from(item, value).join(',') + '}';
    if (types.isBooleanObject(item)) return `Boolean(${item.valueOf()})`;
    if (types.isNumberObject(item)) return `Number(${value(item.valueOf())})`;
    if (types.isStringObject(item)) return `String(${value(item.valueOf())})`;
    if (types.isBigIntObject(item)) return `BigInt(${value(item.valueOf())})`;
    if (types.isNativeError(item)) return `Error(${error(item)})`;
    if (types.isAnyArrayBuffer(item)) return buffer(item);
    if (ArrayBuffer.isView(item)) return view(item);
    return properties(item);
  }

  function error(item) {
    const parts = [quote(Object.getPrototypeOf(item).name)];
    for (const key of ['message', 'stack', 'cause']) {
      if (hasOwn(item, key) && !(key === 'stack' && item.stack === undefined)) parts.push(`${key}:${value(item[key])}`);
    }
    return parts.join(',');
  }

  function buffer(item) {
    const kind = item.immutable ? 'ImmutableArrayBuffer' : types.isSharedArrayBuffer(item) ? 'SharedArrayBuffer' : 'ArrayBuffer';
    const limit = item.resizable || item.growable ? `,max:${item.maxByteLength}` : '';
    return `${kind}(${hex(new Uint8Array(item))}${limit})`;
  }

  function view(item) {
    const kind = types.isDataView(item) ? 'DataView' : item[Symbol.toStringTag];
    return `${kind}(${value(item.buffer)},${item.byteOffset},${isTracking(item) ? 'tracking' : item.byteLength})`;
  }

  return value(root);
}

/** Bit 0 of the flags that end a view's record. Nothing a script can observe tells an empty view from one that tracks no room. */
function isTracking(view) {
  if (!view.buffer.resizable && !view.buffer.growable) return false;
  const writer = startWriter([], '');
  writer.writeValue(view);
  return writer.releaseBuffer().slice(-1)[0] % 2 === 1;
}

// MARK: The task

const [library, action, text, sizeList = '', prefix = '', last = ''] = process.argv.slice(2);
const sizes = sizeList.split(',').filter(Boolean).map(Number);

function answer() {
  if (library === 'raw') return action === 'write' ? writeRaw(text) : readRaw(bytes(text));
  if (action === 'write') return write(text, sizes, prefix, last === 'several');
  return read(bytes(text), sizes, prefix, Number(last) || 1, last === 'legacy');
}

writeSync(1, JSON.stringify(answer()));
process.exit();
