import Synchronization
public import StructuredClone

/// A port of a page: the web's `MessagePort`, with the `close` event that Electron switches on (electron-ipc, section 6.3).
public final class MessagePort: Sendable {
  let state: PortState
  private let context: FrameContext
  private let listeners = PortListeners<MessagePort>()
  private let messageHandler = Mutex<(@Sendable (MessageEvent<MessagePort>) throws -> Void)?>(nil)

  init(_ end: PortEnd, of context: FrameContext) {
    self.context = context
    state = PortState(end, on: context.process.loop)
    context.add(self)
  }

  /// The function that is called for messages before the listeners. Setting one starts the port.
  public var onmessage: (@Sendable (MessageEvent<MessagePort>) throws -> Void)? {
    get { messageHandler.withLock { $0 } }
    set {
      setHandler(newValue)
      if newValue != nil { start() }
    }
  }

  /// Adds a listener, which does not start the port.
  ///
  /// `close` happens on a started port if the other one closed, was forgotten, or lost its process.
  ///
  /// - Returns: the listener, to remove it.
  @discardableResult
  public func addEventListener<Arguments>(
    _ event: PortEvent<MessagePort, Arguments>,
    _ body: @escaping @Sendable (Arguments) throws -> Void
  ) -> EventListener<Arguments> {
    let listener = EventListener(body)
    event.table(listeners).add(listener, to: event.name)
    return listener
  }

  /// Removes a listener.
  public func removeEventListener<Arguments>(
    _ event: PortEvent<MessagePort, Arguments>, _ listener: EventListener<Arguments>
  ) {
    event.table(listeners).remove(listener, from: event.name)
  }

  /// Lets messages through: those that waited first, later than this call. Calling it again does nothing.
  public func start() {
    state.start { [self] item in
      context.process.perform {
        switch item {
        case .message(let message):
          let event = MessageEvent(
            data: message.message.value(),
            ports: message.ports.map { MessagePort($0, of: context) })
          try onmessage?(event)
          try listeners.messages.emit(.message, event)
        case .closed:
          defer { letGo() }
          try listeners.closes.emit(.close, ())
        }
      }
    }
  }

  /// Sends a value, and ports with it, which are then the receiver's.
  ///
  /// Does nothing if the port is closed or was transferred, whatever the arguments are.
  ///
  /// - Throws: a `DataCloneError` with Chromium's text; then nothing is sent and every port is as it was.
  public func postMessage(
    _ message: CloneValue, transfer: [MessagePort] = []
  ) throws(IPCError) {
    guard let end = state.openEnd else { return }
    var seen: Set<ObjectIdentifier> = []
    for (index, port) in transfer.enumerated() {
      if port === self {
        throw MessagePort.refusal("Port at index \(index) contains the source port.")
      }
      if !seen.insert(ObjectIdentifier(port)).inserted {
        throw MessagePort.refusal(
          "Message port at index \(index) is a duplicate of an earlier port.")
      }
    }
    let content: MessageContent
    do {
      content = try MessageContent(message)
    } catch {
      throw MessagePort.refusal(message.reasonOfRefusal ?? error.message, error.diagnosis)
    }
    let ends: [PortEnd]
    do {
      ends = try PortState.take(transfer.map(\.state))
    } catch {
      throw MessagePort.refusal("Port at index \(error.index) is already neutered.")
    }
    end.post(TransferableMessage(content, ports: ends))
  }

  /// Ends the connection. Here nothing happens; a `close` event happens at the other port, after all that was posted.
  public func close() {
    _ = state.close()
    letGo()
  }

  private func letGo() {
    listeners.removeAll()
    setHandler(nil)
  }

  private func setHandler(_ handler: (@Sendable (MessageEvent<MessagePort>) throws -> Void)?) {
    messageHandler.replace(with: handler)
  }

  private static func refusal(_ reason: String, _ diagnosis: String? = nil) -> IPCError {
    IPCError(
      name: "DataCloneError",
      "Failed to execute 'postMessage' on 'MessagePort': \(reason)", diagnosis: diagnosis)
  }
}

extension CloneValue {
  /// What V8 says of a value that cannot be cloned, which Electron leaves out and Blink does not.
  fileprivate var reasonOfRefusal: String? {
    var serializer = ValueSerializer(profile: .chromium156, delegate: BlinkRefusals())
    do {
      try serializer.writeValue(self)
      return nil
    } catch {
      return error.message
    }
  }
}

/// Refuses host objects with V8's text.
private struct BlinkRefusals: ValueSerializerDelegate {}
