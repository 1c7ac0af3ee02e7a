// A Node process that exchanges messages with a child that sends back whatever it receives, and compares them:
//
//     node channel.mjs PROGRAM [SMALL [LARGE [SEED]]]
//
// SMALL messages of up to 4 KiB and LARGE ones of up to 8 MB, of all kinds of values, several under way at a time.
import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';

const [program, small = '10000', large = '10', seed = '1'] = process.argv.slice(2);

// MARK: Random values

let state = BigInt(seed);
/** SplitMix64. */
function random() {
  state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
  let bits = state;
  bits = BigInt.asUintN(64, (bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n);
  bits = BigInt.asUintN(64, (bits ^ (bits >> 27n)) * 0x94d049bb133111ebn);
  return Number((bits ^ (bits >> 31n)) >> 11n) / 2 ** 53;
}
const below = count => Math.floor(random() * count);
const pick = list => list[below(list.length)];
const times = (count, make) => Array.from({ length: count }, make);

const views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
const texts = ['', 'a', 'plain text', 'grüße', '日本語', '\u{1f600}', '\ud800', 'x'.repeat(100), 'é'.repeat(200)];
const bytes = count => Uint8Array.from({ length: count }, () => below(256));

function primitive() {
  switch (below(8)) {
    case 0: return below(2 ** 31) - 2 ** 30;
    case 1: return random() * 1e9;
    case 2: return pick([NaN, Infinity, -Infinity, -0, 2 ** 53, 1e300]);
    case 3: return pick([true, false, null, undefined]);
    case 4: return BigInt(below(2 ** 32)) ** BigInt(below(5)) * (below(2) ? 1n : -1n);
    default: return pick(texts);
  }
}

function value(depth) {
  if (depth <= 0) return primitive();
  const inner = () => value(depth - 1 - below(2));
  switch (below(12)) {
    case 0: return Object.fromEntries(times(below(6), (_, i) => [pick(['a', 'key', 'ключ', '7']) + i, inner()]));
    case 1: return times(below(6), inner);
    case 2: return new Map(times(below(4), (_, i) => [below(2) ? i : `k${i}`, inner()]));
    case 3: return new Set(times(below(4), (_, i) => `${i}${pick(texts)}`));
    case 4: return new Date(below(2 ** 40));
    case 5: return new RegExp(pick(['a', '^x+$', '[a-z]{2}', '\\d']), pick(['', 'g', 'iu', 'm']));
    case 6: return Buffer.from(bytes(below(64)));
    case 7: return new (pick(views))(times(below(16), () => below(256)));
    case 8: return bytes(below(64)).buffer;
    case 9: return Object.assign(new (pick([Error, TypeError, RangeError]))(pick(texts)), { stack: 's' });
    case 10: { const shared = { n: below(9) }; return [shared, inner(), shared]; }
    default: return primitive();
  }
}

/** A message that is one large thing, or very many small ones. */
function largeValue() {
  const size = below(8e6);
  switch (below(4)) {
    case 0: return Buffer.from(bytes(1024)).toString('latin1').repeat(size >> 10);
    case 1: return Buffer.alloc(size, bytes(1009));
    case 2: return { numbers: new Float64Array(size >> 3).fill(random()), n: 1 };
    default: return times(size >> 6, (_, i) => ({ i, text: 'some text', flag: i % 2 === 0 }));
  }
}

// MARK: The exchange

const child = spawn(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
const total = Number(small) + Number(large);
const stride = Math.max(1, Math.floor(total / Math.max(1, Number(large))));
const pending = [];
let sent = 0, sentLarge = 0, received = 0;
const began = performance.now();

function send() {
  while (sent < total && pending.length < 32) {
    const isLarge = sentLarge < Number(large) && sent % stride === 0;
    if (isLarge) sentLarge += 1;
    // `undefined` cannot be sent by itself.
    const message = isLarge ? largeValue() : [value(4)];
    pending.push(message);
    child.send(message);
    sent += 1;
  }
}

child.on('message', message => {
  const expected = pending.shift();
  if (!isDeepStrictEqual(message, expected)) {
    console.log(`message ${received} differs:`, expected, message);
    process.exit(1);
  }
  received += 1;
  if (received === total) child.disconnect();
  else send();
});
child.on('exit', code => {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${process.version}: ${received} of ${total} messages (${sentLarge} large) went there and back in ${seconds} s, exit status ${code}`);
  process.exit(received === total && code === 0 ? 0 : 1);
});
send();
