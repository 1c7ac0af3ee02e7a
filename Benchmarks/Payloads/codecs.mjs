// The ways in which an engine's program can read and write the format. Which is fastest differs between engines and payloads, so the
// benchmark tries all that give the same bytes and measures the best: whoever is compared with V8 is compared with its best.
import v8 from 'node:v8';

const { core } = globalThis.Deno?.[Deno.internal] ?? {};

export const readers = [
  {
    name: 'v8.Deserializer',
    read(bytes) {
      const reader = new v8.Deserializer(bytes);
      reader.readHeader();
      return reader.readValue();
    },
  },
  { name: 'v8.deserialize', read: bytes => v8.deserialize(bytes) },
  ...(core ? [{ name: 'Deno core.deserialize', read: bytes => core.deserialize(bytes) }] : []),
];

export const writers = [
  {
    name: 'v8.Serializer',
    write(value) {
      const writer = new v8.Serializer();
      writer.writeHeader();
      writer.writeValue(value);
      return writer.releaseBuffer();
    },
  },
  { name: 'v8.serialize', write: value => v8.serialize(value) },
  ...(core ? [{ name: 'Deno core.serialize', write: value => core.serialize(value) }] : []),
];

/** The writers that write this value as the first does. */
export function agreeingWriters(value) {
  const expected = writers[0].write(value);
  return writers.filter(({ write }) => Buffer.compare(expected, write(value)) === 0);
}
