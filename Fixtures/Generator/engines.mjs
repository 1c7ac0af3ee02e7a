// The engines that goldens come from, and how they are run.
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const generator = dirname(fileURLToPath(import.meta.url));
export const root = join(generator, '../..');

const node = name => ({ name, program: `.engines/${name}/bin/node`, run: [], library: 'node' });
const deno = (name, library) => ({ name, program: '.engines/deno/bin/deno', run: ['run', '--allow-all', '--quiet', '--no-config', '--no-lock'], library });

export const engines = [
  ...['node14', 'node16', 'node18', 'node20', 'node22', 'node24'].map(node),
  deno('deno', 'node'),
  deno('v8-15.0', 'raw'),
];

const environment = { ...process.env, DENO_DIR: join(root, '.engines/deno/cache'), DENO_NO_UPDATE_CHECK: '1', NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' };

/** Runs the engine's program with exactly these arguments, for so many milliseconds at most. */
export const execute = ({ program }, parameters, timeout = 0) =>
  run(join(root, program), parameters, { env: environment, cwd: root, timeout, maxBuffer: 2 ** 26 });

/** Runs a module of the generator in the engine. */
export const executeModule = (engine, module, parameters, timeout) =>
  execute(engine, [...engine.run, join(generator, module), ...parameters], timeout);
