// The main process of app.mjs: pages of other programs come and go, whether they close or crash.
import ElectronIPC
import ElectronIPCSockets
import Foundation
import StructuredClone

/// Writes a line at once, which `print` does not where nobody sees it.
@Sendable func say(_ line: String) {
  FileHandle.standardOutput.write(Data("main: \(line)\n".utf8))
}

let main = MainProcess(
  diagnostics: IPCDiagnostics(log: { _ in }, uncaughtException: { say("\($0)") }))
let (forgotten, keep) = AsyncStream<IPCMainInvokeEvent>.makeStream()
main.ipcMain.on("ping") { event, _ in event.reply?("pong") }
try main.ipcMain.handle("pages") { _, _ in .number(Double(main.allWebContents.count)) }
try main.ipcMain.handle("never") { event, _ in
  // Nobody takes the event out, so that the call stays pending.
  keep.yield(event)
  try await Task.sleep(for: .seconds(3600))
  return .undefined
}

let server = try await IPCSocketServer.listen(at: CommandLine.arguments[1], for: main)
say("listening")
for await event in forgotten {
  say("a page asks for what never comes")
  await event.sender.destroyed
  say("that page is gone, others stay: \(main.allWebContents.count)")
}
