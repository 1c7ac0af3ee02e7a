// Writes the payloads to a folder: NAME.bin as V8 serializes it, NAME.json where JSON can hold it, and manifest.json.
//
//   node generate.mjs FOLDER
//
// Run it with Node 20. A plain v8.Serializer is used, as Chromium does: v8.serialize would write views as Node's host objects. The messages of
// a channel are whole frames.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import { encodeFrame } from './frames.mjs';
import { pathAt } from './paths.mjs';
import { payloads } from './payloads.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node generate.mjs FOLDER');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

const manifest = [];
const encode = value => {
  const serializer = new v8.Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
};

for (const { name, build, structured, json, shared, cyclic, channel } of payloads) {
  const value = build();
  const bytes = channel ? encodeFrame(value) : encode(value);
  writeFileSync(join(folder, name + '.bin'), bytes);
  if (json) writeFileSync(join(folder, name + '.json'), JSON.stringify(value));
  const paths = [0, 0.5, 1].map(fraction => pathAt(value, fraction));
  manifest.push({
    name, byteCount: bytes.length, structured, json, shared, cyclic, channel, paths: paths.every(path => path.length) ? paths : [],
  });
}
// Last, so that a folder with a manifest is complete.
writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ engine: 'Node ' + process.version, payloads: manifest }, null, 2) + '\n');
