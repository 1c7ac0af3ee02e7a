// A child of a Node process that sends back whatever it receives: `child_process` with `serialization: 'advanced'`.
//
//     spawn('clone-channel', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
import Foundation
import NodeClone

/// Ends the process with a reason.
func fail(_ reason: String) -> Never {
  FileHandle.standardError.write(Data("clone-channel: \(reason)\n".utf8))
  exit(1)
}

guard let text = ProcessInfo.processInfo.environment["NODE_CHANNEL_FD"],
  let descriptor = Int32(text)
else { fail("NODE_CHANNEL_FD is not set: a Node process starts this program") }

let channel = FileHandle(fileDescriptor: descriptor)
let encoder = NodeChannelEncoder()
var decoder = NodeChannelDecoder()

do {
  while true {
    let chunk = channel.availableData
    if chunk.isEmpty { break }
    decoder.append(chunk)
    var frames = Data()
    while let message = try decoder.next() {
      frames.append(contentsOf: try encoder.encode(message))
    }
    try channel.write(contentsOf: frames)
  }
  try decoder.finish()
} catch {
  fail("\(error)")
}
