// Writes to standard output what a test process writes that Node's runner has started, with text of its own between events. Files, times
// and process ids differ each time, so that it is no golden to compare with but a stream to read.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'reporter-'));
const file = join(folder, 'example.test.cjs');
writeFileSync(file, `
  const test = require('node:test');
  console.log('stray text before');
  test('passes', () => {});
  test('fails', () => { throw new TypeError('no: ü €', { cause: new Error('why') }); });
  test('has children', async t => {
    await t.test('inner', () => console.log('stray text in the middle \\u00ff\\u000f'));
    t.diagnostic('said');
  });
  test('is skipped', { skip: 'a reason' }, () => {});
  test('is to do', { todo: true }, () => {});
`);
try {
  process.stdout.write(execFileSync(process.execPath, [file], { env: { ...process.env, NODE_TEST_CONTEXT: 'child-v8' } }));
} catch (error) {
  // A test failed, as it should.
  process.stdout.write(error.stdout);
} finally {
  rmSync(folder, { recursive: true });
}
