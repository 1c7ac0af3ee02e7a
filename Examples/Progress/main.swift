// A long piece of work tells how far it is, over a port of its own.
import ElectronIPC
import StructuredClone

enum Channels {
  static let download = PostMessageChannel("download", takes: String.self)
}

let main = MainProcess()
main.ipcMain.on(Channels.download) { event, url in
  guard let port = event.ports?.first else { return }
  for percent in stride(from: 0.0, through: 100, by: 25) {
    try port.postMessage(["url": .init(url), "percent": .number(percent)])
  }
  // The other side hears it after all that was posted.
  port.close()
}

let page = main.openPage()
let progress = MessageChannel(in: page.ipcRenderer)
let (percents, report) = AsyncStream<Double>.makeStream()
progress.port1.onmessage = { event in
  if let percent = event.data["percent"].number { report.yield(percent) }
}
progress.port1.addEventListener(.close) { report.finish() }

try page.ipcRenderer.postMessage(
  Channels.download, "https://example.com/file", transfer: [progress.port2])
for await percent in percents { print("\(Int(percent)) %") }
print("done")
main.quit()
