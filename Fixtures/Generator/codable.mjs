// Puts every case of codable-cases.mjs to the Nodes whose format is today's, and writes Fixtures/Corpus/codable.json, or with --check
// compares with it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { codableCases } from './codable-cases.mjs';
import { engines, executeModule, generator } from './engines.mjs';

const file = join(generator, '../Corpus/codable.json');
const { values: options } = parseArgs({
  options: { check: { type: 'boolean', default: false }, engines: { type: 'string' } }, strict: false,
});
const asked = engines.filter(({ name }) => ['node20', 'node22', 'node24'].includes(name) && (!options.engines || options.engines.split(',').includes(name)));

async function answer(name, js) {
  const answers = [];
  for (const engine of asked) {
    const { stdout } = await executeModule(engine, 'codable-engine.mjs', [js], 60_000);
    answers.push(JSON.parse(stdout));
  }
  if (answers.some(other => !isDeepStrictEqual(other, answers[0]))) throw new Error(`${name}: the engines differ`);
  return { name, js, ...answers[0] };
}

const answers = [];
for (const [name, js] of Object.entries(codableCases)) answers.push(await answer(name, js));
if (options.check) {
  const known = JSON.parse(readFileSync(file, 'utf8'));
  const differing = answers.filter((item, index) => !isDeepStrictEqual(item, known[index]));
  for (const { name } of differing) console.log(`codable: ${name} differs`);
  process.exitCode = differing.length || known.length !== answers.length ? 1 : 0;
} else {
  writeFileSync(file, `[\n${answers.map(item => JSON.stringify(item)).join(',\n')}\n]\n`);
}
console.log(`codable: ${answers.length} cases asked of ${asked.map(({ name }) => name).join(', ')}`);
