// Stands between a page and a main process, with the Node peer towards both: it is the page's main process, and the main
// process's page. What passes through unchanged has been read, dispatched and sent again by both roles of the peer.
//
//     node relay.cjs shared|own
//
// reads lines `MAIN-SOCKET PAGE-SOCKET`: connects to the first, listens on the second, and writes a line once a page may
// connect. With `own` each pair gets a thread, which `sendSync` blocks; that takes a while. Ends with its standard input.
'use strict';

const readline = require('node:readline');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');
const { connect, MainProcess, MessageChannel, MessageChannelMain } = require('../../../Node/electron-ipc.cjs');

// What handlers throw is the tests' own business.
console.error = () => {};

if (isMainThread) {
  const hasOwnThreads = process.argv[2] === 'own';
  const lines = readline.createInterface({ input: process.stdin });
  const ready = () => process.stdout.write('ready\n');
  lines.on('line', line => {
    const [mainSocket, pageSocket] = line.split(' ');
    if (!hasOwnThreads) return relay(mainSocket, pageSocket, false).then(ready);
    const worker = new Worker(__filename, { workerData: { mainSocket, pageSocket } });
    worker.on('message', ready);
  });
  lines.on('close', () => process.exit());
} else if (workerData.mainSocket) {
  relay(workerData.mainSocket, workerData.pageSocket, true).then(() => parentPort.postMessage('ready'));
}

async function relay(mainSocket, pageSocket, sync) {
  const ipcRenderer = await connect(mainSocket, { sync });
  // What comes before the page does waits for it.
  const early = [];
  ipcRenderer.emit = (...message) => early.push(message);
  const main = new MainProcess();
  main.once('web-contents-created', (event, contents) => {
    join(contents, ipcRenderer, main);
    for (const message of early) ipcRenderer.emit(...message);
  });
  await main.listen(pageSocket);
}

function join(contents, ipcRenderer, main) {
  contents.receivesHandlerErrors = true;
  const pass = body => (event, channel, ...rest) => {
    // The main process may be gone already, of which the page learns soon.
    try { body(event, channel, ...rest); } catch {}
  };
  contents.on('ipc-message', pass((event, channel, ...args) => ipcRenderer.send(channel, ...args)));
  contents.on('ipc-message-sync', pass((event, channel, ...args) => { event.returnValue = ipcRenderer.sendSync(channel, ...args); }));
  contents.on('ipc-message-host', pass((event, channel, args) => ipcRenderer.sendToHost(channel, ...args)));
  contents.ipc.emit = (channel, event, message) => {
    if (event.ports) pass(() => ipcRenderer.postMessage(channel, message, event.ports.map(portForMain)))();
  };
  contents.ipc._invokeHandlers = {
    has: () => true,
    get: channel => async (event, ...args) => {
      try {
        return await ipcRenderer.invoke(channel, ...args);
      } catch (error) {
        // The connection is over, as the page's will be.
        if (error.message === 'IPC method called after context was released') return new Promise(() => {});
        if (error.cause) throw error.cause;
        throw { toString: () => error.message.replace(`Error invoking remote method '${channel}': `, '') };
      }
    },
  };
  ipcRenderer.emit = (channel, event, ...args) => {
    if (contents.isDestroyed()) return;
    if (event.ports.length > 0) contents.postMessage(channel, args[0], event.ports.map(portForPage));
    else contents.send(channel, ...args);
  };
  contents.on('destroyed', () => ipcRenderer.release());
  ipcRenderer.closed.then(() => {
    contents.close();
    main.quit();
  });
}

/** A port of a page that carries on what a port of the main process does, and the other way round. */
function portForMain(port) {
  const { port1, port2 } = new MessageChannel();
  carry(port, port1);
  return port2;
}

function portForPage(port) {
  const { port1, port2 } = new MessageChannelMain();
  carry(port1, port);
  return port2;
}

function carry(portOfMain, portOfPage) {
  portOfMain.on('message', ({ data, ports }) => portOfPage.postMessage(data, ports.map(portForMain)));
  portOfMain.on('close', () => portOfPage.close());
  portOfPage.onmessage = ({ data, ports }) => portOfMain.postMessage(data, ports.map(portForPage));
  // If the connection is over, the page is gone before its port closes, also where many pages share this thread.
  portOfPage.onclose = () => setTimeout(() => portOfMain.close(), 100);
  portOfMain.start();
}
