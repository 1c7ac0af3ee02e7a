// What Electron's ipcRenderer and ipcMain do; § is the section of the reference of Electron's behaviour.
'use strict';

const { assert, inWorld, ipc, once, settle, uncaught, until } = require('./world.cjs');
const { MessageChannel, MessageChannelMain } = ipc;
const values = [
  undefined, null, true, 0, -0, NaN, Infinity, 2 ** 53, 1.5, 10n ** 40n, '', 'text', 'grüße', '日本語', '\ud800', new Date(5), /a+/gi,
  [1, , 3], { a: { b: [] }, 7: 1 }, new Map([[1, { x: 2 }]]), new Set(['a']), new Uint8Array([1, 2]), new Float64Array([0.5]), new ArrayBuffer(3),
  new DataView(new ArrayBuffer(4), 1, 2), Object(1), Object('s'), Object(false), Object(3n), new RangeError('far'),
];

// MARK: send and on

inWorld('§2.1 send arrives with its arguments, in order', async world => {
  const got = [];
  world.ipcMain.on('a', (event, ...args) => got.push(args));
  for (let i = 0; i < 100; i += 1) assert.equal(world.ipcRenderer.send('a', i, 'x'), undefined);
  await settle(world);
  assert.deepEqual(got, Array.from({ length: 100 }, (_, i) => [i, 'x']));
});

inWorld('§2.1 nobody listening is no error', async world => {
  world.ipcRenderer.send('nobody');
  await settle(world);
  assert.deepEqual(world.log, []);
});

inWorld('§7 values cross as they are', async world => {
  world.ipcMain.handle('echo', (event, value) => value);
  for (const value of values) assert.deepEqual(await world.ipcRenderer.invoke('echo', value), value);
  assert.equal((await world.ipcRenderer.invoke('echo', new Date(NaN))).getTime(), NaN);
});

inWorld('§7 what is shared stays shared, across arguments too', async world => {
  world.ipcMain.handle('same', (event, a, b) => a === b.a && a.self === a);
  const shared = {};
  shared.self = shared;
  assert.equal(await world.ipcRenderer.invoke('same', shared, { a: shared }), true);
});

inWorld('§7 class instances are plain objects, symbols as keys are skipped', async world => {
  class Point { x = 1; [Symbol('s')] = 2; #y = 3; get z() { return 4; } }
  world.ipcMain.handle('echo', (event, value) => value);
  assert.deepEqual(await world.ipcRenderer.invoke('echo', new Point()), { x: 1 });
});

inWorld('§7 a Buffer is a Uint8Array', async world => {
  world.ipcMain.handle('kind', (event, value) => [value.constructor.name, [...value]]);
  assert.deepEqual(await world.ipcRenderer.invoke('kind', Buffer.from([1, 2])), ['Uint8Array', [1, 2]]);
});

const uncloneable = {
  function: () => {}, promise: Promise.resolve(), symbol: Symbol('s'), weakMap: new WeakMap(), proxy: new Proxy({}, {}),
  shared: new SharedArrayBuffer(1), port: new MessageChannelMain().port1, domPort: new MessageChannel().port1,
  getter: { get x() { throw new Error('no'); } },
};
for (const [name, value] of Object.entries(uncloneable)) {
  inWorld(`§7 not to be cloned: ${name}`, async world => {
    const refusal = { name: 'Error', message: 'An object could not be cloned.' };
    assert.throws(() => world.ipcRenderer.send('a', { deep: [value] }), refusal);
    assert.throws(() => world.ipcRenderer.sendToHost('a', value), refusal);
    assert.throws(() => world.ipcRenderer.postMessage('a', value), refusal);
    assert.throws(() => world.contents.postMessage('a', value), refusal);
    await assert.rejects(world.ipcRenderer.invoke('a', value), refusal);
    world.contents.send('a', value);
    assert.deepEqual(world.log, ['Error sending from webFrameMain:  Error: Failed to serialize arguments']);
  });
}

inWorld('§7 ipcRenderer, a page and an event are not to be cloned', async world => {
  const events = [];
  world.ipcMain.on('a', event => events.push(event));
  world.ipcRenderer.send('a');
  await settle(world);
  for (const value of [world.ipcRenderer, world.contents, world.ipcMain, events[0]]) {
    assert.throws(() => world.ipcRenderer.send('a', value), /^Error: An object could not be cloned\.$/);
  }
});

for (const channel of [undefined, null, 5, {}, Symbol('s'), Object('boxed')]) {
  inWorld(`§2.0 a channel is a string: ${String(channel)} (${typeof channel})`, async world => {
    const text = `conversion failure from ${channel === undefined || channel === null ? channel : ''}`;
    const refusal = index => ({ name: 'TypeError', message: `Error processing argument at index ${index}, ${text}` });
    assert.throws(() => world.ipcRenderer.send(channel), refusal(1));
    assert.throws(() => world.ipcRenderer.sendSync(channel), refusal(1));
    assert.throws(() => world.ipcRenderer.sendToHost(channel), refusal(0));
    assert.throws(() => world.ipcRenderer.postMessage(channel), refusal(0));
    await assert.rejects(world.ipcRenderer.invoke(channel), refusal(1));
    assert.throws(() => world.contents.send(channel), { name: 'TypeError', message: 'Missing required channel argument' });
    assert.throws(() => world.contents.postMessage(channel, 1), refusal(0));
  });
}

inWorld('§1 any string is a channel', async world => {
  for (const channel of ['', 'it\'s', 'grüße', '日本語', '\ud800', 'x'.repeat(70_000), '__proto__', 'newListener', 'removeListener', 'constructor']) {
    // Node itself has events of some of these names.
    const got = [];
    for (const emitter of [world.ipcMain, world.ipcRenderer]) {
      emitter.on(channel, (event, value) => { if (event.sender) got.push(value); });
    }
    world.ipcRenderer.send(channel, channel);
    world.contents.send(channel, channel);
    await until(() => got.length === 2);
    assert.deepEqual(got, [channel, channel]);
  }
});

inWorld('§11 a message on the channel error harms neither side', async world => {
  assert.deepEqual(world.ipcMain.eventNames(), ['error']);
  assert.deepEqual(world.ipcRenderer.eventNames(), []);
  world.ipcRenderer.send('error', 1);
  world.contents.send('error', 1);
  await settle(world);
  const got = [];
  world.ipcRenderer.on('error', (event, value) => got.push(value));
  world.contents.send('error', 2);
  await until(() => got.length === 1);
  assert.deepEqual(got, [2]);
});

inWorld('§2.6 a listener that throws skips the rest of its message only', async world => {
  const got = [];
  for (const emitter of [world.ipcMain, world.ipcRenderer]) {
    emitter.on('a', (event, n) => { if (n === 1) throw new Error('thrown'); });
    emitter.on('a', (event, n) => got.push(n));
  }
  const errors = await uncaught(async () => {
    for (const n of [1, 2]) {
      world.ipcRenderer.send('a', n);
      world.contents.send('a', n);
    }
    await settle(world);
  });
  assert.deepEqual(errors.map(String), ['Error: thrown', 'Error: thrown']);
  assert.deepEqual(got, [2, 2]);
});

inWorld('§9 promises are done with before the next message', async world => {
  const got = [];
  world.ipcMain.on('a', async (event, n) => {
    got.push(`begin ${n}`);
    await null;
    await new Promise(resolve => process.nextTick(resolve));
    got.push(`end ${n}`);
  });
  world.ipcRenderer.send('a', 1);
  world.ipcRenderer.send('a', 2);
  await settle(world);
  assert.deepEqual(got, ['begin 1', 'end 1', 'begin 2', 'end 2']);
});

inWorld('§9 send, invoke, postMessage and sendToHost share one order', async world => {
  const got = [];
  world.ipcMain.on('send', (event, n) => got.push(n));
  world.ipcMain.on('post', (event, n) => got.push(n));
  world.ipcMain.handle('invoke', (event, n) => { got.push(n); });
  world.contents.on('ipc-message-host', (event, channel, [n]) => got.push(n));
  let random = 7;
  for (let n = 0; n < 500; n += 1) {
    random = random * 1103515245 + 12345 & 0x7fffffff;
    switch (random >> 8 & 7) {
      case 0: case 1: case 2: world.ipcRenderer.invoke('invoke', n); break;
      case 3: case 4: world.ipcRenderer.postMessage('post', n); break;
      case 5: world.ipcRenderer.sendToHost('host', n); break;
      default: world.ipcRenderer.send('send', n);
    }
  }
  await settle(world);
  assert.deepEqual(got, Array.from({ length: 500 }, (_, n) => n));
});

// MARK: invoke

inWorld('§2.3 what a handler gives is the result', async world => {
  world.ipcMain.handle('value', () => 5);
  world.ipcMain.handle('later', async () => { await null; return 6; });
  world.ipcMain.handle('thenable', () => ({ then: resolve => resolve(7) }));
  world.ipcMain.handle('nothing', () => {});
  world.ipcMain.handle('error', () => ({ error: 'mine' }));
  assert.equal(await world.ipcRenderer.invoke('value'), 5);
  assert.equal(await world.ipcRenderer.invoke('later'), 6);
  assert.equal(await world.ipcRenderer.invoke('thenable'), 7);
  assert.equal(await world.ipcRenderer.invoke('nothing'), undefined);
  assert.deepEqual(await world.ipcRenderer.invoke('error'), { error: 'mine' });
});

const thrown = [
  [new TypeError('bad'), 'TypeError: bad'], [new Error(), 'Error'], ['s', 's'], [0, '0'], [{}, '[object Object]'], ['', ''],
  // Electron never replies to these two.
  [undefined, 'undefined'], [null, 'null'],
];
for (const [error, text] of thrown) {
  inWorld(`§2.3 a handler throws ${JSON.stringify(text)}`, async world => {
    world.ipcMain.handle('x', () => { throw error; });
    world.ipcMain.handle('y', async () => { throw error; });
    for (const channel of ['x', 'y']) {
      const failure = await world.ipcRenderer.invoke(channel).catch(error => error);
      assert.equal(failure.name, 'Error');
      assert.equal(failure.message, `Error invoking remote method '${channel}': ${text}`);
      assert.equal('cause' in failure, false);
      assert.equal('code' in failure, false);
    }
    assert.equal(world.log.length, 2);
    assert.match(world.log[0], /^Error occurred in handler for 'x': /);
  });
}

inWorld('§2.3 without a handler the call fails, and is logged', async world => {
  await assert.rejects(world.ipcRenderer.invoke('x'), { message: "Error invoking remote method 'x': Error: No handler registered for 'x'" });
  assert.deepEqual(world.log, ["Error occurred in handler for 'x': Error: No handler registered for 'x'"]);
});

inWorld('§2.3 a result that cannot be cloned fails the call', async world => {
  world.ipcMain.handle('x', () => () => {});
  await assert.rejects(world.ipcRenderer.invoke('x'), { message: "Error invoking remote method 'x': Error: An object could not be cloned." });
});

inWorld('§2.3 a page that may gets the whole error as the cause', async world => {
  world.contents.receivesHandlerErrors = true;
  const inner = new TypeError('inner');
  const outer = Object.assign(new RangeError('far', { cause: inner }), { code: 'E_FAR' });
  world.ipcMain.handle('x', () => { throw outer; });
  const failure = await world.ipcRenderer.invoke('x').catch(error => error);
  assert.equal(failure.message, "Error invoking remote method 'x': RangeError: far");
  assert.ok(failure.cause instanceof RangeError);
  for (const key of ['name', 'message', 'stack', 'code']) assert.equal(failure.cause[key], outer[key], key);
  assert.equal(failure.cause.cause.message, 'inner');
  assert.ok(failure.cause.cause instanceof TypeError);
  world.ipcMain.handle('y', () => { throw Object.assign(new Error('n'), { code: () => {} }); });
  assert.equal('cause' in await world.ipcRenderer.invoke('y').catch(error => error), false);
});

inWorld('§4.1 handle, handleOnce and removeHandler', async world => {
  world.ipcMain.handle('x', () => 1);
  const second = { name: 'Error', message: "Attempted to register a second handler for 'x'" };
  assert.throws(() => world.ipcMain.handle('x', () => 2), second);
  assert.throws(() => world.ipcMain.handle('x', 5), second);
  assert.throws(() => world.ipcMain.handleOnce('x', () => 2), second);
  world.ipcMain.removeAllListeners();
  assert.equal(await world.ipcRenderer.invoke('x'), 1);
  world.ipcMain.removeHandler('x');
  world.ipcMain.removeHandler('x');
  assert.throws(() => world.ipcMain.handle('x', {}), { name: 'TypeError', message: "Expected handler to be a function, but found type 'object'" });
  world.ipcMain.handleOnce('x', () => 3);
  const calls = [world.ipcRenderer.invoke('x'), world.ipcRenderer.invoke('x')];
  assert.equal(await calls[0], 3);
  await assert.rejects(calls[1], { message: "Error invoking remote method 'x': Error: No handler registered for 'x'" });
});

inWorld('§2.3 the handler is looked up on arrival and keeps its calls', async world => {
  let open;
  world.ipcMain.handle('x', () => new Promise(resolve => { open = resolve; }));
  const call = world.ipcRenderer.invoke('x');
  await until(() => open);
  world.ipcMain.removeHandler('x');
  world.ipcMain.handle('x', () => 'new');
  assert.equal(await world.ipcRenderer.invoke('x'), 'new');
  open('old');
  assert.equal(await call, 'old');
});

inWorld('§4.3 frame.ipc, then webContents.ipc, then ipcMain', async world => {
  const got = [];
  const tiers = [world.contents.mainFrame.ipc, world.contents.ipc, world.ipcMain];
  world.contents.on('ipc-message', (event, channel, ...args) => got.push(['announced', channel, ...args]));
  tiers.forEach((tier, index) => tier.on('a', (event, x) => got.push([index, x])));
  world.ipcRenderer.send('a', 1);
  await settle(world);
  assert.deepEqual(got.filter(([first, second]) => second !== 'settle'), [['announced', 'a', 1], [0, 1], [1, 1], [2, 1]]);
  for (const index of [2, 1, 0]) {
    tiers[index].handle('x', () => index);
    assert.equal(await world.ipcRenderer.invoke('x'), index);
  }
});

// MARK: sendSync

inWorld('§2.2 the first returnValue counts, also undefined and later', async world => {
  world.ipcMain.on('a', event => { event.returnValue = 1; event.returnValue = 2; });
  world.ipcMain.on('a', event => { event.returnValue = 3; });
  world.ipcMain.on('undefined', event => { event.returnValue = undefined; assert.equal(event.returnValue, undefined); });
  world.ipcMain.on('tier', event => { event.returnValue = 'main'; });
  world.main.on('web-contents-created', (event, contents) => {
    contents.ipc.on('tier', event => { event.returnValue = 'contents'; });
  });
  // The main process is on this very thread, which must not be blocked before it has answered.
  for (const [channel, value] of [['a', 1], ['undefined', undefined], ['tier', 'contents']]) {
    assert.equal(await inOtherProcess(world, channel), value);
  }
});

inWorld('§2.2 a value that cannot be cloned throws in main, and another one can be set', async world => {
  const errors = [];
  world.ipcMain.on('a', event => {
    try { event.returnValue = () => {}; } catch (error) { errors.push(String(error)); }
    event.returnValue = 'fine';
  });
  assert.equal(await inOtherProcess(world, 'a'), 'fine');
  assert.deepEqual(errors, ['Error: An object could not be cloned.']);
});

inWorld('§2.2 nobody listening is logged', async world => {
  inOtherProcess(world, 'a');
  await until(() => world.log.length > 0);
  assert.match(world.log[0], /^WebContents #\d+ called ipcRenderer\.sendSync\(\) with 'a' channel without listeners\.$/);
});

inWorld('§2.2 without a thread for the connection sendSync says what to do', async world => {
  assert.throws(() => world.ipcRenderer.sendSync('a'), /connect\(path, \{ sync: true \}\)/);
});

inWorld('§2.2 what arrives meanwhile waits', async world => {
  world.ipcMain.on('a', event => {
    event.reply('news', 1);
    event.returnValue = 2;
  });
  assert.deepEqual(await inOtherProcess(world, 'a', true), [2, [1]]);
});

inWorld('§2.2 a lost connection gives null', async world => {
  world.ipcMain.on('a', event => event.sender.close());
  assert.equal(await inOtherProcess(world, 'a'), null);
});

inWorld('§2.2 a timeout ends the wait, and a later answer is nobody\'s', async world => {
  let late;
  world.ipcMain.on('a', event => { late = event; });
  world.ipcMain.on('b', event => {
    late.returnValue = 'late';
    event.returnValue = 'in time';
  });
  const { value } = await inPage(world, { sync: true, syncTimeout: 100 }, `
    const begin = performance.now();
    let error;
    try { ipcRenderer.sendSync('a'); } catch (caught) { error = caught; }
    const waited = performance.now() - begin;
    const value = [error instanceof DOMException, error?.name, error?.message, waited >= 100, ipcRenderer.sendSync('b')];`);
  assert.deepEqual(value, [true, 'TimeoutError', 'The operation timed out.', true, 'in time']);
});

/** What `sendSync` gives in a process of its own, which this one can answer; with `news` also what came on that channel. */
async function inOtherProcess(world, channel, news = false) {
  const { value, got } = await inPage(world, { sync: true }, `const value = ipcRenderer.sendSync(${JSON.stringify(channel)});`);
  return news ? [value, got] : value;
}

/** Runs a script with `ipcRenderer` in a process of its own: its `value`, and what came on the channel `news`, but not while it ran. */
async function inPage(world, options, script) {
  const { execFile } = require('node:child_process');
  const { promisify } = require('node:util');
  const program = `
    const { connect } = require(${JSON.stringify(require.resolve('../electron-ipc.cjs'))});
    connect(${JSON.stringify(world.socketPath)}, ${JSON.stringify(options)}).then(async ipcRenderer => {
      const got = [];
      ipcRenderer.on('news', (event, value) => got.push(value));
      ${script}
      if (got.length > 0) throw new Error('dispatched while blocked');
      await new Promise(resolve => setTimeout(resolve, 20));
      process.stdout.write(JSON.stringify({ value, got }));
      ipcRenderer.release();
    });`;
  return JSON.parse((await promisify(execFile)(process.execPath, ['-e', program])).stdout);
}

// MARK: Events and pages

inWorld('§3.2 an event has the fields of its method', async world => {
  const fields = {};
  const keep = name => event => { fields[name] = event; };
  world.ipcMain.on('send', keep('send'));
  world.ipcMain.on('post', keep('post'));
  world.ipcMain.handle('invoke', keep('invoke'));
  world.ipcRenderer.send('send');
  world.ipcRenderer.postMessage('post');
  await world.ipcRenderer.invoke('invoke');
  for (const event of Object.values(fields)) {
    assert.equal(event.type, 'frame');
    assert.equal(event.sender, world.contents);
    assert.equal(event.senderFrame, world.contents.mainFrame);
    assert.equal(event.processId, world.contents.mainFrame.processId);
    assert.equal(event.frameId, world.contents.mainFrame.frameId);
    assert.equal(event.frameTreeNodeId, world.contents.mainFrame.frameTreeNodeId);
    assert.equal(event.defaultPrevented, false);
    event.preventDefault();
    assert.equal(event.defaultPrevented, true);
  }
  assert.deepEqual(['send', 'post', 'invoke'].map(name => 'reply' in fields[name]), [true, false, false]);
  assert.deepEqual(['send', 'post', 'invoke'].map(name => 'ports' in fields[name]), [false, true, false]);
  assert.deepEqual(['send', 'post', 'invoke'].map(name => 'returnValue' in fields[name]), [false, false, false]);
  assert.deepEqual(fields.post.ports, []);
});

inWorld('§3.1 a page\'s event has a sender and ports', async world => {
  const got = once(world.ipcRenderer, 'a');
  world.contents.send('a', 1, 2);
  const [event, ...args] = await got;
  assert.deepEqual(Object.keys(event), ['sender', 'ports']);
  assert.equal(event.sender, world.ipcRenderer);
  assert.deepEqual(event.ports, []);
  assert.deepEqual(args, [1, 2]);
});

inWorld('§5 sendToFrame', async world => {
  const { processId, frameId } = world.contents.mainFrame;
  const got = [];
  world.ipcRenderer.on('a', (event, n) => got.push(n));
  assert.equal(world.contents.sendToFrame(frameId, 'a', 1), true);
  assert.equal(world.contents.sendToFrame([processId, frameId], 'a', 2), true);
  assert.equal(world.contents.sendToFrame([processId, frameId + 1], 'a', 3), false);
  assert.throws(() => world.contents.sendToFrame('x', 'a'), { message: 'Missing required frame argument (must be number or [processId, frameId])' });
  await settle(world);
  assert.deepEqual(got, [1, 2]);
});

inWorld('§10 after release nothing can be sent, and what is pending fails', async world => {
  world.ipcMain.handle('never', () => new Promise(() => {}));
  const call = world.ipcRenderer.invoke('never');
  const released = { name: 'Error', message: 'IPC method called after context was released' };
  world.ipcRenderer.release();
  await assert.rejects(call, released);
  assert.throws(() => world.ipcRenderer.send('a'), released);
  assert.throws(() => world.ipcRenderer.sendSync('a'), released);
  assert.throws(() => world.ipcRenderer.sendToHost('a'), released);
  assert.throws(() => world.ipcRenderer.postMessage('a', () => {}), released);
  await assert.rejects(world.ipcRenderer.invoke('a'), released);
  assert.equal(await world.ipcRenderer.closed, undefined);
  await until(() => world.contents.isDestroyed());
  assert.deepEqual(world.main.getAllWebContents(), []);
  world.contents.send('a');
  assert.equal(world.log.at(-1), 'Error sending from webFrameMain:  Error: Render frame was disposed before WebFrameMain could be accessed');
  assert.throws(() => world.contents.postMessage('a', 1), { message: 'Render frame was disposed before WebFrameMain could be accessed' });
  assert.throws(() => world.contents.mainFrame.processId, { message: 'Render frame was disposed before WebFrameMain could be accessed' });
});

inWorld('§10 what was sent before release arrives', async world => {
  const got = [];
  world.ipcMain.on('a', (event, n) => got.push(n));
  for (let n = 0; n < 1000; n += 1) world.ipcRenderer.send('a', n, 'x'.repeat(1000));
  world.ipcRenderer.release();
  await until(() => world.contents.isDestroyed());
  assert.equal(got.length, 1000);
});

inWorld('§10 closing the page releases the other side', async world => {
  world.contents.send('a', 1);
  const got = once(world.ipcRenderer, 'a');
  world.contents.close();
  assert.deepEqual((await got).slice(1), [1]);
  assert.equal(await world.ipcRenderer.closed, undefined);
  assert.throws(() => world.ipcRenderer.send('a'), { message: 'IPC method called after context was released' });
});

inWorld('pages are apart', async world => {
  const { main, socketPath } = world;
  const created = once(main, 'web-contents-created');
  const other = await ipc.connect(socketPath);
  const [, contents] = await created;
  assert.notEqual(contents.id, world.contents.id);
  assert.equal(main.getAllWebContents().length, 2);
  main.ipcMain.handle('who', event => event.sender.id);
  assert.equal(await other.invoke('who'), contents.id);
  assert.equal(await world.ipcRenderer.invoke('who'), world.contents.id);
  contents.ipc.handle('who', () => 'mine');
  assert.equal(await other.invoke('who'), 'mine');
  assert.equal(await world.ipcRenderer.invoke('who'), world.contents.id);
  other.release();
  await until(() => contents.isDestroyed());
  assert.equal(await world.ipcRenderer.invoke('who'), world.contents.id);
});
