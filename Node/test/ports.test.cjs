// Ports; § is the section of the reference of Electron's behaviour.
'use strict';

const { assert, inWorld, ipc, once, settle, test, until } = require('./world.cjs');
const { MessageChannel, MessageChannelMain } = ipc;

/** What a port gets, from now on. */
function record(port) {
  const got = [];
  if ('onmessage' in port) {
    port.addEventListener('message', event => got.push(event.data));
    port.addEventListener('close', () => got.push('close'));
  } else {
    port.on('message', event => got.push(event.data));
    port.on('close', () => got.push('close'));
  }
  return got;
}

/** Sends one end of a new channel of the page's to the main process: the page's port and the main process's. */
async function connectPorts(world) {
  const { port1, port2 } = new MessageChannel();
  const got = once(world.ipcMain, 'port');
  world.ipcRenderer.postMessage('port', null, [port2]);
  return [port1, (await got)[0].ports[0]];
}

test('§6.2 messages wait until the port is started, and keep their order', async () => {
  const { port1, port2 } = new MessageChannelMain();
  const got = record(port2);
  for (const n of [1, 2, 3]) port1.postMessage(n);
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.deepEqual(got, []);
  port2.start();
  port2.start();
  assert.deepEqual(got, []);
  await until(() => got.length === 3);
  assert.deepEqual(got, [1, 2, 3]);
});

test('§6.2 close is told here at once, and there after all that was posted', async () => {
  const { port1, port2 } = new MessageChannelMain();
  const here = record(port1), there = record(port2);
  port1.postMessage(1);
  port1.close();
  port1.close();
  assert.deepEqual(here, ['close']);
  port1.postMessage(() => {});
  port1.start();
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.deepEqual(there, []);
  port2.start();
  await until(() => there.length === 2);
  assert.deepEqual(there, [1, 'close']);
});

test('§6.2 an empty message arrives as null, undefined as itself', async () => {
  const { port1, port2 } = new MessageChannelMain();
  const got = record(port2);
  port2.start();
  port1.postMessage();
  port1.postMessage(undefined);
  await until(() => got.length === 2);
  assert.deepEqual(got, [null, undefined]);
});

test('§6.2 what postMessage of a MessagePortMain refuses', () => {
  const { port1, port2 } = new MessageChannelMain();
  const other = new MessageChannelMain();
  const cases = [
    [[() => {}], 'Error', 'An object could not be cloned.'],
    [[1, undefined], 'TypeError', 'transferables must be an array of MessagePorts'],
    [[1, null], 'TypeError', 'transferables must be an array of MessagePorts'],
    [[1, [null]], 'TypeError', 'Port at index 0 is not a valid port'],
    [[1, [other.port1, new ArrayBuffer(1)]], 'TypeError', 'Port at index 1 is not a valid port'],
    [[1, [new MessageChannel().port1]], 'TypeError', 'Port at index 0 is not a valid port'],
    [[1, [port1]], 'Error', 'Port at index 0 contains the source port.'],
    [[1, [other.port1, other.port1]], 'Error', 'Port at index 1 is a duplicate.'],
  ];
  // As in Electron, `undefined` that is passed is no array, unless it is a default.
  for (const [args, name, message] of cases.filter(([args]) => !(args.length === 2 && args[1] === undefined))) {
    assert.throws(() => port1.postMessage(...args), { name, message });
  }
  port2.postMessage(1, [other.port1]);
  assert.throws(() => port2.postMessage(1, [other.port1]), { name: 'Error', message: 'Port at index 0 is already neutered.' });
  other.port1.postMessage(() => {});
});

test('§6.2 transferring: what waited goes along, the object is dead', async () => {
  const inner = new MessageChannelMain(), outer = new MessageChannelMain();
  inner.port1.postMessage('early');
  const dead = record(inner.port2);
  outer.port1.postMessage('take', [inner.port2]);
  inner.port1.postMessage('late');
  inner.port2.start();
  const arrived = once(outer.port2, 'message');
  outer.port2.start();
  const [{ data, ports }] = await arrived;
  assert.equal(data, 'take');
  const got = record(ports[0]);
  ports[0].start();
  await until(() => got.length === 2);
  assert.deepEqual(got, ['early', 'late']);
  assert.deepEqual(dead, []);
  inner.port2.close();
  assert.deepEqual(dead, ['close']);
});

test('§6.2 sending the other end of the same channel loses both in silence', async () => {
  const { port1, port2 } = new MessageChannelMain();
  const got = record(port1);
  port1.start();
  port1.postMessage('lost', [port2]);
  await new Promise(resolve => setTimeout(resolve, 5));
  assert.deepEqual(got, []);
});

test('§6.2 very many nested ports close without trouble', async () => {
  let carrier = new MessageChannelMain();
  const first = carrier.port1;
  const got = record(first);
  for (let depth = 0; depth < 50_000; depth += 1) {
    const next = new MessageChannelMain();
    next.port1.postMessage(depth, [carrier.port2]);
    carrier = next;
  }
  first.start();
  carrier.port2.close();
  await until(() => got.length === 1);
  assert.deepEqual(got, ['close']);
});

test('§6.3 onmessage starts a page\'s port; close is not told here', async () => {
  const { port1, port2 } = new MessageChannel();
  const here = record(port1), there = [];
  port1.postMessage(1);
  port2.onmessage = event => there.push(event.data, event.ports);
  port2.onclose = () => there.push('close');
  await until(() => there.length === 2);
  port1.start();
  port1.close();
  await until(() => there.length === 3);
  assert.deepEqual(there, [1, [], 'close']);
  assert.deepEqual(here, []);
});

test('§6.3 what postMessage of a page\'s port refuses', () => {
  const { port1, port2 } = new MessageChannel();
  const other = new MessageChannel();
  const refused = (call, reason) => assert.throws(call, error => {
    assert.equal(error.name, 'DataCloneError');
    assert.equal(error.message, `Failed to execute 'postMessage' on 'MessagePort': ${reason}`);
    return true;
  });
  refused(() => port1.postMessage(() => {}), '() => {} could not be cloned.');
  refused(() => port1.postMessage(1, [port1]), 'Port at index 0 contains the source port.');
  refused(() => port1.postMessage(1, [other.port1, other.port1]), 'Message port at index 1 is a duplicate of an earlier port.');
  assert.throws(() => port1.postMessage(1, [5]), TypeError);
  port2.postMessage(1, { transfer: [other.port1] });
  refused(() => port2.postMessage(1, [other.port1]), 'Port at index 0 is already neutered.');
});

inWorld('§2.4 what postMessage of ipcRenderer refuses', async world => {
  const { port1, port2 } = new MessageChannel();
  const refusal = { name: 'TypeError', message: 'Invalid value for transfer' };
  for (const transfer of [null, {}, { transfer: [port1] }, [123], [null], [new ArrayBuffer(1)], [port1, port1], [new MessageChannelMain().port1], [port1, {}]]) {
    assert.throws(() => world.ipcRenderer.postMessage('a', 1, transfer), refusal);
  }
  world.ipcRenderer.postMessage('a', 1, [port1]);
  assert.throws(() => world.ipcRenderer.postMessage('a', 1, [port1]), refusal);
  world.ipcRenderer.postMessage('a', 1, [port2]);
});

inWorld('§5 what postMessage of a page refuses', async world => {
  const { port1 } = new MessageChannelMain();
  assert.throws(() => world.contents.postMessage('a'), { name: 'TypeError', message: 'Insufficient number of arguments.' });
  for (const transfer of [null, [123], [null], [new MessageChannel().port1]]) {
    assert.throws(() => world.contents.postMessage('a', 1, transfer), { name: 'Error', message: 'Invalid value for transfer' });
  }
  assert.throws(() => world.contents.postMessage('a', 1, [port1, port1]), { message: 'Port at index 1 is a duplicate.' });
  world.contents.postMessage('a', 1, [port1]);
  assert.throws(() => world.contents.postMessage('a', 1, [port1]), { message: 'Port at index 0 is already neutered.' });
});

inWorld('§6.4 a port goes to the main process and carries both ways', async world => {
  const [page, main] = await connectPorts(world);
  const inPage = record(page), inMain = record(main);
  page.start();
  main.start();
  for (let n = 0; n < 100; n += 1) {
    page.postMessage(n);
    main.postMessage(-n);
  }
  await until(() => inPage.length === 100 && inMain.length === 100);
  assert.deepEqual(inMain, Array.from({ length: 100 }, (_, n) => n));
  assert.deepEqual(inPage, Array.from({ length: 100 }, (_, n) => -n));
  page.close();
  await until(() => inMain.length === 101);
  assert.equal(inMain[100], 'close');
});

inWorld('§6.2 a port goes to the page with what waited in it', async world => {
  const { port1, port2 } = new MessageChannelMain();
  port1.postMessage('early');
  const got = once(world.ipcRenderer, 'port');
  world.contents.postMessage('port', 'take', [port2]);
  port1.postMessage('late');
  port1.close();
  const [event, message] = await got;
  assert.equal(message, 'take');
  const received = record(event.ports[0]);
  event.ports[0].start();
  await until(() => received.length === 3);
  assert.deepEqual(received, ['early', 'late', 'close']);
});

inWorld('§6.2 ports go through ports, and back', async world => {
  const [page, main] = await connectPorts(world);
  main.start();
  const inner = new MessageChannel();
  inner.port1.postMessage('early');
  const atMain = once(main, 'message');
  page.postMessage('inner', [inner.port2]);
  const [{ ports }] = await atMain;
  let atPage;
  page.onmessage = event => { atPage = event; };
  main.postMessage('back', ports);
  await until(() => atPage);
  const got = record(atPage.ports[0]);
  atPage.ports[0].start();
  inner.port1.postMessage('late');
  await until(() => got.length === 2);
  assert.deepEqual(got, ['early', 'late']);
  atPage.ports[0].postMessage('hello');
  const first = record(inner.port1);
  inner.port1.start();
  await until(() => first.length === 1);
  assert.deepEqual(first, ['hello']);
});

inWorld('§1 a port connects two pages through the main process', async world => {
  const other = await ipc.connect(world.socketPath);
  await until(() => world.main.getAllWebContents().length === 2);
  const [, contents] = world.main.getAllWebContents();
  const [page, main] = await connectPorts(world);
  page.postMessage('early');
  const got = once(other, 'port');
  contents.postMessage('port', null, [main]);
  const [{ ports: [port] }] = await got;
  const received = record(port);
  port.start();
  page.postMessage('late');
  await until(() => received.length === 2);
  assert.deepEqual(received, ['early', 'late']);
  const there = record(page);
  page.start();
  port.postMessage('answer');
  other.release();
  await until(() => there.length === 2);
  assert.deepEqual(there, ['answer', 'close']);
});

inWorld('§10 a lost connection closes its ports', async world => {
  const [, main] = await connectPorts(world);
  const got = record(main);
  main.start();
  world.ipcRenderer.release();
  await until(() => got.length === 1);
  assert.deepEqual(got, ['close']);
});

inWorld('§6.2 a closed port can be sent, and reports it there', async world => {
  const { port1, port2 } = new MessageChannelMain();
  port1.close();
  const got = once(world.ipcRenderer, 'port');
  world.contents.postMessage('port', null, [port2]);
  const port = (await got)[0].ports[0];
  const received = record(port);
  port.start();
  await until(() => received.length === 1);
  assert.deepEqual(received, ['close']);
  await settle(world);
});
