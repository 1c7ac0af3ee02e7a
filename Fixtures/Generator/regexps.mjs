// Puts regular expressions to every engine and writes Fixtures/Corpus/regexps, and the table of what came into Unicode lately
// that Sources/StructuredClone/RegExp has. Run it through Scripts/regenerate-fixtures.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { engines, executeModule, root } from './engines.mjs';
import { categories, properties, scripts } from './regexp-names.mjs';
import { handWritten, randomCases } from './regexp-patterns.mjs';

const corpus = join(root, 'Fixtures/Corpus/regexps');

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    engines: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    /** Judges random cases of this seed instead, and writes them to a file in the format of the corpus. */
    sweep: { type: 'string' },
    count: { type: 'string', default: '100000' },
    output: { type: 'string' },
    // Known to the generator of the other cases. These are quick enough to be asked all again.
    missing: { type: 'boolean', default: false },
  },
});

const names = engines.filter(({ library }) => library === 'node').map(({ name }) => name);
const chosen = names.filter(name => !options.engines || options.engines.split(',').includes(name));

/** The version of Unicode whose characters and names an engine knows. Deno names that of another of its parts. */
const unicodeVersions = { node14: 14, node16: 14, node18: 14, node20: 17, node22: 16, node24: 17, deno: 16 };

/** Whether an engine compiles with these flags at all. */
const knows = (name, flags) =>
  (!flags.includes('d') || name !== 'node14') &&
  (!flags.includes('v') || names.indexOf(name) >= names.indexOf('node20')) &&
  (!(flags.includes('u') && flags.includes('v')) || name === 'node20');

// MARK: Asking

const scratch = mkdtempSync(join(tmpdir(), 'regexps-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

async function ask(name, task) {
  const [taskFile, answerFile] = ['task', 'answer'].map(kind => join(scratch, `${name}.${kind}.json`));
  writeFileSync(taskFile, JSON.stringify(task));
  await executeModule(engines.find(engine => engine.name === name), 'regexp-engine.mjs', [taskFile, answerFile]);
  return JSON.parse(readFileSync(answerFile, 'utf8'));
}

/** One answer of each chosen engine, by name. */
async function askAll(task) {
  const answers = new Map();
  const queue = chosen[Symbol.iterator]();
  const take = async () => {
    for (const name of queue) answers.set(name, await ask(name, task));
  };
  await Promise.all(Array.from({ length: Number(options.jobs) }, take));
  return answers;
}

// MARK: Patterns

const flagOrder = [...'dgimsuvy'];
const sorted = flags => [...flags].sort((left, right) => flagOrder.indexOf(left) - flagOrder.indexOf(right)).join('');

function* take(count, cases) {
  const seen = new Set();
  for (const [pattern, flags] of cases) {
    if (seen.size >= count) return;
    if (seen.has(pattern)) continue;
    seen.add(pattern);
    yield [pattern, flags];
  }
}

function* corpusCases() {
  for (const pattern of handWritten) yield [pattern, ['', 'u', 'v', 'uv']];
  const known = new Set(handWritten);
  for (const [pattern, flags] of take(9000, randomCases(1))) if (!known.has(pattern)) yield [pattern, flags];
}

const escaped = pattern => pattern.replace(/[^!-$&-~]/g, unit => '%' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
const reasonCodes = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Reads what a file of this format says: by pattern and flags, a code of each engine. */
function recorded(path) {
  const reasons = [];
  const verdicts = new Map();
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    // No pattern has a blank.
    if (line.startsWith('# ')) reasons.push(line.slice(4));
    if (!line || line.startsWith('# ')) continue;
    const [pattern, ...fields] = line.split('\t');
    for (const field of fields) {
      const [flags, codes] = field.split('=');
      const codeOf = index => (codes.length === 1 ? codes : codes[index]);
      const texts = names.map((name, index) => (!knows(name, flags) || codeOf(index) === '-' ? undefined : codeOf(index) === '.' ? '' : reasons[reasonCodes.indexOf(codeOf(index))]));
      verdicts.set(`${pattern}\t${flags}`, texts);
    }
  }
  return verdicts;
}

async function patternFile(cases, old) {
  const flat = [];
  const lines = [];
  for (const [pattern, flags] of cases) lines.push([pattern, flags.map(sorted).map(text => [text, flat.push([pattern, text]) - 1])]);
  const answers = new Map(chosen.map(name => [name, []]));
  for (let start = 0; start < flat.length; start += 100_000) {
    for (const [name, part] of await askAll({ action: 'judge', cases: flat.slice(start, start + 100_000) })) answers.get(name).push(...part);
  }

  const reasons = [];
  const code = text => {
    if (text === undefined) return '-';
    if (text === '') return '.';
    if (!reasons.includes(text)) reasons.push(text);
    return reasonCodes[reasons.indexOf(text)];
  };
  function field(pattern, flags, index) {
    const codes = names.map((name, position) => {
      if (!knows(name, flags)) return '-';
      const answer = answers.get(name)?.[index];
      if (answer === undefined) return code(old.get(`${escaped(pattern)}\t${flags}`)?.[position]);
      if (answer === null) throw new Error(`${name} does not know the flags ${flags}`);
      const [shown, text] = answer;
      const expected = text && unicodeVersions[name] > 14 ? flags : '';
      if (shown !== expected) throw new Error(`${name} shows the flags "${shown}" of "${flags}"`);
      return code(text);
    });
    const asked = codes.filter((_, position) => knows(names[position], flags));
    return `${flags}=${new Set(asked).size === 1 ? asked[0] : codes.join('')}`;
  }
  const body = lines.map(([pattern, flags]) => [escaped(pattern), ...flags.map(([text, index]) => field(pattern, text, index))].join('\t'));
  console.log(`${lines.length} patterns, ${flat.length} with flags`);
  return [...reasons.map((text, index) => `# ${reasonCodes[index]} ${text}`), ...body].join('\n') + '\n';
}

// MARK: Unicode

/** By groups of engines that say yes, what they say it to. */
function grouped(items, saysYes) {
  const groups = new Map();
  for (const item of items) {
    const key = names.filter(name => saysYes(name, item)).join();
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([key, list]) => ({ engines: key.split(',').filter(Boolean), list })).sort((left, right) => right.engines.length - left.engines.length || left.engines.join() .localeCompare(right.engines.join()));
}

/** Ranges in which all engines agree among each other. */
function segments(rangesOf) {
  const starts = [...new Set(names.flatMap(name => rangesOf(name).flatMap(([first, last]) => [first, last + 1])))].sort((left, right) => left - right);
  const isIn = new Map(names.map(name => [name, new Set()]));
  for (const name of names) {
    for (const [first, last] of rangesOf(name)) {
      for (let index = starts.indexOf(first); starts[index] <= last; index++) isIn.get(name).add(starts[index]);
    }
  }
  const ranges = starts.slice(0, -1).map((first, index) => [first, starts[index + 1] - 1]);
  return grouped(ranges, (name, [first]) => isIn.get(name).has(first)).filter(({ engines }) => engines.length);
}

const allProperties = [
  ...[...scripts, ...categories, ...properties],
  ...['sc', 'Script', 'scx', 'Script_Extensions'].flatMap(name => [...scripts, 'Lu', 'Any'].map(value => `${name}=${value}`)),
  ...['gc', 'General_Category'].flatMap(name => [...categories, 'Grek', 'Any'].map(value => `${name}=${value}`)),
  ...properties.flatMap(name => ['Y', 'Lu', 'Grek'].map(value => `${name}=${value}`)),
];

/** Since which version of Unicode something is there, from the engines that have it. */
function since(engines) {
  const version = Math.min(...engines.map(name => unicodeVersions[name]));
  const expected = names.filter(name => unicodeVersions[name] >= version);
  if (engines.join() !== expected.join()) throw new Error(`not a matter of versions: ${engines}`);
  return version;
}

async function unicodeFiles() {
  if (chosen.length < names.length) return []; // Only all of them together make the table.
  const node20 = await ask('node20', { action: 'unicode' });
  if (parseInt(node20, 10) !== unicodeVersions.node20) {
    console.log(`not asked about Unicode: Node 20 has version ${node20} here, the table needs one with ${unicodeVersions.node20}`);
    return [];
  }
  const listed = await askAll({ action: 'properties', properties: allProperties });
  const unique = [...new Set(allProperties)];
  const accepted = grouped(unique, (name, text) => listed.get(name)[allProperties.indexOf(text)]);
  const scanned = await askAll({ action: 'identifiers' });
  const identifiers = Object.fromEntries(['start', 'part'].map(kind => [kind, segments(name => scanned.get(name)[kind])]));

  const list = (key, groups) => `  "${key}": [\n${groups.map(group => `    {"engines":${JSON.stringify(group.engines)},"list":${JSON.stringify(group.list)}}`).join(',\n')}\n  ]`;
  const json = `{\n${[list('properties', accepted), list('identifierStart', identifiers.start), list('identifierPart', identifiers.part)].join(',\n')}\n}\n`;

  const newer = groups => groups.filter(({ engines }) => engines.length && engines.length < names.length).flatMap(({ engines, list: items }) => items.map(item => [item, since(engines)]));
  const newScripts = newer(accepted).map(([text, version]) => {
    if (!/^(sc|scx|Script|Script_Extensions)=/.test(text)) throw new Error(`a property that not all have: ${text}`);
    return [text.replace(/.*=/, ''), version];
  });
  const scriptLines = [...new Map(newScripts)].sort().map(([name, version]) => `    "${name}": ${version},`);
  const hex = number => '0x' + number.toString(16).toUpperCase();
  const rangeLines = groups => newer(groups).sort(([[left]], [[right]]) => left - right).map(([[first, last], version]) => `    Range(first: ${hex(first)}, last: ${hex(last)}, since: ${version}),`);
  const swift = `// Made by Fixtures/Generator/regexps.mjs from what the engines say. Do not edit.

/// What engines with version 14 of Unicode do not have, and engines with a later one have.
enum UnicodeAdditions {
  struct Range: Sendable {
    let first: UInt32
    let last: UInt32
    /// The first version that an engine with it has.
    let since: Int
  }

  /// Scripts by all their names.
  static let scripts: [String: Int] = [
${scriptLines.join('\n')}
  ]

  /// Characters with which an identifier can start.
  static let identifierStart: [Range] = [
${rangeLines(identifiers.start).join('\n')}
  ]

  /// Characters with which an identifier can go on.
  static let identifierPart: [Range] = [
${rangeLines(identifiers.part).join('\n')}
  ]
}
`;
  return [[join(corpus, 'unicode.json'), json], [join(root, 'Sources/StructuredClone/RegExp/UnicodeAdditions.swift'), swift]];
}

// MARK: The run

if (options.sweep !== undefined) {
  writeFileSync(options.output, await patternFile(take(Number(options.count), randomCases(Number(options.sweep))), new Map()));
} else {
  const patterns = join(corpus, 'patterns.txt');
  const files = [[patterns, await patternFile(corpusCases(), recorded(patterns))], ...(await unicodeFiles())];
  const changed = files.filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  for (const [path, text] of options.check ? [] : changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const [path] of changed) console.log(`changed: ${path.slice(root.length + 1)}`);
  if (options.check && changed.length) process.exitCode = 1;
}
