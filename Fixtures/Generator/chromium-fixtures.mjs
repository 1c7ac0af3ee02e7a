// Lets Chromium store, read and rewrite, and writes Fixtures/Corpus/blink, or with --check compares with it.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { Chromium, Lost, origin } from './chromium.mjs';
import { chromiumReads } from './chromium-read-cases.mjs';
import { chromiumValues } from './chromium-value-cases.mjs';
import { IndexedDB } from './indexeddb.mjs';

const generator = dirname(fileURLToPath(import.meta.url));
const folder = join(generator, '../Corpus/blink');
const pageScript = readFileSync(join(generator, 'chromium-page.js'), 'utf8');
const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false }, only: { type: 'string' } } });
const scratch = mkdtempSync(join(tmpdir(), 'chromium-fixtures-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

// MARK: Asking Chromium

const patience = 20_000;

/** A browser on a profile that is started again when its page dies or hangs. */
class Session {
  #profile;
  #browser;

  constructor(name) {
    this.#profile = join(scratch, name);
  }

  async browser() {
    if (this.#browser) return this.#browser;
    this.#browser = await Chromium.start(this.#profile, pageScript);
    await this.#browser.setFiles('[multiple]', inputFiles);
    await this.#browser.setFiles('[webkitdirectory]', [inputFolder]);
    await this.#browser.evaluate('openDatabase()');
    return this.#browser;
  }

  /** What a function of the page answers. */
  async call(...task) {
    const browser = await this.browser();
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Lost('no answer')), patience); });
    try {
      return await Promise.race([browser.call(...task), late]);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await this.close();
      return { died: error.message };
    } finally {
      clearTimeout(timer);
    }
  }

  async close() {
    await this.#browser?.close();
    this.#browser = undefined;
  }

  get database() {
    return new IndexedDB(this.#profile, origin);
  }
}

/** What the page's inputs hold: two files, and a folder that has one of them. */
const inputFolder = join(scratch, 'folder');
mkdirSync(inputFolder);
const inputFiles = [[scratch, 'first.txt', 'one'], [inputFolder, 'second.html', '<p>']].map(([parent, name, text]) => {
  const path = join(parent, name);
  writeFileSync(path, text);
  utimesSync(path, 1e9, 1e9);
  return path;
});

// MARK: Bytes and descriptions in the corpus

/** Bytes beyond this size stand in a file of their own. */
const inlineSize = 8192;

/** Descriptions beyond this length are known by their length and hash. */
const inlineLength = 2000;

const files = new Map();

/** `name: HEX`, or for much `nameFile: FILE`. */
function bytesField(field, bytes, file) {
  if (bytes.length <= inlineSize) return { [field]: bytes.toString('hex') };
  files.set(file, Buffer.from(bytes));
  return { [`${field}File`]: file };
}

/** FNV-1a of 64 bits. */
function hash(text) {
  let state = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n);
  return state.toString(16).padStart(16, '0');
}

/** `read` is replaced by its digest if it is long. */
function shortened({ read, ...answer }) {
  if (read === undefined) return answer;
  return { ...(read.length > inlineLength ? { readLength: read.length, readHash: hash(read) } : { read }), ...answer };
}

/** External objects without large contents that are not the value itself. */
const external = (objects, isWrapped, name) => objects.map(({ contents, ...object }) => {
  if (!contents) return object;
  const isValue = isWrapped && object.type === 'application/vnd.blink-idb-value-wrapper';
  return { ...object, ...(isValue ? bytesField('contents', contents, `${name}.bin`) : contents.length > 256 ? {} : { contents: contents.toString('hex') }) };
});

// MARK: Values

async function askValues(cases) {
  const session = new Session('values');
  const answers = [];
  for (const [index, { js }] of cases.entries()) {
    const answer = await session.call('write', index + 1, js);
    const isStored = Object.keys(answer).length === 0;
    answers.push(isStored ? await session.call('read', index + 1) : answer);
  }
  await session.close();
  const { database } = session;
  return cases.map((item, index) => {
    const { bytes, external: objects = [] } = database.record(1, index + 1) ?? {};
    if (!bytes) return { ...item, ...answers[index] };
    const isWrapped = bytes.subarray(0, 3).toString('hex') === 'ff1101';
    const again = database.record(2, index + 1)?.bytes;
    return {
      ...item,
      ...bytesField('stored', bytes, `${item.name}.bin`),
      ...(objects.length ? { external: external(objects, isWrapped, item.name) } : {}),
      ...shortened(answers[index]),
      ...(again && !again.equals(bytes) ? bytesField('rewritten', again, `${item.name}.rewritten.bin`) : {}),
    };
  });
}

// MARK: Reads

/** So many records leave LevelDB content with its log. */
const batchSize = 500;

async function askReads(cases) {
  const answers = [];
  for (let start = 0; start < cases.length; start += batchSize) {
    const batch = cases.slice(start, start + batchSize);
    const session = new Session(`reads-${start}`);
    for (const [index, { contents }] of batch.entries()) await session.call('reserve', index + 1, contents);
    await session.close();
    session.database.plant(1, batch.map(({ bytes }, index) => ({ number: index + 1, bytes: Buffer.from(bytes, 'hex') })));
    const verdicts = [];
    for (let index = 0; index < batch.length; index += 1) verdicts.push(await session.call('read', index + 1));
    await session.close();
    const { database } = session;
    batch.forEach((item, index) => {
      const again = database.record(2, index + 1)?.bytes.toString('hex');
      answers.push({ ...item, ...shortened(verdicts[index]), ...(again === undefined || again === item.bytes ? {} : { rewritten: again }) });
    });
  }
  return answers;
}

// MARK: The corpus

/** Certificates are new every time: what is in their PEM blocks, and all that tells how long they are, is left out of the comparison. */
function comparable(item) {
  if (!item.varies) return item;
  const masked = text => Buffer.from(text ?? '', 'hex').toString('latin1').slice(15).replace(/..(-----BEGIN [A-Z ]+-----)[^-]*/gs, '$1');
  return { ...item, stored: masked(item.stored), rewritten: masked(item.rewritten), read: item.read?.replace(/\(.*\)/, '') };
}

const linesOf = items => `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]\n`;
const binaries = () => readdirSync(folder).filter(name => name.endsWith('.bin'));
const known = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));

function difference(name, answers) {
  const expected = new Map(known(name).map(item => [item.name, item]));
  const differing = answers.filter(item => !isDeepStrictEqual(comparable(item), comparable(expected.get(item.name) ?? {})));
  for (const item of differing) console.log(`${name}: ${item.name} differs`);
  const gone = [...expected.keys()].filter(key => !answers.some(item => item.name === key));
  for (const key of gone) console.log(`${name}: ${key} is no longer asked`);
  console.log(`${name}: ${answers.length} cases`);
  return differing.length + gone.length;
}

async function main() {
  const session = new Session('version');
  const engine = await (await session.browser()).version();
  await session.close();

  const isWanted = ({ name }) => !options.only || name.includes(options.only);
  const valueCases = Object.entries(chromiumValues).map(([name, js]) => ({ name, js, ...(name.startsWith('certificate') ? { varies: true } : {}) }));
  if (options.only) {
    for (const item of await askValues(valueCases.filter(isWanted))) console.log(JSON.stringify(item));
    for (const item of await askReads(chromiumReads(known('values.json')).filter(isWanted))) console.log(JSON.stringify(item));
    return 0;
  }

  if (options.check) {
    const recorded = known('engine.json');
    if (!isDeepStrictEqual(engine, recorded)) {
      console.log(`SKIPPED: the corpus is from Chromium ${recorded.chromium} with V8 ${recorded.v8}, here is ${engine.chromium} with ${engine.v8}`);
      return 0;
    }
  }
  const values = await askValues(valueCases);
  const verdicts = await askReads(chromiumReads(values));
  if (options.check) {
    const recorded = new Map(binaries().map(name => [name, readFileSync(join(folder, name))]));
    const different = [...new Set([...files.keys(), ...recorded.keys()])].filter(name => !files.get(name) || !recorded.get(name)?.equals(files.get(name)));
    for (const name of different) console.log(`${name} differs`);
    return difference('values.json', values) + difference('verdicts.json', verdicts) + different.length;
  }
  mkdirSync(folder, { recursive: true });
  for (const name of binaries()) rmSync(join(folder, name));
  writeFileSync(join(folder, 'engine.json'), `${JSON.stringify(engine)}\n`);
  writeFileSync(join(folder, 'values.json'), linesOf(values));
  writeFileSync(join(folder, 'verdicts.json'), linesOf(verdicts));
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  console.log(`${values.length} values and ${verdicts.length} reads asked of Chromium ${engine.chromium}`);
  return 0;
}

process.exitCode = await main() ? 1 : 0;
