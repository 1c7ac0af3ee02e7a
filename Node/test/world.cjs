// A main process with a page, both in this process, over a real socket.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { once } = require('node:events');
const { test } = require('node:test');
const ipc = require('../electron-ipc.cjs');

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-ipc-'));
process.on('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
let count = 0;
const newPath = () => path.join(directory, `${count += 1}.sock`);

/** Runs a test with a world, which it takes down. */
function inWorld(name, body, options = {}) {
  test(name, { timeout: 20_000 }, async context => {
    const main = new ipc.MainProcess(options.main);
    const socketPath = newPath();
    await main.listen(socketPath);
    const created = once(main, 'web-contents-created');
    const ipcRenderer = await ipc.connect(socketPath, options.renderer);
    const [, contents] = await created;
    const log = [];
    const { error } = console;
    console.error = (...parts) => log.push(parts.map(part => (part instanceof Error ? String(part) : part)).join(' '));
    try {
      await body({ main, ipcMain: main.ipcMain, contents, ipcRenderer, socketPath, log }, context);
    } finally {
      console.error = error;
      ipcRenderer.release();
      await main.quit();
    }
  });
}

/** Waits until a condition holds. */
async function until(condition, what = 'the condition') {
  for (let tries = 0; tries < 4000; tries += 1) {
    if (condition()) return;
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  assert.fail(`${what} does not come about`);
}

/** Waits until all that was sent so far, in both directions, has been dispatched. */
async function settle({ ipcMain, ipcRenderer }) {
  for (let round = 0; round < 2; round += 1) {
    const answered = new Promise(resolve => { ipcRenderer.once('settle', resolve); });
    ipcMain.once('settle', event => event.reply('settle'));
    ipcRenderer.send('settle');
    await answered;
  }
}

/** Runs a function, and gives what became an uncaught exception meanwhile. */
async function uncaught(body) {
  const errors = [];
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', error => errors.push(error));
  try {
    await body();
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const other of others) process.on('uncaughtException', other);
  }
  return errors;
}

/** A socket on which a test writes bytes of its own. */
async function rawSocket(socketPath) {
  const socket = net.connect(socketPath);
  await once(socket, 'connect');
  const received = [];
  socket.on('data', chunk => received.push(chunk));
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  return { socket, closed, received: () => Buffer.concat(received) };
}

module.exports = { assert, inWorld, ipc, newPath, once, rawSocket, settle, test, uncaught, until };
