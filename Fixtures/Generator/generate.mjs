// Puts every case to every engine and writes Fixtures/Corpus. Run it through Scripts/regenerate-fixtures.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { engines, execute, executeModule, generator } from './engines.mjs';
import { readCases } from './read-cases.mjs';
import { valueCases } from './value-cases.mjs';

const corpus = join(generator, '../Corpus');

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    engines: { type: 'string' },
    missing: { type: 'boolean', default: false },
    only: { type: 'string' },
    jobs: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});

const names = engines.map(engine => engine.name);
const chosen = engines.filter(engine => !options.engines || options.engines.split(',').includes(engine.name));

// MARK: Engines

async function versions(engine) {
  const script = 'const { deno, node, v8 } = process.versions; console.log(JSON.stringify({ version: deno || node, v8 }))';
  const { stdout } = await execute(engine, [engine.name.startsWith('node') ? '--eval' : 'eval', script]);
  return JSON.parse(stdout);
}

/** One task in one fresh process. An engine that dies or hangs has answered, too. */
async function ask(engine, action, text, { transfer = [], prefix = '' }, last = '') {
  const task = [engine.library, action, text, transfer.join(), prefix, String(last)];
  try {
    const { stdout } = await executeModule(engine, 'engine.mjs', task, 60_000);
    const answer = JSON.parse(stdout);
    return Object.fromEntries(answer.flatMap((name, index) => (index % 2 ? [] : [[name, answer[index + 1]]])));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 1) throw error; // not installed, or engine.mjs itself failed
    return { died: true };
  }
}

// MARK: One case, one engine

async function judgeValue(engine, value) {
  if (engine.library === 'raw' && (value.transfer || value.prefix || value.several || /shared/i.test(value.js))) return undefined;
  const write = () => ask(engine, 'write', value.js, value, value.several ? 'several' : '');
  const { count, ...writing } = await write();
  if (!writing.written) return writing;
  if (hasStrayBits(engine, writing) && (await write()).written !== writing.written) return { unstable: true };
  const { error, ...reading } = await ask(engine, 'read', writing.written, value, count);
  return error === undefined ? { ...writing, ...reading } : { ...writing, unreadable: error };
}

/** V8 10.2 writes uninitialised bits behind a view, different ones in every process. */
const hasStrayBits = (engine, { written }) => engine.name === 'node18' && written.includes('56');

async function judgeRead(engine, { bytes, legacy }) {
  if (engine.library === 'raw' && legacy) return undefined;
  const { died, error, ...reading } = await ask(engine, 'read', bytes, {}, legacy ? 'legacy' : '');
  if (died) return { died };
  if (error === undefined) return { accepted: true, ...reading };
  return error ? { accepted: false, error } : { accepted: false };
}

// MARK: Corpus files

const kinds = [
  { folder: 'values', cases: valueCases, judge: judgeValue, inputs: ['js', 'transfer', 'prefix', 'several'], results: 'goldens' },
  { folder: 'reads', cases: readCases, judge: judgeRead, inputs: ['bytes', 'legacy', 'note'], results: 'verdicts' },
];

/** Why an engine has no golden: it cannot evaluate the expression, or does not write the same bytes twice. */
const absences = ['unsupported', 'unstable'];

const pick = (object, keys) => Object.fromEntries(keys.filter(key => object[key] !== undefined).map(key => [key, object[key]]));
const fullName = ({ section, name }) => `${section}.${name}`;

/** Engines that answered alike stand together. */
function grouped(answers) {
  const groups = [];
  for (const [engine, answer] of answers) {
    const group = groups.find(candidate => isDeepStrictEqual(candidate.answer, answer));
    if (group) group.engines.push(engine);
    else groups.push({ engines: [engine], answer });
  }
  return groups.map(({ engines: alike, answer }) => ({ engines: alike, ...answer }));
}

function entry(kind, item, answers) {
  const known = names.map(name => [name, answers.get(name)]).filter(([, answer]) => answer);
  const results = grouped(known.filter(([, answer]) => !absences.some(reason => reason in answer)));
  const missing = absences.map(reason => [reason, known.filter(([, answer]) => reason in answer).map(([name]) => name)]);
  return {
    name: fullName(item), ...pick(item, kind.inputs), [kind.results]: results,
    ...Object.fromEntries(missing.filter(([, list]) => list.length)),
  };
}

/** What the existing corpus says, case by case: the answers of engines that are not asked this time. */
function recorded(kind) {
  const answers = new Map();
  const folder = join(corpus, kind.folder);
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    for (const old of JSON.parse(readFileSync(join(folder, file), 'utf8'))) {
      const results = old[kind.results].flatMap(({ engines: alike, ...answer }) => alike.map(name => [name, answer]));
      const missing = absences.flatMap(reason => (old[reason] ?? []).map(name => [name, { [reason]: true }]));
      answers.set(JSON.stringify(pick(old, ['name', ...kind.inputs])), new Map([...results, ...missing]));
    }
  }
  return answers;
}

const line = object => JSON.stringify(object).replace(/[\u007f-\uffff]/g, unit => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));

function format(kind, entries) {
  const lines = entries.map(item => {
    const before = line(pick(item, ['name', ...kind.inputs])).slice(0, -1);
    const results = item[kind.results].map(result => `\n    ${line(result)}`).join(',');
    const after = Object.entries(pick(item, absences)).map(([reason, list]) => `,"${reason}":${line(list)}`).join('');
    return `  ${before},"${kind.results}":[${results}]${after}}`;
  });
  return `[\n${lines.join(',\n')}\n]\n`;
}

// MARK: The run

/** Works through the list with a few processes at a time, in the order of the list. */
async function inParallel(list, work) {
  const queue = list[Symbol.iterator]();
  const take = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, take));
}

async function entriesOf(kind) {
  const cases = kind.cases.filter(item => !options.only || fullName(item).includes(options.only));
  const repeated = cases.map(fullName).filter((name, index, all) => all.indexOf(name) !== index);
  if (repeated.length) throw new Error(`two cases with one name: ${repeated.join(', ')}`);
  const old = recorded(kind);
  const records = cases.map(item => {
    const key = JSON.stringify({ name: fullName(item), ...pick(item, kind.inputs) });
    const kept = [...(old.get(key) ?? [])].filter(([name]) => options.missing || !chosen.some(engine => engine.name === name));
    return { item, answers: new Map(kept) };
  });
  const questions = records.flatMap(record => chosen.filter(({ name }) => !record.answers.has(name)).map(engine => [record, engine]));
  let done = 0;
  await inParallel(questions, async ([{ item, answers }, engine]) => {
    answers.set(engine.name, await kind.judge(engine, item));
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${kind.folder}: ${done} of ${questions.length} `);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  return records.map(({ item, answers }) => ({ section: item.section, ...entry(kind, item, answers) }));
}

async function filesOf(kind) {
  const entries = await entriesOf(kind);
  const sections = [...new Set(entries.map(({ section }) => section))];
  return sections.map(wanted => [join(kind.folder, `${wanted}.json`), format(kind, entries.filter(({ section }) => section === wanted))]);
}

async function engineList() {
  const path = join(corpus, 'engines.json');
  const old = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const asked = Object.fromEntries(await Promise.all(chosen.map(async engine => [engine.name, await versions(engine)])));
  const lines = names.filter(name => asked[name] ?? old[name]).map(name => `  "${name}": ${line(asked[name] ?? old[name])}`);
  return ['engines.json', `{\n${lines.join(',\n')}\n}\n`];
}

const files = new Map([await engineList()]);
for (const kind of kinds) {
  for (const [path, text] of await filesOf(kind)) files.set(path, text);
}

if (options.only) {
  files.delete('engines.json');
  for (const text of files.values()) process.stdout.write(text);
} else {
  const present = kinds.flatMap(({ folder }) => (existsSync(join(corpus, folder)) ? readdirSync(join(corpus, folder)).map(file => join(folder, file)) : []));
  const stale = present.filter(path => !files.has(path));
  const read = path => (existsSync(join(corpus, path)) ? readFileSync(join(corpus, path), 'utf8') : undefined);
  const changed = [...files].filter(([path, text]) => read(path) !== text);
  if (!options.check) {
    for (const path of stale) rmSync(join(corpus, path));
    for (const { folder } of kinds) mkdirSync(join(corpus, folder), { recursive: true });
    for (const [path, text] of changed) writeFileSync(join(corpus, path), text);
  }
  for (const path of [...stale, ...changed.map(([path]) => path)]) console.log(`changed: ${path}`);
  console.log(`${valueCases.length} value cases, ${readCases.length} read cases, ${chosen.length} engines`);
  if (options.check && stale.length + changed.length) process.exitCode = 1;
}
