// Forks a program in Swift and checks that it sends back what it gets:
//
//     swift build --product example-forked-child
//     node Examples/ForkedChild/parent.mjs .build/debug/example-forked-child
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';

const messages = [
  1, 'text', null, true, { a: [1, , 3], m: new Map([[1, new Set(['x'])]]) }, new Date(5), [10n ** 30n], Buffer.from('bytes'), new Float64Array([0.5]),
  new RangeError('far'), { text: 'é'.repeat(100_000) }, new Uint8Array(5_000_000).fill(7),
];
const child = fork('child', { execPath: process.argv[2], serialization: 'advanced' });
let count = 0;
child.on('message', message => {
  if (!isDeepStrictEqual(message, { echo: messages[count] })) {
    console.log('message', count, 'differs:', message);
    process.exit(1);
  }
  count += 1;
  if (count === messages.length) child.send('quit');
});
for (const message of messages) child.send(message);

// Either may come first.
const [[status]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
console.log(count, 'of', messages.length, 'messages came back, exit status', status);
