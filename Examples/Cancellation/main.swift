// A page stops work that it asked for. A handler is not told when the caller no longer waits, neither in Electron nor here; a
// port that goes along with the request tells it.
import ElectronIPC
import StructuredClone

enum Channels {
  static let count = PostMessageChannel("count", takes: Int.self)
}

let main = MainProcess()
let (ends, end) = AsyncStream<String>.makeStream()
main.ipcMain.on(Channels.count) { event, limit in
  guard let port = event.ports?.first else { return }
  let work = Task {
    do {
      for number in 1...limit {
        try port.postMessage(.number(Double(number)))
        try await Task.sleep(for: .milliseconds(1))
      }
    } catch {
      end.yield("the main process has stopped: \(type(of: error))")
    }
  }
  port.on(.close) { work.cancel() }
  port.start()
}

let page = main.openPage()
let request = MessageChannel(in: page.ipcRenderer)
let (numbers, next) = AsyncStream<Double>.makeStream()
request.port1.onmessage = { event in next.yield(event.data.number ?? 0) }
try page.ipcRenderer.postMessage(Channels.count, 1_000_000, transfer: [request.port2])

for await number in numbers.prefix(3) { print(Int(number)) }
print("the page has enough")
request.port1.close()
for await line in ends.prefix(1) { print(line) }
main.quit()
