// The helper of app.mjs: Node starts it, and calls its handlers over the channel between them.
import ElectronIPC
import ElectronIPCSockets
import StructuredClone

enum Channels {
  static let countPrimes = InvokeChannel("countPrimes", takes: Int.self, returns: Int.self)
  static let progress = SendChannel("progress", takes: Double.self)
}

let main = MainProcess()
try main.ipcMain.handle(Channels.countPrimes) { event, limit in
  guard (2...100_000_000).contains(limit) else {
    throw HandlerError(name: "RangeError", "\(limit) is out of range", code: "E_RANGE")
  }
  var isPrime = [Bool](repeating: true, count: limit)
  var count = 0
  for number in 2..<limit {
    if number % (limit / 4) == 0 {
      event.sender.send(Channels.progress, Double(number) / Double(limit))
    }
    guard isPrime[number] else { continue }
    count += 1
    for multiple in stride(from: number, to: limit, by: number) { isPrime[multiple] = false }
  }
  return count
}

let page = try NodeParent.openPage(of: main)
// The page is ours from end to end, and may see all of an error.
page.receivesHandlerErrors = true
await page.destroyed
