// Puts every case of node-cases.mjs to every Node and writes Fixtures/Corpus/node, or with --check compares with it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { engines, executeModule, generator } from './engines.mjs';
import { nodeCases, nodeReads } from './node-cases.mjs';

const folder = join(generator, '../Corpus/node');
const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, engines: { type: 'string' } }, strict: false,
});
const nodes = engines.filter(({ name, library }) => library === 'node' && name.startsWith('node') && (!options.engines || options.engines.split(',').includes(name)));

async function ask(engine, action, text) {
  const { stdout } = await executeModule(engine, 'node-engine.mjs', [action, text], 60_000);
  return JSON.parse(stdout);
}

/** What is asked about a case, by the name of the file that has the answers. */
const sections = {
  async serialize(engine, { js }) {
    const answer = await ask(engine, 'serialize', js);
    if (!answer.written) return answer;
    return { ...answer, ...await ask(engine, 'deserialize', answer.written) };
  },
  deserialize: (engine, { bytes }) => ask(engine, 'deserialize', bytes),
  async channel(engine, { js }) {
    const sent = await ask(engine, 'send', js);
    if (!sent.written) return sent;
    // Both ends write alike, or the golden would have two of them.
    const { written: child } = await ask(engine, 'child', js);
    const { written: returned } = await ask(engine, 'receive', sent.written);
    return { written: sent.written, ...(child === sent.written ? {} : { child }), returned };
  },
};

const expressions = Object.entries(nodeCases).map(([name, js]) => ({ name, js }));
const cases = { serialize: expressions, deserialize: nodeReads.map(bytes => ({ bytes })), channel: expressions };

/** Engines that answered alike stand together. */
async function goldens(section, item) {
  const groups = [];
  for (const engine of nodes) {
    const answer = await sections[section](engine, item);
    if (answer.unsupported) continue;
    const group = groups.find(({ engines: _, ...other }) => isDeepStrictEqual(other, answer));
    if (group) group.engines.push(engine.name);
    else groups.push({ engines: [engine.name], ...answer });
  }
  return { ...item, goldens: groups };
}

/** The part of a golden that some engines have answered. */
const narrowed = item => ({
  ...item,
  goldens: item.goldens.map(golden => ({ ...golden, engines: golden.engines.filter(name => nodes.some(node => node.name === name)) })).filter(golden => golden.engines.length),
});

let differing = 0;
mkdirSync(folder, { recursive: true });
for (const section of Object.keys(sections)) {
  const file = join(folder, `${section}.json`);
  const answers = [];
  for (const item of cases[section]) answers.push(await goldens(section, item));
  if (options.check) {
    const known = JSON.parse(readFileSync(file, 'utf8')).map(narrowed);
    answers.forEach((answer, index) => {
      if (isDeepStrictEqual(answer, known[index])) return;
      differing += 1;
      console.log(`${section}: ${answer.name ?? answer.bytes} differs`);
    });
    console.log(`${section}: ${answers.length} cases asked of ${nodes.map(({ name }) => name).join(', ')}`);
  } else {
    writeFileSync(file, `[\n${answers.map(answer => JSON.stringify(answer)).join(',\n')}\n]\n`);
  }
}
process.exitCode = differing ? 1 : 0;
