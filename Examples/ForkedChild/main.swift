// A child of a Node process, by messages of `process.send` alone:
//
//     const child = fork('child', { execPath: '.build/debug/example-forked-child', serialization: 'advanced' });
//     child.on('message', message => console.log(message));
//     child.send({ any: 'value' });
import ElectronIPCSockets
import StructuredClone

let process = try NodeProcess.open { process, message in
  if message == "quit" { return process.disconnect() }
  try process.send(["echo": message])
}
try await process.disconnected
