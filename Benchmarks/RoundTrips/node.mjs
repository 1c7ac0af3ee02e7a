// Round trips of Node's own channels, for `ipc`: node.mjs child|worker SIZE DEPTH MILLISECONDS
//
// Prints a line of JSON with the time that all took and the nanoseconds of each. What is sent is a string, and it is sent
// back.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';

const module = fileURLToPath(import.meta.url);

function measure(channel, size, depth, milliseconds) {
  const message = 'x'.repeat(size);
  const started = [];
  const times = [];
  let start;
  let end;
  return new Promise((resolve) => {
    const send = () => {
      started.push(process.hrtime.bigint());
      channel.send(message);
    };
    let position = 0;
    channel.receive(() => {
      const now = process.hrtime.bigint();
      const began = started[position++];
      if (now < start) {
        send();
        return;
      }
      times.push(Number(now - began));
      if (now < end) send();
      else if (position === started.length) resolve({ nanoseconds: Number(now - start), times });
    });
    // The first fifth warms up and does not count.
    const begin = process.hrtime.bigint();
    start = begin + BigInt(milliseconds) * 200_000n;
    end = begin + BigInt(milliseconds) * 1_000_000n;
    for (let index = 0; index < depth; index++) send();
  });
}

if (process.send) {
  process.on('message', (message) => process.send(message));
} else if (!isMainThread) {
  parentPort.on('message', (message) => parentPort.postMessage(message));
} else {
  const [kind, size, depth, milliseconds] = process.argv.slice(2);
  let channel;
  let stop;
  if (kind === 'child') {
    const child = fork(module, [], { serialization: 'advanced' });
    channel = {
      send: (message) => child.send(message),
      receive: (listener) => child.on('message', listener),
    };
    stop = () => child.kill();
  } else {
    const worker = new Worker(module);
    channel = {
      send: (message) => worker.postMessage(message),
      receive: (listener) => worker.on('message', listener),
    };
    stop = () => worker.terminate();
  }
  const result = await measure(channel, Number(size), Number(depth), Number(milliseconds));
  console.log(JSON.stringify(result));
  stop();
}
