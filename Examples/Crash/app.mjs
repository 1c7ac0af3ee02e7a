// What each side sees when the other one crashes:
//
//     swift build --product example-crash
//     node Examples/Crash/app.mjs .build/debug/example-crash
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '../../Node/electron-ipc.cjs';

const [program, path, role] = process.argv.slice(2);

if (role === 'page') {
  // The page that will crash: it asks for what never comes.
  const ipcRenderer = await connect(path);
  await ipcRenderer.invoke('never');
}

const folder = mkdtempSync(join(tmpdir(), 'crash-'));
const socket = join(folder, 'main.sock');

/** Starts the main process, and waits until it listens. */
async function start() {
  const main = spawn(program, [socket], { stdio: ['ignore', 'pipe', 'inherit'] });
  main.stdout.pipe(process.stdout);
  await once(main.stdout, 'data');
  return main;
}

// MARK: The main process crashes

let main = await start();
let ipcRenderer = await connect(socket);
const told = text => new Promise(resolve => {
  main.stdout.on('data', chunk => { if (String(chunk).includes(text)) resolve(); });
});
const hasAsked = told('never comes');
const call = ipcRenderer.invoke('never');
ipcRenderer.send('ping');
await Promise.all([hasAsked, once(ipcRenderer, 'pong')]);
main.kill('SIGKILL');
await call.catch(error => console.log('page: the call fails:', error.message));
await ipcRenderer.closed;

// MARK: It is started again, where its socket was

main = await start();
ipcRenderer = await connect(socket);
console.log('page: connected again, pages:', await ipcRenderer.invoke('pages'));

// MARK: A page crashes

const page = spawn(process.execPath, [fileURLToPath(import.meta.url), program, socket, 'page'], { stdio: 'inherit' });
await told('never comes');
page.kill('SIGKILL');
await told('is gone');
console.log('page: still here, pages:', await ipcRenderer.invoke('pages'));

main.kill();
rmSync(folder, { recursive: true });
