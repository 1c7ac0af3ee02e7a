import Dispatch
import ElectronIPC
import StructuredClone
import Testing

/// Loops of one program that share a thread.
@Suite(.timeLimit(.minutes(5)))
struct LoopThreadTests {
  @Test func `a listener that blocks until the main process has acted gets its way`() async throws {
    let main = MainProcess()
    let acted = DispatchSemaphore(value: 0)
    main.ipcMain.on("act") { _, _ in acted.signal() }
    let page = main.openPage()
    let order = Recorder<String>()
    page.ipcRenderer.process.enqueue {
      try page.ipcRenderer.send("act")
      order.record("sent")
      // The main process's loop waits for this thread, and must get another one.
      acted.wait()
      order.record("acted")
    }
    #expect(try await order.first(2) == ["sent", "acted"])
  }

  @Test func `a page whose process lent its thread is not held up by a handler that blocks`()
    async throws
  {
    let main = MainProcess()
    let page = main.openPage()
    let heard = DispatchSemaphore(value: 0)
    page.ipcRenderer.on("ask") { event, _ in
      heard.signal()
      try event.sender.send("asked")
    }
    let asked = Recorder<Bool>()
    main.ipcMain.on("asked") { _, _ in asked.record(true) }
    try main.ipcMain.handle("block") { event, _ in
      event.sender.send("ask")
      heard.wait()
      return "unblocked"
    }
    let result = try await page.ipcRenderer.process.run { () async throws in
      try await page.ipcRenderer.invoke("block")
    }
    #expect(result == "unblocked")
    #expect(try await asked.first(1) == [true])
  }
}
