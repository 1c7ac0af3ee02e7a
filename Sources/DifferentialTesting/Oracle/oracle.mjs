// Runs inside an engine and answers payloads from standard input on standard output, in the frames of `clone-conformance`:
//
//     oracle.mjs [legacy]
//
// V8 lets the strings, names and shapes that a process has seen change what it writes. So nothing here looks at a value, no error
// is formatted, and the loop uses the same few names for every payload.
import v8 from 'node:v8';
import { readSync, writeSync } from 'node:fs';

Error.stackTraceLimit = 0;
const isLegacy = process.argv[2] === 'legacy';
const REJECTED = 0, ACCEPTED = 1, REFUSED = 3;

class Writer extends v8.Serializer {}
Writer.prototype._getDataCloneError = Error;

let input = Buffer.alloc(1 << 20);
let start = 0, end = 0;
let output = Buffer.alloc(1 << 20);
let length = 0;

function receive() {
  if (start > 0) {
    input.copyWithin(0, start, end);
    end -= start;
    start = 0;
  }
  if (end === input.length) input = Buffer.concat([input, Buffer.alloc(input.length)]);
  let count;
  try {
    count = readSync(0, input, end, input.length - end, null);
  } catch {
    count = 0; // a driver that has gone away
  }
  end += count;
  return count > 0;
}

function flush() {
  for (let sent = 0; sent < length;) sent += writeSync(1, output, sent, length - sent, null);
  length = 0;
}

function answer(status, position, rest) {
  const size = 9 + rest.length;
  if (length + size > output.length) {
    flush();
    if (size > output.length) output = Buffer.alloc(2 * size);
  }
  output.writeUInt32LE(5 + rest.length, length);
  output[length + 4] = status;
  output.writeUInt32LE(position, length + 5);
  output.set(rest, length + 9);
  length += size;
}

/** Only the message: the stack, once asked for, would be formatted. */
const textOf = error => Buffer.from(typeof error === 'object' && error !== null ? String(error.message) : String(error));

const positionOf = (reader, payload) => reader.readRawBytes(0).byteOffset - payload.byteOffset;

/** Whether a header ends inside its version, which then passes for 0. */
const isCutOff = (reader, payload) =>
  payload[0] === 0xff && payload[payload.length - 1] >= 0x80 && positionOf(reader, payload) === payload.length;

function readHeader(reader, payload) {
  try {
    reader.readHeader();
  } catch (error) {
    // V8 has taken the old version all the same, and reads by its rules.
    if (!isLegacy || reader.getWireFormatVersion() >= 13 || isCutOff(reader, payload)) throw error;
  }
}

function judge(payload) {
  let reader, value, position;
  try {
    reader = new v8.Deserializer(payload);
    readHeader(reader, payload);
    value = reader.readValue();
    position = positionOf(reader, payload);
  } catch (error) {
    answer(REJECTED, 0, textOf(error));
    return;
  }
  let written;
  try {
    const writer = new Writer();
    writer.writeHeader();
    writer.writeValue(value);
    written = writer.releaseBuffer();
  } catch (error) {
    answer(REFUSED, position, textOf(error));
    return;
  }
  answer(ACCEPTED, position, written);
}

while (receive()) {
  while (end - start >= 4) {
    const size = input.readUInt32LE(start);
    if (end - start < 4 + size) break;
    // A copy of its own: what it is a part of is moved before the next payloads come.
    judge(Buffer.from(input.subarray(start + 4, start + 4 + size)));
    start += 4 + size;
  }
  flush();
}
