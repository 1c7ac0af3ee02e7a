// The protocol of sockets: its bytes, and what happens to a peer that does not keep to it.
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const { spawnSync } = require('node:child_process');
const { assert, inWorld, ipc, newPath, once, rawSocket, settle, test, until } = require('./world.cjs');

const hex = text => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const frame = (...parts) => {
  const body = Buffer.concat(parts.map(part => (typeof part === 'string' ? hex(part) : part)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
};
const hello = frame('01 45495043 0100 01 00000000 0000000000000000');
const emptyArray = '09000000 ff13 ff0f 41 00 24 00 00';

test('a page sends exactly these bytes', { timeout: 20_000 }, async () => {
  const path = newPath();
  const received = [];
  const server = net.createServer(socket => {
    socket.on('data', chunk => received.push(chunk));
    socket.write(frame('01 45495043 0100 02 07000000 0500000000000000'));
  });
  await new Promise(resolve => server.listen(path, resolve));
  const ipcRenderer = await ipc.connect(path);
  const { port1, port2 } = new ipc.MessageChannel();
  ipcRenderer.send('a', 1);
  ipcRenderer.invoke('é').catch(() => {});
  ipcRenderer.sendToHost('日');
  port1.postMessage(2);
  ipcRenderer.postMessage('p', null, [port2]);
  port1.close();
  const expected = Buffer.concat([
    hello,
    frame('10 01000000 61 0b000000 ff13 ff0f 41 01 49 02 24 00 01'),
    frame('11 0100000000000000 01000000 e9 09000000 ff13 ff0f 41 00 24 00 00'),
    frame('14 02000080 e565 09000000 ff13 ff0f 41 00 24 00 00'),
    frame('13 01000000 70 05000000 ff13 ff0f 30 0100 01000000'),
    frame('30 01000000 06000000 ff13 ff0f 49 04 0000'),
    frame('31 01000000'),
  ]);
  await until(() => Buffer.concat(received).length >= expected.length);
  assert.equal(Buffer.concat(received).toString('hex'), expected.toString('hex'));
  ipcRenderer.release();
  server.close();
});

inWorld('the main process sends exactly these bytes', async world => {
  const created = once(world.main, 'web-contents-created');
  const { socket, received } = await rawSocket(world.socketPath);
  socket.write(hello);
  const [, contents] = await created;
  world.ipcMain.handle('x', () => true);
  world.ipcMain.on('y', event => { event.returnValue = false; });
  contents.send('a', 1);
  const { port1, port2 } = new ipc.MessageChannelMain();
  contents.postMessage('p', undefined, [port1]);
  port2.postMessage();
  socket.write(frame('11 0100000000000000 01000000 78', emptyArray));
  await until(() => received().includes(hex('22 0100000000000000')));
  socket.write(frame('12 0200000000000000 01000000 79', emptyArray));
  const processId = Buffer.alloc(4);
  processId.writeUInt32LE(contents.mainFrame.processId);
  const expected = Buffer.concat([
    frame('01 45495043 0100 02', processId, '0000000000000000'),
    frame('20 01000000 61 0b000000 ff13 ff0f 41 01 49 02 24 00 01'),
    frame('21 01000000 70 05000000 ff13 ff0f 5f 0100 02000000'),
    frame('30 02000000 00000000 0000'),
    frame('22 0100000000000000 10000000 ff13 ff0f 6f 22 06 726573756c74 54 7b 01'),
    frame('23 0200000000000000 05000000 ff13 ff0f 46'),
  ]);
  await until(() => received().length >= expected.length);
  assert.equal(received().toString('hex'), expected.toString('hex'));
  socket.destroy();
});

const offenses = {
  'no hello': [frame('10 01000000 61', emptyArray), 'offset 4: the other side does not speak this protocol: no hello'],
  'another greeting': [frame('01 45495044 0100 01 00000000'), 'offset 4: the other side does not speak this protocol: no hello'],
  'another version': [frame('01 45495043 0200 01 00000000'), 'offset 11: protocol version 2, and not 1'],
  'the same role': [frame('01 45495043 0100 02 00000000'), 'offset 12: the other side is of the same role'],
  'an unknown role': [frame('01 45495043 0100 03 00000000'), 'offset 12: the other side is of an unknown role 3'],
  'a long hello': [frame('01 45495043 0100 01 00000000 0000000000000000 00'), 'offset 24: the frame is longer than its fields'],
  'a short hello': [frame('01 454950'), 'offset 5: the frame ends within its greeting'],
  'an empty frame': [hex('00000000'), 'offset 0: a frame has from 1 to 67108864 bytes, not 0; raise the limit frameLength on both sides'],
  'a giant frame': [hex('ffffffff 01'), 'offset 0: a frame has from 1 to 67108864 bytes, not 4294967295; raise the limit frameLength on both sides'],
  'HTTP': [Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'offset 0: a frame has from 1 to 67108864 bytes, not 542393671; raise the limit frameLength on both sides'],
};
const offensesAfterHello = {
  'a second hello': [hello, 'offset 28: a frame of kind 0x01 is not for this side'],
  'an unknown kind': [frame('7f'), 'offset 28: a frame of kind 0x7f is not for this side'],
  'a kind of the main process': [frame('20 01000000 61', emptyArray), 'a frame of kind 0x20 is not for this side'],
  'a reply': [frame('22 0100000000000000', emptyArray), 'a frame of kind 0x22 is not for this side'],
  'a channel that is cut': [frame('10 05000000 61'), 'offset 33: the frame ends within its channel'],
  'a giant channel': [frame('10 ffffff7f 61'), 'the frame ends within its channel'],
  'half a character': [frame('10 01000080 61', emptyArray), 'a channel of two-byte characters has an odd length'],
  'a value that is cut': [frame('10 01000000 61 09000000 ff'), 'the frame ends within its value'],
  'bytes too many': [frame('10 01000000 61', emptyArray, '00'), 'the frame is longer than its fields'],
  'an id of zero': [frame('11 0000000000000000 01000000 61', emptyArray), 'an id is from 1 to 2^53-1'],
  'an id beyond numbers': [frame('11 0000000000002000 01000000 61', emptyArray), 'an id is from 1 to 2^53-1'],
  'an id that waits': [Buffer.concat([frame('11 0500000000000000 01000000 61', emptyArray), frame('12 0500000000000000 01000000 61', emptyArray)]), 'the id 5 waits for a reply already'],
  'a port of the other side\'s numbers': [frame('13 01000000 61', emptyArray, '0100 02000000'), '2 is no new port of the other side'],
  'a port twice': [frame('13 01000000 61', emptyArray, '0200 01000000 01000000'), '1 is no new port of the other side'],
  'port zero': [frame('13 01000000 61', emptyArray, '0100 00000000'), '0 is no new port of the other side'],
  'ports that are cut': [frame('13 01000000 61', emptyArray, 'ffff 01000000'), 'the frame ends within its ports'],
  'a message to a port that never was': [frame('30 01000000', emptyArray, '0000'), 'there is no port 1'],
  'closing a port that never was': [frame('31 02000000'), 'there is no port 2'],
  'closing port zero': [frame('31 00000000'), 'there is no port 0'],
};
for (const [name, [bytes, message]] of [
  ...Object.entries(offenses), ...Object.entries(offensesAfterHello).map(([name, [bytes, message]]) => [name, [Buffer.concat([hello, bytes]), message]]),
]) {
  inWorld(`a peer that sends ${name} is cut off, and nobody else`, async world => {
    let ended;
    const onHello = (event, contents) => contents.on('destroyed', error => { ended = error; });
    world.main.on('web-contents-created', onHello);
    world.ipcMain.handle('a', () => new Promise(() => {}));
    const { socket, closed } = await rawSocket(world.socketPath);
    // A byte at a time, as a stream may come.
    if (bytes.length < 100) for (const byte of bytes) socket.write(Buffer.of(byte));
    await closed;
    await settle(world);
    if (bytes.subarray(0, hello.length).equals(hello)) {
      assert.equal(ended?.name, 'ConnectionError');
      assert.ok(ended.message.endsWith(message), ended.message);
    } else {
      assert.equal(ended, undefined);
    }
    assert.equal(world.main.getAllWebContents().length, 1);
  });
}

for (const [name, [bytes, message]] of Object.entries(offenses).filter(([name]) => name !== 'the same role')) {
  test(`a main process that sends ${name} fails connect`, { timeout: 20_000 }, async () => {
    const path = newPath();
    const server = net.createServer(socket => { socket.on('error', () => {}); socket.resume(); socket.end(bytes); });
    await new Promise(resolve => server.listen(path, resolve));
    await assert.rejects(ipc.connect(path), error => {
      assert.equal(error.name, 'ConnectionError');
      if (!name.startsWith('a long')) assert.equal(error.message.split(' of the same')[0], message.split(' of the same')[0]);
      return true;
    });
    server.close();
  });
}

test('a main process that closes within a frame, or says nothing, fails connect', { timeout: 20_000 }, async () => {
  for (const [bytes, message] of [[hex('0c0000'), 'offset 3: the stream ends within a frame'], [Buffer.alloc(0), 'the other side closed the connection']]) {
    const path = newPath();
    const server = net.createServer(socket => { socket.on('error', () => {}); socket.resume(); socket.end(bytes); });
    await new Promise(resolve => server.listen(path, resolve));
    await assert.rejects(ipc.connect(path), { message });
    server.close();
  }
  const path = newPath();
  const server = net.createServer(socket => socket.resume());
  await new Promise(resolve => server.listen(path, resolve));
  await assert.rejects(ipc.connect(path, { limits: { helloTimeout: 20 } }), { message: 'the other side does not say hello' });
  await assert.rejects(ipc.connect(newPath()), { code: 'ENOENT' });
  server.close();
});

inWorld('what cannot be read arrives as null, or as no arguments', async world => {
  const got = [];
  world.ipcMain.on('a', (event, ...args) => got.push([...args, event.ports ? 'post' : 'send']));
  const { socket } = await rawSocket(world.socketPath);
  socket.write(hello);
  const garbage = ['', 'ff', 'ff13', 'ff0f 30', '00', 'ff13 ff0f 5c', 'ff15 fe 000000', 'ff ffffffffff 30', 'ff13 ff10 30', 'ff13 ff0f 30', 'ff13 ff0f 61 ffffffff0f 40 00 ffffffff0f'];
  for (const value of garbage) {
    const bytes = hex(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    socket.write(frame('10 01000000 61', length, bytes));
    socket.write(frame('13 01000000 61', length, bytes, '0000'));
  }
  await until(() => got.length === 2 * garbage.length);
  const sent = got.filter(args => args.at(-1) === 'send'), posted = got.filter(args => args.at(-1) === 'post');
  assert.deepEqual(sent, garbage.map(() => ['send']));
  assert.deepEqual(posted.slice(0, -1), garbage.slice(0, -1).map(() => [null, 'post']));
  socket.destroy();
});

inWorld('a closed port takes what is still under way', async world => {
  const { socket, closed } = await rawSocket(world.socketPath);
  socket.write(hello);
  const [event] = await (async () => {
    const got = once(world.ipcMain, 'a');
    socket.write(frame('13 01000000 61', emptyArray, '0100 01000000'));
    return got;
  })();
  event.ports[0].close();
  socket.write(frame('30 01000000', emptyArray, '0100 03000000'));
  socket.write(frame('31 01000000'));
  socket.write(frame('31 01000000'));
  socket.write(frame('31 03000000'));
  const arrived = once(world.ipcMain, 'b');
  socket.write(frame('10 01000000 62', emptyArray));
  await arrived;
  socket.end();
  await closed;
});

inWorld('limits: ports, calls without a reply, bytes that wait in ports', async world => {
  world.ipcMain.handle('a', () => new Promise(() => {}));
  const kept = [];
  world.ipcMain.on('a', event => kept.push(event));
  const cases = [
    ['more ports than the limit ports of 2', frame('13 01000000 61', emptyArray, '0300 01000000 03000000 05000000')],
    ['more calls than the limit pendingReplies of 2', ...[1, 2, 3].map(id => frame(`11 0${id}00000000000000 01000000 61`, emptyArray))],
    ['nobody takes what arrived at ports: more than the limit queuedBytes of 1000 waits',
      frame('13 01000000 61', emptyArray, '0100 01000000'),
      ...Array.from({ length: 3 }, () => frame('30 01000000', '90010000', Buffer.alloc(400), '0000'))],
  ];
  for (const [message, ...frames] of cases) {
    const created = once(world.main, 'web-contents-created');
    const { socket, closed } = await rawSocket(world.socketPath);
    socket.write(hello);
    const [, contents] = await created;
    const destroyed = new Promise(resolve => { contents.on('destroyed', resolve); });
    for (const bytes of frames) socket.write(bytes);
    assert.match((await destroyed).message, new RegExp(`${message}$`));
    await closed;
  }
}, { main: { limits: { ports: 2, pendingReplies: 2, queuedBytes: 1000 } } });

inWorld('a peer that does not read is cut off, and the memory is free', async world => {
  const created = once(world.main, 'web-contents-created');
  const { socket } = await rawSocket(world.socketPath);
  socket.pause();
  socket.write(hello);
  const [, contents] = await created;
  const destroyed = new Promise(resolve => { contents.on('destroyed', resolve); });
  const text = 'x'.repeat(100_000);
  for (let n = 0; n < 100 && !contents.isDestroyed(); n += 1) {
    contents.send('a', text);
    await new Promise(resolve => setImmediate(resolve));
  }
  assert.equal((await destroyed).message, 'the other side does not read: more than the limit queuedBytes of 1000000 waits');
  socket.destroy();
}, { main: { limits: { queuedBytes: 1_000_000 } } });

inWorld('a frame that is too long for the other side is not sent', async world => {
  const closed = world.ipcRenderer.closed;
  world.ipcRenderer.send('a', 'x'.repeat(2000));
  assert.match((await closed).message, /is longer than the limit frameLength of 1000$/);
}, { renderer: { limits: { frameLength: 1000 } } });

inWorld('random frames harm nobody', async world => {
  world.ipcMain.handle('a', (event, ...args) => args.length);
  world.ipcMain.on('a', event => event.ports?.forEach(port => { port.on('message', () => port.postMessage(1)); port.start(); }));
  let state = 12345;
  const random = below => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  const bytes = count => Buffer.from(Array.from({ length: count }, () => random(8) === 0 ? random(256) : random(4)));
  const kinds = ['10', '11', '12', '13', '14', '20', '21', '22', '30', '31'];
  for (let round = 0; round < 300; round += 1) {
    const { socket, closed } = await rawSocket(world.socketPath);
    socket.write(hello);
    for (let n = 0; n < 20; n += 1) {
      const kind = kinds[random(kinds.length)];
      const id = `0${n + 1}00000000000000`.slice(-16);
      const field = random(3) > 0 ? '01000000 61' : bytes(random(8));
      socket.write(frame(kind, ...(kind === '11' || kind === '12' ? [id] : []), field, random(3) > 0 ? emptyArray : bytes(random(20)), kind === '13' || kind === '30' ? `0100 0${n % 5 * 2 + 1}000000` : ''));
    }
    socket.end();
    await closed;
  }
  await settle(world);
  await until(() => world.main.getAllWebContents().length === 1);
});

inWorld('a large value crosses, in both directions and through a thread', async world => {
  world.ipcMain.handle('echo', (event, value) => value);
  const value = { bytes: new Uint8Array(10_000_000).fill(7), text: '日'.repeat(1_000_000) };
  assert.deepEqual(await world.ipcRenderer.invoke('echo', value), value);
  const other = await ipc.connect(world.socketPath, { sync: true });
  assert.deepEqual(await other.invoke('echo', value), value);
  other.release();
  await other.closed;
});

test('the socket is its owner\'s, a dead one is replaced, a live one is not', { timeout: 20_000 }, async () => {
  const path = newPath();
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  assert.equal(spawnSync(process.execPath, ['-e', script]).signal, 'SIGKILL');
  assert.ok(fs.existsSync(path));
  const main = new ipc.MainProcess();
  await main.listen(path);
  assert.equal(fs.statSync(path).mode & 0o777, 0o600);
  await assert.rejects(new ipc.MainProcess().listen(path), { code: 'EADDRINUSE' });
  await main.quit();
  assert.ok(!fs.existsSync(path));
});
