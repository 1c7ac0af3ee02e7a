// What happens when something is forgotten; § is the section of the reference of Electron's behaviour.
'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');
const { assert, inWorld, ipc, once, until } = require('./world.cjs');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

/** Collects until something has come about. */
async function collectUntil(condition) {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  assert.ok(condition());
}

inWorld('§2.3 a handler that never settles fails the call once its event is collected', async world => {
  world.ipcMain.handle('x', () => new Promise(() => {}));
  let failure;
  world.ipcRenderer.invoke('x').catch(error => { failure = error; });
  await collectUntil(() => failure);
  assert.equal(failure.message, "Error invoking remote method 'x': reply was never sent");
});

inWorld('§2.3 a call stays pending while somebody has its event', async world => {
  let kept;
  world.ipcMain.handle('x', event => { kept = event; return new Promise(() => {}); });
  let isSettled = false;
  world.ipcRenderer.invoke('x').catch(() => { isSettled = true; });
  await until(() => kept);
  for (let n = 0; n < 10; n += 1) {
    collect();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  assert.equal(isSettled, false);
  assert.equal(kept.type, 'frame');
});

inWorld('§6.2 a port that was never started and is forgotten closes; one that was started does not', async world => {
  const { port1, port2 } = (() => {
    const { port1, port2 } = new ipc.MessageChannel();
    world.ipcRenderer.postMessage('nobody listens', null, [port2]);
    const started = new ipc.MessageChannel();
    world.ipcMain.once('port', event => {
      event.ports[0].on('message', ({ data }) => event.ports[0].postMessage(data));
      event.ports[0].start();
    });
    world.ipcRenderer.postMessage('port', null, [started.port2]);
    return { port1, port2: started.port1 };
  })();
  let isClosed = false;
  port1.onclose = () => { isClosed = true; };
  port1.start();
  await collectUntil(() => isClosed);
  port2.start();
  port2.postMessage('still there');
  const [event] = await once(port2, 'message');
  assert.equal(event.data, 'still there');
});
