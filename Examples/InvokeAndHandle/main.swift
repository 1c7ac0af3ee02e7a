// The first of Electron's two exchanges: a page calls a handler of the main process.
import ElectronIPC
import StructuredClone

enum Channels {
  static let add = InvokeChannel("add", takes: Double.self, Double.self, returns: Double.self)
  static let divide = InvokeChannel("divide", takes: Int.self, Int.self, returns: Int.self)
}

let main = MainProcess(
  diagnostics: IPCDiagnostics(log: { print("main:", $0) }, uncaughtException: { print($0) }))
try main.ipcMain.handle(Channels.add) { event, left, right in left + right }
try main.ipcMain.handle(Channels.divide) { event, dividend, divisor in
  guard divisor != 0 else { throw IPCError(name: "RangeError", "Division by zero") }
  return dividend / divisor
}

let ipcRenderer = main.openPage().ipcRenderer
print("1 + 2.5 =", try await ipcRenderer.invoke(Channels.add, 1, 2.5))
print("7 / 2 =", try await ipcRenderer.invoke(Channels.divide, 7, 2))
do {
  _ = try await ipcRenderer.invoke(Channels.divide, 7, 0)
} catch {
  print(error)
}
// The same without types, as JavaScript does it; what does not fit is found on arrival.
do {
  print(try await ipcRenderer.invoke("divide", 7, 2.5))
} catch {
  print(error)
}
main.quit()
