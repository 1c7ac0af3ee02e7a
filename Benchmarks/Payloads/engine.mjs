// Measures one operation on one payload in the engine that runs this, and prints a line of JSON.
//
//   engine.mjs OPERATION PAYLOAD FOLDER [MILLISECONDS]
//
// Operations: decode, decodeVisit, decodeReadThree, decodeChangeEncode, encode, literalEncode, frameDecode, frameEncode, jsonParse, jsonStringify. The payload of
// literalEncode does not matter. FOLDER is what generate.mjs wrote.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { agreeingWriters, readers, writers } from './codecs.mjs';
import { decodeFrame, encodeFrame } from './frames.mjs';
import { change, valueAt } from './paths.mjs';
import { payloads } from './payloads.mjs';
import { visit } from './visit.mjs';

const [operation, name, folder, milliseconds = '300'] = process.argv.slice(2);
const duration = BigInt(milliseconds) * 1_000_000n;
const batch = 1_000_000n;

const literal = () => ({
  id: 42,
  channel: 'workspace:save-document',
  args: [['notes', 'structured-clone.md'], 3, true, null],
});

const manifest = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).payloads.find(payload => payload.name === name);
const json = () => readFileSync(join(folder, name + '.json'), 'utf8');
const built = () => payloads.find(payload => payload.name === name).build();

/** What Node 20 wrote or, where this engine does not read it (errors, since V8 12.4), what this engine writes. */
function bytes() {
  const written = readFileSync(join(folder, name + '.bin'));
  try {
    readers[0].read(written);
    return written;
  } catch {
    return writers[0].write(built());
  }
}

/** Each operation as the ways to do it, the number of bytes it reads or writes, and what it answers. */
const operations = {
  decode() {
    const input = bytes();
    return { size: input.length, ways: readers.map(({ name, read }) => ({ name, run: () => read(input) })) };
  },
  decodeVisit() {
    const input = bytes();
    const { shared } = manifest();
    const visited = read => () => visit(read(input), shared ? new Set() : undefined);
    return { size: input.length, ways: readers.map(({ name, read }) => ({ name, run: visited(read) })), isSum: true };
  },
  decodeReadThree() {
    const input = bytes();
    const { paths } = manifest();
    const three = read => () => {
      const value = read(input);
      return paths.map(path => valueAt(value, path));
    };
    return { size: input.length, ways: readers.map(({ name, read }) => ({ name, run: three(read) })) };
  },
  decodeChangeEncode() {
    const input = bytes();
    const path = manifest().paths[1];
    const changed = (read, write) => () => {
      const value = read(input);
      change(value, path, 42);
      return write(value);
    };
    const ways = agreeingWriters(built()).flatMap(writer =>
      readers.map(reader => ({ name: `${reader.name}, ${writer.name}`, run: changed(reader.read, writer.write) })));
    return { size: input.length, ways };
  },
  encode() {
    const value = built();
    const ways = agreeingWriters(value).map(({ name, write }) => ({ name, run: () => write(value) }));
    return { size: ways[0].run().length, ways };
  },
  literalEncode() {
    const ways = agreeingWriters(literal()).map(({ name, write }) => ({ name, run: () => write(literal()) }));
    return { size: ways[0].run().length, ways };
  },
  frameDecode() {
    const frame = readFileSync(join(folder, name + '.bin'));
    return { size: frame.length, ways: [{ name: 'v8.DefaultDeserializer', run: () => decodeFrame(frame) }] };
  },
  frameEncode() {
    const message = built();
    return { size: encodeFrame(message).length, ways: [{ name: 'v8.DefaultSerializer', run: () => encodeFrame(message) }] };
  },
  jsonParse() {
    const text = json();
    return { size: Buffer.byteLength(text), ways: [{ name: 'JSON.parse', run: () => JSON.parse(text) }] };
  },
  jsonStringify() {
    const value = built();
    return { size: Buffer.byteLength(json()), ways: [{ name: 'JSON.stringify', run: () => JSON.stringify(value) }] };
  },
};

const nobody = Symbol();
const now = () => process.hrtime.bigint();

/**
 * Runs a number of times; answers the time that took. What was made is looked at, so that it cannot be left out, but not kept: a value that
 * lives on while the next is made is moved about by the collector, which makes V8 up to three times slower.
 */
function time(run, count) {
  const start = now();
  for (let i = 0; i < count; i++) if (run() === nobody) throw new Error('unreachable');
  return now() - start;
}

/** Runs for so many nanoseconds in batches of at least a millisecond; answers nanoseconds per run. */
function measure(run, duration) {
  let count = 1;
  while (time(run, count) < batch) count *= 2;
  const samples = [];
  const start = now();
  while (samples.length < 3 || now() - start < duration) samples.push(Number(time(run, count)) / count);
  samples.sort((a, b) => a - b);
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return { nanoseconds: samples[samples.length >> 1], mean, batches: samples.length };
}

if (!Object.hasOwn(operations, operation)) {
  console.error('no such operation: ' + operation);
  process.exit(1);
}
const { size, ways, isSum } = operations[operation]();
// Warms up and finds the best way.
let way = ways[0];
let best = Infinity;
for (const candidate of ways) {
  time(candidate.run, 2);
  const { nanoseconds } = measure(candidate.run, duration / 2n / BigInt(ways.length));
  if (nanoseconds < best) {
    best = nanoseconds;
    way = candidate;
  }
}
const result = measure(way.run, duration);
const deno = globalThis.Deno?.version.deno;
console.log(JSON.stringify({
  engine: deno ? `Deno ${deno}` : `Node ${process.version.slice(1)}`,
  v8: process.versions.v8,
  operation,
  payload: name,
  bytes: size,
  ...result,
  via: way.name,
  ...(isSum ? { sum: way.run() } : {}),
}));
