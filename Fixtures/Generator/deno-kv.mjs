// What Deno KV keeps for values: stores them, reads the rows of its SQLite file, and prints what is there as JSON.
//
//   deno run --allow-all --unstable-kv deno-kv.mjs >../Corpus/deno-kv.json
//   deno run --allow-all --unstable-kv deno-kv.mjs --check
import { readFileSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../Corpus/deno-kv.json', import.meta.url));

const expressions = {
  undefined: 'undefined',
  null: 'null',
  boolean: 'true',
  integer: '-7',
  double: '1.5',
  bigint: '-(10n ** 30n)',
  'string-latin1': '"Käse"',
  'string-two-byte': '"\\u{1F600}"',
  object: '({ name: "Ada", score: 1.5, tags: ["a", "b"], nothing: null })',
  array: '[1, "two", [3]]',
  'array-holes': '[1, , 3]',
  map: 'new Map([["k", new Set([1, 2])]])',
  date: 'new Date(1700000000000)',
  regexp: '/a+/giu',
  error: '(() => { const error = new RangeError("m"); error.stack = "s"; return error; })()',
  buffer: 'new Uint8Array([1, 2, 3]).buffer',
  views: '[new Uint8Array([1, 2, 3]), new Float64Array([0.5]), new DataView(new ArrayBuffer(2))]',
  shared: '(() => { const a = { b: 1 }; return [a, a]; })()',
  cycle: '(() => { const a = {}; a.self = a; return a; })()',
  boxed: '[new Number(1), new String("s"), new Boolean(false), Object(2n)]',
  // Of these two V8's format is not used.
  bytes: 'new Uint8Array([1, 2, 3])',
  u64: 'new Deno.KvU64(7n)',
};

const file = Deno.makeTempFileSync({ suffix: '.kv' });
const kv = await Deno.openKv(file);
for (const [name, js] of Object.entries(expressions)) await kv.set([name], (0, eval)(js));
kv.close();

const database = new DatabaseSync(file);
const rows = database.prepare('SELECT k, v, v_encoding AS encoding FROM kv').all();
database.close();
for (const suffix of ['', '-shm', '-wal']) rmSync(file + suffix, { force: true });

/** The key of one part that is text: a mark, the text, a zero. */
const keyText = key => new TextDecoder().decode(key.slice(1, -1));
const goldens = Object.entries(expressions).map(([name, js]) => {
  const row = rows.find(({ k }) => keyText(k) === name);
  return { name, js, encoding: row.encoding, stored: Buffer.from(row.v).toString('hex') };
});
const answer = { engine: `Deno ${Deno.version.deno}`, v8: Deno.version.v8, goldens };

if (Deno.args.includes('--check')) {
  const known = JSON.parse(readFileSync(corpus, 'utf8'));
  if (isDeepStrictEqual(known, answer)) Deno.exit(0);
  console.error('Corpus/deno-kv.json is not what Deno KV stores');
  Deno.exit(1);
}
console.log('{');
console.log(`  "engine": ${JSON.stringify(answer.engine)}, "v8": ${JSON.stringify(answer.v8)}, "goldens": [`);
console.log(goldens.map(golden => '    ' + JSON.stringify(golden)).join(',\n'));
console.log('  ]\n}');
