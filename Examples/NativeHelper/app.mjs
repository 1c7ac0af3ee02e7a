// A Node program that leaves work to a helper in Swift:
//
//     swift build --product example-native-helper
//     node Examples/NativeHelper/app.mjs .build/debug/example-native-helper
import { fork } from 'node:child_process';
import { connect } from '../../Node/electron-ipc.cjs';

const helper = fork('helper', { execPath: process.argv[2], serialization: 'advanced' });
const ipcRenderer = await connect(helper);

ipcRenderer.on('progress', (event, fraction) => console.log(`${fraction * 100} %`));
console.log('primes below 1,000,000:', await ipcRenderer.invoke('countPrimes', 1_000_000));

for (const limit of [0, 'many']) {
  try {
    await ipcRenderer.invoke('countPrimes', limit);
  } catch (error) {
    console.log(error.message);
    console.log(error.cause.name, error.cause.code);
  }
}

ipcRenderer.release();
helper.on('exit', status => console.log('the helper ends with', status));
