public import ElectronIPC

extension MainProcess {
  /// Opens a page whose document is at the other end of a connected stream socket, such as one of a pair whose other is a
  /// child's.
  ///
  /// - Parameter descriptor: is the connection's from now on. The page is destroyed when it ends.
  @discardableResult
  public func openPage(
    descriptor: Int32, limits: StreamLimits = .default
  ) -> WebContents {
    openPage(
      StreamFrameCodec(frameLength: limits.frameLength), descriptor: descriptor, limits: limits)
  }

  func openPage(
    _ codec: any StreamCodec, descriptor: Int32, limits: StreamLimits
  ) -> WebContents {
    let id = makeID()
    let page = PageBox()
    let connection = StreamConnection<MainBoundMessage, FrameBoundMessage>(
      codec, limits: limits, processID: id, loop: loop
    ) { [diagnostics] error in
      if let error { diagnostics.log("ElectronIPC: process \(id): \(error)") }
      page.destroy()
    }
    let contents = openPage(over: connection, processID: id)
    page.set(contents)
    ThreadDriver.start(descriptor, for: connection)
    return contents
  }
}
