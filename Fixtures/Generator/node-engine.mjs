// Runs inside each Node, one process for each task:
//
//     node-engine.mjs serialize EXPRESSION     what v8.serialize writes, and what becomes of that
//     node-engine.mjs deserialize BYTES        what v8.deserialize reads
//     node-engine.mjs send EXPRESSION          what a parent puts into a channel, recorded by a child that only copies it
//     node-engine.mjs child EXPRESSION         what a child puts into a channel, recorded by a parent that made the channel itself
//     node-engine.mjs receive FRAMES           what a child reads from a channel, and sends back
//
// The answer is JSON on standard output.
import { spawn } from 'node:child_process';
import v8 from 'node:v8';
import { types } from 'node:util';

const [action, text] = process.argv.slice(2);
const hex = bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
const evaluate = expression => new Function('Buffer', `return (${expression}\n)`)(Buffer);
const headline = error => `${error.name}: ${error.message}`;

/** The views in a value, each once and in the order of their keys: class and content. */
function views(value, found = [], seen = new Set()) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    const name = Buffer.isBuffer(value) ? 'Buffer' : types.isDataView(value) ? 'DataView' : value[Symbol.toStringTag];
    found.push(`${name} ${hex(value)}`);
    return found;
  }
  if (value instanceof Map) for (const [key, item] of value) views(key, found, seen), views(item, found, seen);
  else if (value instanceof Set) for (const item of value) views(item, found, seen);
  else if (value instanceof Error) views(value.cause, found, seen);
  else for (const key of Object.keys(value)) views(value[key], found, seen);
  return found;
}

function serialize(expression) {
  let value;
  try {
    value = evaluate(expression);
  } catch (error) {
    return { unsupported: headline(error) };
  }
  try {
    return { written: hex(v8.serialize(value)) };
  } catch (error) {
    return { refused: headline(error).split('\n')[0] };
  }
}

function deserialize(bytes) {
  let value;
  try {
    value = v8.deserialize(Buffer.from(bytes, 'hex'));
  } catch (error) {
    return { error: headline(error) };
  }
  try {
    return { views: views(value), rewritten: hex(v8.serialize(value)) };
  } catch (error) {
    return { views: views(value), rewriteRefused: headline(error) };
  }
}

const collected = stream => new Promise((resolve, reject) => {
  const chunks = [];
  stream.on('data', chunk => chunks.push(chunk)).on('error', reject).on('end', () => resolve(Buffer.concat(chunks).toString('hex')));
});

/** A real parent, and a child that copies what comes through the channel to its standard output. */
async function send(expression) {
  let value;
  try {
    value = evaluate(expression);
  } catch (error) {
    return { unsupported: headline(error) };
  }
  const child = spawn('sh', ['-c', 'exec cat <&$NODE_CHANNEL_FD'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], serialization: 'advanced' });
  const bytes = collected(child.stdout);
  try {
    child.send(value);
  } catch (error) {
    child.kill();
    return { refused: headline(error).split('\n')[0] };
  }
  child.disconnect();
  return { written: await bytes };
}

/** A real child, in a channel whose other end is a plain socket. */
function spawnChild(script) {
  const environment = { ...process.env, NODE_CHANNEL_FD: '3', NODE_CHANNEL_SERIALIZATION_MODE: 'advanced' };
  return spawn(process.execPath, ['--input-type=commonjs', '--eval', script], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env: environment });
}

async function child(expression) {
  const script = `
    let value;
    try { value = (${expression}\n); } catch { process.exit(0); }
    try { process.send(value, () => process.disconnect()); } catch { process.exit(0); }`;
  return { written: await collected(spawnChild(script).stdio[3]) };
}

async function receive(frames) {
  const process = spawnChild("process.on('message', value => process.send(value, () => process.disconnect()))");
  const bytes = collected(process.stdio[3]);
  process.stdio[3].write(Buffer.from(frames, 'hex'));
  return { written: await bytes };
}

const answer = await { serialize, deserialize, send, child, receive }[action](text);
console.log(JSON.stringify(answer));
