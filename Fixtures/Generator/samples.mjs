// Writes the payloads of Fixtures/Samples with the engine that runs it: samples.mjs NAME > FILE
import v8 from 'node:v8';

const samples = {
  // A message as a service might keep it: most of what JSON cannot say.
  message() {
    const sender = { name: 'Ada Löwe', id: 18446744073709551557n };
    return {
      id: 42,
      sent: new Date(Date.UTC(2026, 0, 31, 9, 30)),
      from: sender,
      to: [sender, { name: 'Grace', id: 2n }],
      text: 'naïve café — 10 €',
      tags: new Set(['draft', 'urgent']),
      headers: new Map([['x-priority', 1], [/^x-/i, -0]]),
      attachment: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      reply: undefined,
    };
  },
  // A tree whose nodes know their parent, and an error with a cause.
  graph() {
    const root = { name: 'root', children: [], parent: null };
    for (const name of ['left', 'right']) root.children.push({ name, children: [], parent: root });
    const error = new TypeError('not a leaf', { cause: root.children[0] });
    error.stack = 'TypeError: not a leaf';
    return { root, selected: root.children[1], error };
  },
  // Two views and their buffer, and numbers in bulk.
  arrays() {
    const buffer = new ArrayBuffer(8);
    new DataView(buffer).setFloat64(0, Math.PI);
    return {
      bytes: new Uint8Array(buffer),
      words: new Uint16Array(buffer, 2, 2),
      buffer,
      sparse: Object.assign([], { 0: 'first', 1000: 'last', length: 2000 }),
      numbers: Array.from({ length: 12 }, (_, index) => index / 4),
    };
  },
};

const name = process.argv[2];
const serializer = new v8.Serializer();
serializer.writeHeader();
serializer.writeValue(samples[name]());
process.stdout.write(serializer.releaseBuffer());
