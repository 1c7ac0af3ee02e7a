public import StructuredClone

/// A port in the main process: Electron's `MessagePortMain` (electron-ipc, section 6.2).
///
/// ```swift
/// port.on(.message) { event in print(event.data) }
/// port.start()
/// ```
///
/// What arrives waits until the port is started; a listener does not start it.
public final class MessagePortMain: Sendable {
  let state: PortState
  private let process: MainProcess
  private let listeners = PortListeners<MessagePortMain>()

  init(_ end: PortEnd, in process: MainProcess) {
    self.process = process
    state = PortState(end, on: process.loop)
  }

  /// Adds a listener behind the others.
  ///
  /// - Returns: the listener, to remove it.
  @discardableResult
  public func on<Arguments>(
    _ event: PortEvent<MessagePortMain, Arguments>,
    _ body: @escaping @Sendable (Arguments) throws -> Void
  ) -> EventListener<Arguments> {
    let listener = EventListener(body)
    event.table(listeners).add(listener, to: event.name)
    return listener
  }

  /// Adds a listener that is removed just before it is called.
  ///
  /// - Returns: the listener, to remove it before.
  @discardableResult
  public func once<Arguments>(
    _ event: PortEvent<MessagePortMain, Arguments>,
    _ body: @escaping @Sendable (Arguments) throws -> Void
  ) -> EventListener<Arguments> {
    let listener = EventListener(body)
    event.table(listeners).add(listener, to: event.name, once: true)
    return listener
  }

  /// Removes a listener.
  public func off<Arguments>(
    _ event: PortEvent<MessagePortMain, Arguments>, _ listener: EventListener<Arguments>
  ) {
    event.table(listeners).remove(listener, from: event.name)
  }

  /// Lets messages through: those that waited first, later than this call. Calling it again does nothing.
  public func start() {
    state.start { [self] item in
      process.perform {
        switch item {
        case .message(let message):
          let event = MessageEvent(
            data: message.message.value(),
            ports: message.ports.map { MessagePortMain($0, in: process) })
          try listeners.messages.emit(.message, event)
        case .closed:
          defer { listeners.removeAll() }
          try listeners.closes.emit(.close, ())
        }
      }
    }
  }

  /// Sends a value, and ports with it, which are then the receiver's.
  ///
  /// Does nothing if the port is closed or was transferred, whatever the arguments are.
  ///
  /// - Throws: what cannot be cloned, or which entry of the list is no port to transfer; then nothing is sent and every
  ///   port is as it was.
  public func postMessage(
    _ message: CloneValue, transfer: [MessagePortMain] = []
  ) throws(IPCError) {
    guard let end = state.openEnd else { return }
    let content = try MessageContent(message)
    if let index = transfer.firstIndex(where: { $0 === self }) {
      throw IPCError("Port at index \(index) contains the source port.")
    }
    end.post(TransferableMessage(content, ports: try MessagePortMain.take(transfer)))
  }

  /// Sends an empty message, which arrives as `null`.
  public func postMessage() { state.openEnd?.post(TransferableMessage(.bytes([]))) }

  /// Ends the connection. A `close` event happens here before the call returns, and at the other port after all that was
  /// posted. Calling it again does nothing.
  ///
  /// On a port that was transferred the event happens and nothing else.
  public func close() {
    guard state.close() else { return }
    process.perform { try listeners.closes.emit(.close, ()) }
    listeners.removeAll()
  }

  /// Takes the ends of a transfer list.
  ///
  /// - Throws: which entry is repeated, or was transferred before.
  static func take(_ ports: [MessagePortMain]) throws(IPCError) -> [PortEnd] {
    var seen: Set<ObjectIdentifier> = []
    if let index = ports.firstIndex(where: { !seen.insert(ObjectIdentifier($0)).inserted }) {
      throw IPCError("Port at index \(index) is a duplicate.")
    }
    do {
      return try PortState.take(ports.map(\.state))
    } catch {
      throw IPCError("Port at index \(error.index) is already neutered.")
    }
  }
}
