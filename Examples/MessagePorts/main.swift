// The second of Electron's two exchanges: two pages talk through a channel whose ports the main process handed out.
import ElectronIPC
import StructuredClone

enum Channels {
  static let port = PostMessageChannel("port", takes: String.self)
}

let main = MainProcess()

/// Opens a page that prints what arrives at the port it gets, and answers the first message.
func openPage(named name: String, heard: AsyncStream<String>.Continuation) -> Page {
  main.openPage { ipcRenderer in
    ipcRenderer.on(Channels.port) { event, other in
      guard let port = event.ports.first else { return }
      port.onmessage = { message in
        heard.yield("\(name) heard from \(other): \(message.data)")
        if message.data == "hello" { try port.postMessage("hello yourself") }
      }
    }
  }
}

let (lines, heard) = AsyncStream<String>.makeStream()
let first = openPage(named: "first", heard: heard)
let second = openPage(named: "second", heard: heard)

let channel = MessageChannelMain(in: main)
// What is posted before anybody listens waits in the port, and travels with it.
try channel.port1.postMessage("hello")
try first.webContents.postMessage(Channels.port, "second", transfer: [channel.port1])
try second.webContents.postMessage(Channels.port, "first", transfer: [channel.port2])

for await line in lines.prefix(2) { print(line) }
main.quit()
