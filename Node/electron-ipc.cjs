// Electron's ipcRenderer and ipcMain over a Unix socket, or over the channel of a forked child, without Electron:
//
//     const { connect } = require('./electron-ipc.cjs');
//     const ipcRenderer = await connect('/tmp/app.sock');
//     console.log(await ipcRenderer.invoke('add', 1, 2));
//
//     const { MainProcess } = require('./electron-ipc.cjs');
//     const main = new MainProcess();
//     main.ipcMain.handle('add', (event, a, b) => a + b);
//     await main.listen('/tmp/app.sock');
//
// The other side may be Swift (ElectronIPCSockets) or this file. It needs nothing but Node 18 or later.
'use strict';

const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const v8 = require('node:v8');
const workers = require('node:worker_threads');

// MARK: Values

const envelope = Buffer.of(0xff, 0x13);
/** The first version of an envelope behind which a trailer record is announced, in so many bytes. */
const trailerVersion = 21;
const trailerLength = 13;
/** More than this many arguments cannot be meant, and no function could take very many. */
const mostArguments = 65535;

/** Electron's bytes of a value. Throws V8's error. */
function write(value) {
  const serializer = new v8.Serializer();
  serializer.writeRawBytes(envelope);
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

/** Electron's bytes of a value. Throws Electron's one text for whatever cannot be cloned. */
function serialize(value) {
  try {
    return write(value);
  } catch (cause) {
    throw new Error('An object could not be cloned.', { cause });
  }
}

/** The value of bytes, which may be anything: `null` if they are none, as in Electron. */
function deserialize(bytes) {
  try {
    const deserializer = new v8.Deserializer(bytes);
    deserializer.readRawBytes(envelopeLength(bytes));
    deserializer.readHeader();
    return deserializer.readValue();
  } catch {
    return null;
  }
}

function envelopeLength(bytes) {
  if (bytes[0] !== 0xff) throw new Error('no envelope');
  let version = 0, at = 1;
  for (let shift = 0; ; shift += 7, at += 1) {
    if (at >= bytes.length || shift > 28) throw new Error('no version');
    version += (bytes[at] & 0x7f) * 2 ** shift;
    if (bytes[at] < 0x80) break;
  }
  at += 1;
  return version < trailerVersion ? at : at + trailerLength;
}

/** The arguments of bytes: none if they are no array. */
function deserializeArguments(bytes) {
  const list = deserialize(bytes);
  return Array.isArray(list) && list.length <= mostArguments ? list : [];
}

// MARK: Frames

/** Kinds of frames; the tables of Documentation/ElectronIPC.md say what is in them. */
const kinds = {
  hello: 0x01,
  mainMessage: 0x10, invoke: 0x11, messageSync: 0x12, mainPostMessage: 0x13, messageHost: 0x14,
  frameMessage: 0x20, framePostMessage: 0x21, invokeReply: 0x22, syncReply: 0x23,
  portMessage: 0x30, portClose: 0x31,
};
const roles = { frame: 1, main: 2 };
const magic = 'EIPC';
const protocolVersion = 1;

/** What a connection takes from the other side, and keeps for it. */
const defaultLimits = {
  /** Bytes of one frame. */
  frameLength: 64 * 2 ** 20,
  /** Bytes that wait: to be read by the other side, or in ports that nobody started. */
  queuedBytes: 256 * 2 ** 20,
  /** Ports that are open over the connection. */
  ports: 10_000,
  /** Calls of the other side that have no reply yet. */
  pendingReplies: 100_000,
  /** Milliseconds until the other side must have said hello. */
  helloTimeout: 10_000,
};

/** Why a connection ended that should not have. */
class ConnectionError extends Error {
  name = 'ConnectionError';

  constructor(message, offset) {
    super(offset === undefined ? message : `offset ${offset}: ${message}`);
    /** Where in the stream of the other side, in bytes. */
    this.offset = offset;
  }
}

/** Reads the fields of one frame. */
class FieldReader {
  constructor(bytes, offset) {
    this.bytes = bytes;
    this.start = offset;
    this.at = 0;
  }

  get offset() { return this.start + this.at; }

  fail(message) { throw new ConnectionError(message, this.offset); }

  take(count, what) {
    if (count > this.bytes.length - this.at) this.fail(`the frame ends within its ${what}`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  u8(what) { return this.take(1, what)[0]; }
  u16(what) { return this.take(2, what).readUInt16LE(); }
  u32(what) { return this.take(4, what).readUInt32LE(); }

  id() {
    const id = this.take(8, 'id').readBigUInt64LE();
    if (id < 1n || id > BigInt(Number.MAX_SAFE_INTEGER)) this.fail('an id is from 1 to 2^53-1');
    return Number(id);
  }

  channel() {
    const head = this.u32('channel');
    const length = head & 0x7fffffff;
    const isTwoByte = length !== head;
    if (isTwoByte && length % 2 !== 0) this.fail('a channel of two-byte characters has an odd length');
    return this.take(length, 'channel').toString(isTwoByte ? 'utf16le' : 'latin1');
  }

  value() { return this.take(this.u32('value'), 'value'); }

  ports() {
    const count = this.u16('ports');
    return Array.from({ length: count }, () => this.u32('ports'));
  }

  end() {
    if (this.at !== this.bytes.length) this.fail('the frame is longer than its fields');
  }
}

const u8 = number => Buffer.of(number);
const u16 = number => { const bytes = Buffer.alloc(2); bytes.writeUInt16LE(number); return bytes; };
const u32 = number => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(number); return bytes; };
const u64 = number => { const bytes = Buffer.alloc(8); bytes.writeBigUInt64LE(BigInt(number)); return bytes; };

function channelField(channel) {
  const isTwoByte = /[^\0-\xff]/.test(channel);
  const bytes = Buffer.from(channel, isTwoByte ? 'utf16le' : 'latin1');
  return [u32((bytes.length | (isTwoByte ? 0x80000000 : 0)) >>> 0), bytes];
}

const valueField = bytes => [u32(bytes.length), bytes];
const portsField = numbers => [u16(numbers.length), ...numbers.map(u32)];

/** Cuts a stream of bytes into frames. */
class FrameSplitter {
  #chunks = [];
  #first = 0;
  #size = 0;
  #offset = 0;
  #length = null;

  constructor(limit) { this.limit = limit; }

  /** Takes bytes and calls back for each frame that is whole, with where it began in the stream. */
  push(chunk, callback) {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (;;) {
      if (this.#length === null) {
        if (this.#size < 4) return;
        const length = this.#take(4).readUInt32LE();
        if (length < 1 || length > this.limit) {
          throw new ConnectionError(
            `a frame has from 1 to ${this.limit} bytes, not ${length}; raise the limit frameLength on both sides`,
            this.#offset - 4);
        }
        this.#length = length;
      }
      if (this.#size < this.#length) return;
      const offset = this.#offset;
      const frame = this.#take(this.#length);
      this.#length = null;
      callback(frame, offset);
    }
  }

  /** Whether the stream may end here. */
  get isBetweenFrames() { return this.#size === 0 && this.#length === null; }
  get offset() { return this.#offset + this.#size; }

  #take(count) {
    let parts = [];
    for (let missing = count; missing > 0;) {
      const chunk = this.#chunks[this.#first];
      const part = chunk.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      if (part.length < chunk.length) this.#chunks[this.#first] = chunk.subarray(part.length);
      else this.#first += 1;
    }
    if (this.#first > 64 || this.#first === this.#chunks.length) {
      this.#chunks.splice(0, this.#first);
      this.#first = 0;
    }
    this.#size -= count;
    this.#offset += count;
    return parts.length === 1 ? parts[0] : Buffer.concat(parts, count);
  }
}

// MARK: Links

/** What carries frames: `send(parts)`, `end()`, `destroy()`, `queuedBytes`; calls `onframe(bytes, offset)` and `onend(error?)`. */
class StreamLink {
  onframe = () => {};
  onend = () => {};

  /** A stream is a `net.Socket` or a `SocketThread`. */
  constructor(stream, limits) {
    this.stream = stream;
    this.splitter = new FrameSplitter(limits.frameLength);
    stream.on('data', chunk => this.#receive(chunk));
    // The other side may close before it has read all.
    stream.on('error', error => this.onend(['ECONNRESET', 'EPIPE'].includes(error.code) ? undefined : error));
    stream.on('end', () => this.#receiveEnd());
    stream.on('close', () => this.onend());
  }

  get queuedBytes() { return this.stream.writableLength; }

  send(parts) {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    this.stream.write(Buffer.concat([u32(length), ...parts], 4 + length));
  }

  /** Closes once all is written, or it takes too long. */
  end() {
    this.stream.destroySoon();
    setTimeout(() => this.stream.destroy(), StreamLink.patience).unref();
  }

  destroy() { this.stream.destroy(); }

  static patience = 5000;

  /** Blocks until something arrives, and takes it; false if nothing has at a time of `performance.now()`. */
  waitForFrame(deadline) {
    if (!(this.stream instanceof SocketThread)) {
      throw new Error("sendSync blocks this thread, so that another one must have the connection: connect(path, { sync: true })");
    }
    return this.stream.wait(deadline);
  }

  #receive(chunk) {
    try {
      this.splitter.push(chunk, (frame, offset) => this.onframe(frame, offset));
    } catch (error) {
      this.onend(error);
    }
  }

  #receiveEnd() {
    if (this.splitter.isBetweenFrames) return this.onend();
    this.onend(new ConnectionError('the stream ends within a frame', this.splitter.offset));
  }
}

/** Carries frames over the channel between Node and a forked child, each in a message of its own. */
class ChannelLink {
  onframe = () => {};
  onend = () => {};
  queuedBytes = 0;
  #offset = 0;
  #isEnding = false;

  /** An end is a `ChildProcess`, or `process` in a child. */
  constructor(end, limits) {
    this.channel = end;
    this.limits = limits;
    this.receive = message => this.#receive(message);
    this.disconnected = () => this.onend();
    end.on('message', this.receive);
    end.on('disconnect', this.disconnected);
  }

  send(parts) {
    if (!this.channel.connected) return;
    const { buffer, byteOffset, length } = Buffer.concat(parts);
    // Not a Buffer, which is a class of its own on the channel.
    const bytes = new Uint8Array(buffer, byteOffset, length);
    this.queuedBytes += bytes.length;
    this.channel.send({ electronIPC: bytes }, error => {
      this.queuedBytes -= bytes.length;
      if (error) this.onend(error);
      if (this.#isEnding) this.end();
    });
  }

  /** Closes the channel once all is written. */
  end() {
    this.#isEnding = true;
    if (this.queuedBytes === 0) this.destroy();
  }

  destroy() {
    this.channel.off('message', this.receive);
    this.channel.off('disconnect', this.disconnected);
    if (this.channel.connected) this.channel.disconnect();
    this.onend();
  }

  waitForFrame() { throw new Error('sendSync cannot block for the channel of a forked child; use invoke, or a socket'); }

  #receive(message) {
    if (message === null || typeof message !== 'object' || !('electronIPC' in message)) return;
    const bytes = message.electronIPC;
    if (!ArrayBuffer.isView(bytes)) {
      return this.onend(new ConnectionError("frames are bytes: fork with serialization: 'advanced'", this.#offset));
    }
    if (bytes.byteLength < 1 || bytes.byteLength > this.limits.frameLength) {
      return this.onend(new ConnectionError(`a frame has from 1 to ${this.limits.frameLength} bytes, not ${bytes.byteLength}`, this.#offset));
    }
    const offset = this.#offset;
    this.#offset += bytes.byteLength;
    this.onframe(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset);
  }
}

/** A socket that another thread has, so that this one can block for what arrives. Looks like a `net.Socket` as far as it is needed. */
class SocketThread extends EventEmitter {
  writableLength = 0;
  #port;
  #worker;
  /** How many messages the thread has posted, and how many bytes of them are not taken yet. */
  #counts = new Int32Array(new SharedArrayBuffer(8));
  #isClosed = false;

  constructor(path) {
    super();
    const { port1, port2 } = new workers.MessageChannel();
    this.#port = port1;
    port1.on('message', message => this.#take(message));
    this.#worker = new workers.Worker(__filename, {
      workerData: { [SocketThread.key]: { path, port: port2, counts: this.#counts } }, transferList: [port2],
    });
    this.#worker.on('error', error => this.emit('error', error));
  }

  write(bytes) {
    if (this.#isClosed) return;
    this.writableLength += bytes.length;
    this.#port.postMessage(bytes);
  }

  destroySoon() {
    if (!this.#isClosed) this.#port.postMessage(null);
  }

  destroy() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#port.close();
    this.#worker.terminate();
    setImmediate(() => this.emit('close'));
  }

  /** Blocks until the thread has posted something, and takes it; false if it has not at a time of `performance.now()`. */
  wait(deadline) {
    for (;;) {
      const seen = Atomics.load(this.#counts, 0);
      const received = workers.receiveMessageOnPort(this.#port);
      if (received) {
        this.#take(received.message);
        return true;
      }
      const rest = deadline - performance.now();
      if (rest <= 0) return false;
      Atomics.wait(this.#counts, 0, seen, rest);
    }
  }

  #take(message) {
    if (message instanceof Uint8Array) {
      const waiting = Atomics.sub(this.#counts, 1, message.length);
      if (waiting > SocketThread.highWater && waiting - message.length <= SocketThread.highWater) this.#port.postMessage('resume');
      this.emit('data', Buffer.from(message.buffer, message.byteOffset, message.byteLength));
    } else if ('written' in message) {
      this.writableLength -= message.written;
    } else if ('connect' in message) {
      this.emit('connect');
    } else if (message.error) {
      this.emit('error', message.error);
      this.destroy();
    } else {
      this.emit('end');
      this.destroy();
    }
  }

  static key = 'swift-structured-clone.socket';
  static highWater = 4 * 2 ** 20;

  /** What the thread does: it moves bytes. */
  static run({ path, port, counts }) {
    const socket = net.connect(path);
    const post = (message, transfer) => {
      port.postMessage(message, transfer);
      Atomics.add(counts, 0, 1);
      Atomics.notify(counts, 0);
    };
    socket.on('connect', () => post({ connect: true }));
    socket.on('data', chunk => {
      const copy = new Uint8Array(chunk);
      if (Atomics.add(counts, 1, copy.length) + copy.length > SocketThread.highWater) socket.pause();
      post(copy, [copy.buffer]);
    });
    socket.on('error', error => post({ error }));
    socket.on('close', () => post({ end: true }));
    port.on('message', message => {
      if (message === null) return socket.destroySoon();
      if (message === 'resume') return socket.resume();
      socket.write(message, () => post({ written: message.length }));
    });
  }
}

// MARK: Ports

/** First in, first out, in constant time on average. */
class Queue {
  #items = [];
  #first = 0;

  get length() { return this.#items.length - this.#first; }
  push(item) { this.#items.push(item); }

  shift() {
    const item = this.#items[this.#first];
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first > 32 && this.#first * 2 > this.#items.length) {
      this.#items.splice(0, this.#first);
      this.#first = 0;
    }
    return item;
  }
}

/**
 * One end of the connection between two ports, which goes where its port goes. What was posted at the other end waits here until the
 * owner takes it, so that whatever was not taken goes along.
 */
class PortEnd {
  #peer;
  #waiting = new Queue();
  #life = 'open';
  /** Whom to tell that there may be something to take. */
  #wake = null;

  static pair() {
    const ends = [new PortEnd(), new PortEnd()];
    ends[0].#peer = ends[1];
    ends[1].#peer = ends[0];
    return ends;
  }

  /**
   * Sends a message, `{ bytes, ends, sender }`. One that holds the other end of this connection is lost, and the connection with it, of
   * which nobody is told. The sender is the connection that the message came by, which counts what waits.
   */
  post(message) {
    if (message.ends.includes(this.#peer)) this.#life = this.#peer.#life = 'abandoned';
    if (this.#life !== 'open') return PortEnd.closeAll(message.ends);
    message.sender?.addWaiting(message.bytes.length);
    this.#peer.#waiting.push(message);
    this.#peer.#wake?.();
  }

  /** The next message, `null` once the connection is at its end, or `undefined`. */
  next() {
    if (this.#waiting.length > 0) {
      const message = this.#waiting.shift();
      message.sender?.addWaiting(-message.bytes.length);
      return message;
    }
    return this.#life === 'closed' ? null : undefined;
  }

  setWake(wake) {
    this.#wake = wake;
    wake?.();
  }

  /** Ends the connection. What waits at the other end can still be taken there. */
  close() { PortEnd.closeAll([this]); }

  /** Ends connections, and those of the ends in messages that wait, which nobody gets. */
  static closeAll(ends) {
    const left = [...ends];
    for (let end = left.pop(); end; end = left.pop()) {
      while (end.#waiting.length > 0) left.push(...end.next().ends);
      if (end.#life !== 'open') continue;
      end.#life = end.#peer.#life = 'closed';
      end.#peer.#wake?.();
    }
  }
}

/** Closes the ends of ports that were never started and are forgotten. */
const forgottenPorts = new FinalizationRegistry(end => end.close());

/** What both kinds of ports have: queueing, flowing, then closed; or neutered, when the end went elsewhere. */
class PortState {
  #end;
  #isFlowing = false;
  #isScheduled = false;
  didReportClose = false;

  constructor(end, port) {
    this.#end = end;
    forgottenPorts.register(port, end, this);
  }

  get isOpen() { return this.#end !== null && !this.didReportClose; }
  get isNeutered() { return this.#end === null; }

  post(message) { this.#end.post(message); }

  /** Lets messages through, each in a task of its own: `deliver(message)`, and `deliver(null)` as the last. */
  start(deliver) {
    if (this.#isFlowing || !this.isOpen) return;
    this.#isFlowing = true;
    forgottenPorts.unregister(this);
    this.#end.setWake(() => this.#schedule(deliver));
  }

  #schedule(deliver) {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      const message = this.isOpen ? this.#end.next() : undefined;
      if (message === undefined) return;
      // More may follow, whatever a listener throws.
      if (message) this.#schedule(deliver);
      else this.didReportClose = true;
      deliver(message);
    });
  }

  /** Takes the end; the object is dead. */
  take() {
    const end = this.#end;
    this.#end = null;
    forgottenPorts.unregister(this);
    end.setWake(null);
    return end;
  }

  /** Ends the connection, if it is this object's. Whether no close was reported so far. */
  close() {
    const isFirst = !this.didReportClose;
    this.didReportClose = true;
    this.#end?.close();
    return isFirst;
  }
}

/** The states of ports, by port, so that they cannot be reached from outside. */
const portStates = new WeakMap();
const stateOf = port => (port !== null && typeof port === 'object' ? portStates.get(port) : undefined);

/** Takes the ends of ports, all or none: `refuse(index, what)` makes the error. */
function takeEnds(ports, refuse) {
  const states = ports.map(stateOf);
  const repeated = states.findIndex((state, index) => states.indexOf(state) !== index);
  if (repeated >= 0) throw refuse(repeated, 'is a duplicate.');
  const neutered = states.findIndex(state => state.isNeutered);
  if (neutered >= 0) throw refuse(neutered, 'is already neutered.');
  return states.map(state => state.take());
}

/** What Electron has natively and refuses to clone: V8 refuses whatever has a function. */
class PlatformObject extends EventEmitter {
  constructor() {
    super();
    Object.defineProperty(this, 'platformObject', { enumerable: true, value() {} });
  }
}

/** A port in the main process. What arrives waits until it is started. */
class MessagePortMain extends PlatformObject {
  constructor(end) {
    super();
    portStates.set(this, new PortState(end, this));
  }

  start() {
    stateOf(this).start(message => {
      if (message === null) return this.emit('close');
      const ports = message.ends.map(end => new MessagePortMain(end));
      this.emit('message', { data: deserialize(message.bytes), ports });
    });
  }

  postMessage(...args) {
    const state = stateOf(this);
    if (!state.isOpen) return;
    const bytes = args.length > 0 ? serialize(args[0]) : Buffer.alloc(0);
    const ports = args.length > 1 ? args[1] : [];
    if (!Array.isArray(ports)) throw new TypeError('transferables must be an array of MessagePorts');
    ports.forEach((port, index) => {
      if (!(port instanceof MessagePortMain)) throw new TypeError(`Port at index ${index} is not a valid port`);
      if (port === this) throw new Error(`Port at index ${index} contains the source port.`);
    });
    state.post({ bytes, ends: takeEnds(ports, (index, what) => new Error(`Port at index ${index} ${what}`)) });
  }

  close() {
    if (stateOf(this).close()) this.emit('close');
  }
}

class MessageChannelMain {
  constructor() {
    [this.port1, this.port2] = PortEnd.pair().map(end => new MessagePortMain(end));
  }
}

/** A port of a page, as the web has it, with Electron's event `close`. */
class MessagePort extends EventTarget {
  #handlers = {};

  constructor(end) {
    super();
    Object.defineProperty(this, 'platformObject', { enumerable: true, value() {} });
    portStates.set(this, new PortState(end, this));
  }

  get onmessage() { return this.#handlers.message ?? null; }
  set onmessage(handler) {
    this.#setHandler('message', handler);
    if (handler) this.start();
  }

  get onclose() { return this.#handlers.close ?? null; }
  set onclose(handler) { this.#setHandler('close', handler); }

  #setHandler(type, handler) {
    if (this.#handlers[type]) this.removeEventListener(type, this.#handlers[type]);
    this.#handlers[type] = typeof handler === 'function' ? handler : null;
    if (this.#handlers[type]) this.addEventListener(type, handler);
  }

  start() {
    stateOf(this).start(message => {
      if (message === null) return this.dispatchEvent(new Event('close'));
      const event = new Event('message');
      const ports = message.ends.map(end => new MessagePort(end));
      Object.defineProperties(event, { data: { value: deserialize(message.bytes) }, ports: { value: ports } });
      this.dispatchEvent(event);
    });
  }

  postMessage(message, options = []) {
    const state = stateOf(this);
    if (!state.isOpen) return;
    const ports = Array.isArray(options) ? options : options?.transfer ?? [];
    const prefix = "Failed to execute 'postMessage' on 'MessagePort': ";
    const refusal = reason => new DOMException(prefix + reason, 'DataCloneError');
    ports.forEach((port, index) => {
      if (!(port instanceof MessagePort)) throw new TypeError(`${prefix}Value at index ${index} does not have a transferable type.`);
      if (port === this) throw refusal(`Port at index ${index} contains the source port.`);
      if (ports.indexOf(port) !== index) throw refusal(`Message port at index ${index} is a duplicate of an earlier port.`);
    });
    let bytes;
    try {
      bytes = write(message);
    } catch (error) {
      throw refusal(error.message);
    }
    state.post({ bytes, ends: takeEnds(ports, (index, what) => refusal(`Port at index ${index} ${what}`)) });
  }

  close() { stateOf(this).close(); }
}

class MessageChannel {
  constructor() {
    [this.port1, this.port2] = PortEnd.pair().map(end => new MessagePort(end));
  }
}

// MARK: Connections

/** Runs what arrived in a task of its own: promises are done with before the next one. */
const runTask = body => setImmediate(body);

/** One side of a connection between a frame and the main process. */
class Connection {
  #link;
  #role;
  #limits;
  #hasHello = false;
  #isOver = false;
  #ports = new Map();
  #lastOwnPort;
  #lastOtherPort;
  #waitingBytes = 0;
  #timer;

  /**
   * The receiver has `receive(kind, fields)` and `end(error?)`, each called once for what it names; `end` as the last.
   */
  constructor(link, role, limits, receiver, processId = 0) {
    this.#link = link;
    this.#role = role;
    this.#limits = limits;
    this.receiver = receiver;
    // Odd numbers are the frame's.
    this.#lastOwnPort = role === roles.frame ? -1 : 0;
    this.#lastOtherPort = role === roles.frame ? 0 : -1;
    link.onframe = (bytes, offset) => this.#receive(bytes, offset);
    link.onend = error => this.#finish(error);
    this.#timer = setTimeout(() => this.fail(new ConnectionError('the other side does not say hello')), limits.helloTimeout);
    // The last field names a loop of Swift's.
    this.send(kinds.hello, Buffer.from(magic), u16(protocolVersion), u8(role), u32(processId), u64(0));
  }

  get isOver() { return this.#isOver; }

  /** Sends a frame, or drops it if the connection is over. */
  send(kind, ...parts) {
    if (this.#isOver) return;
    const all = [u8(kind), ...parts];
    const length = all.reduce((sum, part) => sum + part.length, 0);
    if (length > this.#limits.frameLength) {
      return this.fail(new ConnectionError(`a frame of ${length} bytes is longer than the limit frameLength of ${this.#limits.frameLength}`));
    }
    this.#link.send(all);
    if (this.#link.queuedBytes > this.#limits.queuedBytes) {
      this.fail(new ConnectionError(`the other side does not read: more than the limit queuedBytes of ${this.#limits.queuedBytes} waits`));
    }
  }

  /** Closes the connection; what was sent still arrives at the other side. */
  close() {
    if (this.#isOver) return;
    this.#link.end();
    this.#finish();
  }

  /** Ends the connection at once. */
  fail(error) {
    if (this.#isOver) return;
    this.#finish(error);
  }

  /** Blocks until something arrives; false if nothing has at a time of `performance.now()`. */
  wait(deadline) { return this.#link.waitForFrame(deadline); }

  #finish(error) {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (error) this.#link.destroy();
    for (const end of this.#ports.values()) end.close();
    this.#ports.clear();
    this.receiver.end(error);
  }

  // MARK: Ports

  addWaiting(count) {
    this.#waitingBytes += count;
    if (this.#waitingBytes > this.#limits.queuedBytes) {
      this.fail(new ConnectionError(`nobody takes what arrived at ports: more than the limit queuedBytes of ${this.#limits.queuedBytes} waits`));
    }
  }

  /** The numbers of ends that go to the other side with the next frame; call `attach` once that is sent. */
  number(ends) {
    return ends.map(end => {
      this.#lastOwnPort += 2;
      return { end, number: this.#lastOwnPort };
    });
  }

  /** Lets ends flow that were sent: what waits in them first. */
  attach(numbered) {
    for (const { end, number } of numbered) {
      if (this.#isOver) end.close();
      else this.#attach(end, number);
    }
  }

  #attach(end, number) {
    this.#ports.set(number, end);
    end.setWake(() => this.#forward(end, number));
  }

  #forward(end, number) {
    while (this.#ports.get(number) === end) {
      const message = end.next();
      if (message === undefined) return;
      if (message === null) {
        this.#ports.delete(number);
        this.send(kinds.portClose, u32(number));
      } else {
        const numbered = this.number(message.ends);
        this.send(kinds.portMessage, u32(number), ...valueField(message.bytes), ...portsField(numbered.map(port => port.number)));
        this.attach(numbered);
      }
    }
  }

  /** The ends of ports that came by their numbers. */
  #receivePorts(fields) {
    return fields.ports().map(number => {
      if (this.#isOwnPort(number) || number <= this.#lastOtherPort) fields.fail(`${number} is no new port of the other side`);
      if (this.#ports.size >= this.#limits.ports) fields.fail(`more ports than the limit ports of ${this.#limits.ports}`);
      this.#lastOtherPort = number;
      const [local, remote] = PortEnd.pair();
      this.#attach(remote, number);
      return local;
    });
  }

  /** The end of a port that was sent either way, or `undefined` if it is closed. */
  #port(fields) {
    const number = fields.u32('port number');
    const last = this.#isOwnPort(number) ? this.#lastOwnPort : this.#lastOtherPort;
    if (number === 0 || number > last) fields.fail(`there is no port ${number}`);
    return { number, end: this.#ports.get(number) };
  }

  #isOwnPort(number) { return (number % 2 === 1) === (this.#role === roles.frame); }

  // MARK: Receiving

  #receive(bytes, offset) {
    if (this.#isOver) return;
    try {
      this.#dispatch(new FieldReader(bytes, offset));
    } catch (error) {
      this.fail(error);
    }
  }

  #dispatch(fields) {
    const kind = fields.u8('kind');
    if (!this.#hasHello) return this.#receiveHello(kind, fields);
    const isMain = this.#role === roles.main;
    switch (kind) {
      case kinds.mainMessage: case kinds.messageHost: case kinds.frameMessage: {
        if (isMain === (kind === kinds.frameMessage)) break;
        const message = { channel: fields.channel(), bytes: fields.value() };
        fields.end();
        return this.receiver.receive(kind, message);
      }
      case kinds.invoke: case kinds.messageSync: {
        if (!isMain) break;
        const message = { id: fields.id(), channel: fields.channel(), bytes: fields.value() };
        fields.end();
        if (this.receiver.pending.has(message.id)) fields.fail(`the id ${message.id} waits for a reply already`);
        if (this.receiver.pending.size >= this.#limits.pendingReplies) fields.fail(`more calls than the limit pendingReplies of ${this.#limits.pendingReplies}`);
        return this.receiver.receive(kind, message);
      }
      case kinds.mainPostMessage: case kinds.framePostMessage: {
        if (isMain !== (kind === kinds.mainPostMessage)) break;
        const message = { channel: fields.channel(), bytes: fields.value(), ends: this.#receivePorts(fields) };
        fields.end();
        return this.receiver.receive(kind, message);
      }
      case kinds.invokeReply: case kinds.syncReply: {
        if (isMain) break;
        const message = { id: fields.id(), bytes: fields.value() };
        fields.end();
        if (message.id > this.receiver.lastID) fields.fail(`a reply to ${message.id}, which was not asked`);
        return this.receiver.receive(kind, message);
      }
      case kinds.portMessage: {
        const { end } = this.#port(fields);
        const message = { bytes: fields.value(), ends: this.#receivePorts(fields), sender: this };
        fields.end();
        if (end) end.post(message);
        else PortEnd.closeAll(message.ends);
        return;
      }
      case kinds.portClose: {
        const { number, end } = this.#port(fields);
        fields.end();
        this.#ports.delete(number);
        end?.close();
        return;
      }
    }
    fields.at = 0;
    fields.fail(`a frame of kind 0x${kind.toString(16).padStart(2, '0')} is not for this side`);
  }

  #receiveHello(kind, fields) {
    const other = this.#role === roles.main ? roles.frame : roles.main;
    if (kind !== kinds.hello || fields.take(4, 'greeting').toString('latin1') !== magic) {
      fields.at = 0;
      fields.fail('the other side does not speak this protocol: no hello');
    }
    const version = fields.u16('version');
    if (version !== protocolVersion) fields.fail(`protocol version ${version}, and not ${protocolVersion}`);
    const role = fields.u8('role');
    if (role !== other) fields.fail(`the other side is ${role === this.#role ? 'of the same role' : `of an unknown role ${role}`}`);
    const processId = fields.u32('process id');
    fields.take(8, 'loop');
    fields.end();
    this.#hasHello = true;
    clearTimeout(this.#timer);
    this.receiver.receive(kinds.hello, { processId });
  }
}

// MARK: The page's side

/** Electron's text about a channel that is no string. */
function checkChannel(channel, index) {
  if (typeof channel === 'string') return;
  const text = channel === undefined || channel === null ? String(channel) : '';
  throw new TypeError(`Error processing argument at index ${index}, conversion failure from ${text}`);
}

const contextReleased = () => new Error('IPC method called after context was released');

/** Makes what a handler threw of the plain object beside the text of a reply. */
function restoreError(thrown) {
  if (thrown === null || typeof thrown !== 'object' || typeof thrown.name !== 'string' || typeof thrown.message !== 'string') return undefined;
  const classes = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const error = new (Object.hasOwn(classes, thrown.name) ? classes[thrown.name] : Error)(thrown.message);
  // The stack of here says nothing.
  delete error.stack;
  for (const key of ['name', 'stack', 'code', 'cause']) {
    if (!Object.hasOwn(thrown, key) || (key === 'name' && error.name === thrown.name)) continue;
    Object.defineProperty(error, key, { value: thrown[key], configurable: true, writable: true });
  }
  return error;
}

class IpcRenderer extends PlatformObject {
  #connection;
  #pending = new Map();
  #lastID = 0;
  #isReleased = false;
  #settleClosed;
  #syncTimeout;

  /** @private */
  constructor(makeConnection, opened, syncTimeout) {
    super();
    this.#syncTimeout = syncTimeout;
    // Not named by anything that a message could name.
    Object.defineProperty(this, 'closed', { value: new Promise(resolve => { this.#settleClosed = resolve; }) });
    const renderer = this;
    this.#connection = makeConnection({
      get lastID() { return renderer.#lastID; },
      receive: (kind, message) => (kind === kinds.hello ? opened() : this.#receive(kind, message)),
      end: error => this.#end(error),
    });
  }

  send(channel, ...args) { this.#send(kinds.mainMessage, 1, channel, args); }
  sendToHost(channel, ...args) { this.#send(kinds.messageHost, 0, channel, args); }

  async invoke(channel, ...args) {
    const reply = await new Promise((resolve, reject) => {
      this.#request(kinds.invoke, channel, args, { resolve, lose: () => reject(contextReleased()) });
    });
    if (typeof reply?.error !== 'string') return reply?.result;
    const cause = restoreError(reply.thrown);
    throw new Error(`Error invoking remote method '${channel}': ${reply.error}`, cause && { cause });
  }

  /** Blocks the thread until a listener has set `returnValue`, or for `syncTimeout`. Needs `connect(path, { sync: true })`. */
  sendSync(channel, ...args) {
    let result, isSettled = false;
    const settle = value => { result = value; isSettled = true; };
    const deadline = performance.now() + this.#syncTimeout;
    const id = this.#request(kinds.messageSync, channel, args, { resolve: settle, lose: () => settle(null), isSync: true });
    while (!isSettled) {
      if (this.#connection.wait(deadline)) continue;
      // A reply that comes later is nobody's.
      this.#pending.delete(id);
      throw new DOMException('The operation timed out.', 'TimeoutError');
    }
    return result;
  }

  postMessage(channel, message, transfer = []) {
    checkChannel(channel, 0);
    this.#checkLife();
    const bytes = serialize(message);
    const refusal = () => new TypeError('Invalid value for transfer');
    if (!Array.isArray(transfer) || !transfer.every(port => port instanceof MessagePort)) throw refusal();
    const numbered = this.#connection.number(takeEnds(transfer, refusal));
    this.#connection.send(kinds.mainPostMessage, ...channelField(channel), ...valueField(bytes), ...portsField(numbered.map(port => port.number)));
    this.#connection.attach(numbered);
  }

  /** Ends the connection, as closing a page does: nothing can be sent any more, nothing arrives, and what is pending fails. */
  release() {
    this.#isReleased = true;
    this.#connection.close();
  }

  #checkLife() {
    if (this.#isReleased) throw contextReleased();
  }

  #send(kind, index, channel, args) {
    checkChannel(channel, index);
    this.#checkLife();
    this.#connection.send(kind, ...channelField(channel), ...valueField(serialize(args)));
  }

  #request(kind, channel, args, pending) {
    checkChannel(channel, 1);
    this.#checkLife();
    const bytes = serialize(args);
    if (this.#connection.isOver) return pending.lose();
    this.#lastID += 1;
    this.#pending.set(this.#lastID, pending);
    this.#connection.send(kind, u64(this.#lastID), ...channelField(channel), ...valueField(bytes));
    return this.#lastID;
  }

  #settle({ id, bytes }) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.resolve(deserialize(bytes));
  }

  #receive(kind, message) {
    // The one thing that does not wait for its turn: the thread is blocked until it comes.
    if (kind === kinds.syncReply) return this.#settle(message);
    runTask(() => {
      if (this.#isReleased) return;
      if (kind === kinds.invokeReply) return this.#settle(message);
      const ports = (message.ends ?? []).map(end => new MessagePort(end));
      const args = kind === kinds.frameMessage ? deserializeArguments(message.bytes) : [deserialize(message.bytes)];
      // No name is special, as the other side chooses it: Node would throw this one.
      if (message.channel === 'error' && this.listenerCount('error') === 0) return;
      this.emit(message.channel, { sender: this, ports }, ...args);
    });
  }

  #end(error) {
    // Behind what has arrived already, but for a thread that is blocked, which waits for nothing any more.
    const lose = (pending, id) => {
      this.#pending.delete(id);
      pending.lose();
    };
    for (const [id, pending] of this.#pending) if (pending.isSync) lose(pending, id);
    runTask(() => {
      this.#isReleased = true;
      for (const [id, pending] of this.#pending) lose(pending, id);
      this.#settleClosed(error);
    });
  }
}

/**
 * Connects a page with a main process: `ipcRenderer`, once the other side has said hello.
 *
 * @param target the path of a Unix socket, or a forked child (or `process` in one)
 * @param options `sync: true` lets `sendSync` block, for which the socket gets a thread of its own, and `syncTimeout` says for how
 * many milliseconds at most; `limits`
 */
function connect(target, { sync = false, syncTimeout = Infinity, limits } = {}) {
  return new Promise((resolve, reject) => {
    limits = { ...defaultLimits, ...limits };
    const link = typeof target !== 'string'
      ? new ChannelLink(target, limits)
      : new StreamLink(sync ? new SocketThread(target) : net.connect(target), limits);
    const renderer = new IpcRenderer(receiver => new Connection(link, roles.frame, limits, receiver), () => resolve(renderer), syncTimeout);
    renderer.closed.then(error => reject(error ?? new ConnectionError('the other side closed the connection')));
  });
}

// MARK: The main process's side

class IpcMain extends PlatformObject {
  _invokeHandlers = new Map();

  constructor() {
    super();
    // A page must not end the process by a name.
    this.on('error', () => {});
  }

  handle(channel, handler) {
    if (this._invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this._invokeHandlers.set(channel, handler);
  }

  handleOnce(channel, handler) {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel) { this._invokeHandlers.delete(channel); }
}

/** Sends that a reply was never sent, when an event is collected. */
const forgottenEvents = new FinalizationRegistry(slot => slot.reply({ error: 'reply was never sent' }));

/** The place for the one reply to an `invoke` or a `sendSync`. */
class ReplySlot {
  #document;
  #kind;
  #id;

  constructor(document, kind, id) {
    this.#document = document;
    this.#kind = kind;
    this.#id = id;
    document.pending.add(id);
  }

  /** Replies, unless that was done. Throws if the value cannot be cloned; the slot can still be used then. */
  reply(value) {
    if (!this.#document) return;
    const bytes = serialize(value);
    this.#document.pending.delete(this.#id);
    this.#document.connection.send(this.#kind, u64(this.#id), ...valueField(bytes));
    this.#document = null;
  }
}

/** The text of whatever was thrown. */
function textOf(error) {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

/** A document in a frame: the other end of one connection. */
class FrameDocument {
  /** The ids of calls that have no reply yet. */
  pending = new Set();

  constructor(process, contents, link, limits) {
    this.process = process;
    this.contents = contents;
    this.processId = process.makeID();
    this.frameId = process.makeID();
    this.opened = false;
    this.connection = new Connection(link, roles.main, limits, this, this.processId);
  }

  receive(kind, message) {
    if (kind === kinds.hello) return this.process.open(this.contents);
    const { contents } = this;
    if (kind === kinds.invoke) {
      const slot = new ReplySlot(this, kinds.invokeReply, message.id);
      return runTask(() => this.#answer(slot, message));
    }
    if (kind === kinds.messageSync) {
      const slot = new ReplySlot(this, kinds.syncReply, message.id);
      return runTask(() => this.#answerSync(slot, message));
    }
    runTask(() => {
      if (contents.isDestroyed()) return;
      if (kind === kinds.mainPostMessage) {
        const ports = message.ends.map(end => new MessagePortMain(end));
        const event = this.#event({ ports });
        for (const tier of this.#tiers()) tier.emit(message.channel, event, deserialize(message.bytes));
      } else if (kind === kinds.messageHost) {
        contents.emit('ipc-message-host', this.#event(), message.channel, deserializeArguments(message.bytes));
      } else {
        this.#emit('ipc-message', this.#event({ reply: this.#reply }), message);
      }
    });
  }

  end(error) {
    runTask(() => this.contents.lose(error));
  }

  #reply = (channel, ...args) => this.contents.mainFrame.send(channel, ...args);

  #tiers() { return [this.contents.mainFrame.ipc, this.contents.ipc, this.process.ipcMain]; }

  #event(fields) {
    const { contents, processId, frameId } = this;
    let defaultPrevented = false;
    return Object.defineProperties({
      type: 'frame', sender: contents, processId, frameId, frameTreeNodeId: contents.mainFrame.frameTreeNodeId,
      preventDefault: () => { defaultPrevented = true; },
      ...fields,
    }, {
      senderFrame: { enumerable: true, get: () => (contents.isDestroyed() ? null : contents.mainFrame) },
      defaultPrevented: { enumerable: true, get: () => defaultPrevented },
    });
  }

  #emit(announcement, event, { channel, bytes }) {
    const args = deserializeArguments(bytes);
    this.contents.emit(announcement, event, channel, ...args);
    for (const tier of this.#tiers()) tier.emit(channel, event, ...args);
  }

  #answerSync(slot, message) {
    if (this.contents.isDestroyed()) return slot.reply({ error: 'WebContents was destroyed' });
    const event = this.#event({ reply: this.#reply });
    Object.defineProperty(event, 'returnValue', { enumerable: false, get: () => undefined, set: value => slot.reply(value) });
    forgottenEvents.register(event, slot);
    if ([this.contents, ...this.#tiers()].every((emitter, index) => emitter.listenerCount(index === 0 ? 'ipc-message-sync' : message.channel) === 0)) {
      console.error(`WebContents #${this.contents.id} called ipcRenderer.sendSync() with '${message.channel}' channel without listeners.`);
    }
    this.#emit('ipc-message-sync', event, message);
  }

  async #answer(slot, { channel, bytes }) {
    if (this.contents.isDestroyed()) return slot.reply({ error: 'WebContents was destroyed' });
    const event = this.#event();
    forgottenEvents.register(event, slot);
    try {
      const tier = this.#tiers().find(tier => tier._invokeHandlers.has(channel));
      if (!tier) throw new Error(`No handler registered for '${channel}'`);
      slot.reply({ result: await tier._invokeHandlers.get(channel)(event, ...deserializeArguments(bytes)) });
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      this.#fail(slot, error);
    }
  }

  #fail(slot, error) {
    const reply = { error: textOf(error) };
    if (!this.contents.receivesHandlerErrors || !(error instanceof Error)) return slot.reply(reply);
    const thrown = { name: String(error.name), message: String(error.message) };
    for (const key of ['stack', 'code', 'cause']) if (key in error) thrown[key] = error[key];
    try {
      slot.reply({ ...reply, thrown });
    } catch {
      slot.reply(reply);
    }
  }
}

/** A frame, as the main process sees it. */
class WebFrameMain extends PlatformObject {
  #document = null;

  constructor(process) {
    super();
    this.ipc = new IpcMain();
    this.frameTreeNodeId = process.makeID();
  }

  /** @private */
  commit(document) { this.#document = document; }

  get detached() { return this.#document === null; }
  isDestroyed() { return this.#document === null; }
  get processId() { return this.#live().processId; }
  get frameId() { return this.#live().frameId; }
  get routingId() { return this.#live().frameId; }

  #live() {
    if (!this.#document) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    return this.#document;
  }

  /** Sends a message. Anything but a channel that is no string is logged and nothing else. */
  send(channel, ...args) {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    try {
      const { connection } = this.#live();
      let bytes;
      try {
        bytes = serialize(args);
      } catch {
        throw new Error('Failed to serialize arguments');
      }
      connection.send(kinds.frameMessage, ...channelField(channel), ...valueField(bytes));
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  postMessage(...args) {
    if (args.length < 2) throw new TypeError('Insufficient number of arguments.');
    const [channel, message, transfer = []] = args;
    checkChannel(channel, 0);
    const bytes = serialize(message);
    if (!Array.isArray(transfer) || !transfer.every(port => port instanceof MessagePortMain)) throw new Error('Invalid value for transfer');
    const { connection } = this.#live();
    const numbered = connection.number(takeEnds(transfer, (index, what) => new Error(`Port at index ${index} ${what}`)));
    connection.send(kinds.framePostMessage, ...channelField(channel), ...valueField(bytes), ...portsField(numbered.map(port => port.number)));
    connection.attach(numbered);
  }
}

/** A page, as the main process sees it. */
class WebContents extends PlatformObject {
  /** Whether failed calls of this page's tell it all of what the handler threw: name, message, stack, code and cause. */
  receivesHandlerErrors = false;
  #process;
  #isDestroyed = false;
  #document;

  constructor(process, link, limits) {
    super();
    this.#process = process;
    this.id = process.makeID();
    this.ipc = new IpcMain();
    this.mainFrame = new WebFrameMain(process);
    this.#document = new FrameDocument(process, this, link, limits);
    this.mainFrame.commit(this.#document);
  }

  isDestroyed() { return this.#isDestroyed; }
  send(channel, ...args) { this.mainFrame.send(channel, ...args); }
  postMessage(...args) { this.mainFrame.postMessage(...args); }

  sendToFrame(frame, channel, ...args) {
    const [processId, frameId] = Array.isArray(frame) ? frame : [this.#document.processId, frame];
    if (!Number.isInteger(processId) || !Number.isInteger(frameId)) throw new Error('Missing required frame argument (must be number or [processId, frameId])');
    if (this.#isDestroyed || processId !== this.#document.processId || frameId !== this.#document.frameId) return false;
    this.mainFrame.send(channel, ...args);
    return true;
  }

  /** Closes the page, behind what has arrived already. */
  close() {
    this.#isDestroyed = true;
    runTask(() => this.#document.connection.close());
  }

  /** @private */
  lose(error) {
    this.#isDestroyed = true;
    this.mainFrame.commit(null);
    this.#process.remove(this);
    this.emit('destroyed', error);
  }
}

/** The privileged side: it has `ipcMain` and a `WebContents` for each connection. Emits `web-contents-created`, as Electron's `app` does. */
class MainProcess extends PlatformObject {
  #lastID = 0;
  #contents = new Set();
  #servers = new Set();
  #limits;

  constructor({ limits } = {}) {
    super();
    this.ipcMain = new IpcMain();
    this.#limits = { ...defaultLimits, ...limits };
  }

  getAllWebContents() { return [...this.#contents]; }

  /**
   * Listens on a Unix socket that only its owner may use.
   *
   * A socket that is left from a process which is gone is replaced.
   */
  async listen(path) {
    const server = net.createServer({ allowHalfOpen: false }, socket => this.#accept(new StreamLink(socket, this.#limits)));
    try {
      await listen(server, path);
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || await isAnswered(path)) throw error;
      fs.unlinkSync(path);
      await listen(server, path);
    }
    this.#servers.add(server);
  }

  /** Makes the host of a page that is a forked child: its channel carries the messages. */
  accept(child) { return this.#accept(new ChannelLink(child, this.#limits)); }

  #accept(link) { return new WebContents(this, link, this.#limits); }

  /** Closes every page, and listens no longer. */
  async quit() {
    for (const contents of this.#contents) contents.close();
    await Promise.all([...this.#servers].map(server => new Promise(resolve => { server.close(resolve); })));
  }

  /** @private */
  makeID() { return this.#lastID += 1; }
  /** @private */
  open(contents) {
    this.#contents.add(contents);
    this.emit('web-contents-created', {}, contents);
  }
  /** @private */
  remove(contents) { this.#contents.delete(contents); }
}

/** Listens with a file mode of 0600, also in the moment in which the file is made. */
function listen(server, path) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const mask = workers.isMainThread ? process.umask(0o177) : undefined;
    try {
      server.listen(path, () => {
        if (mask === undefined) fs.chmodSync(path, 0o600);
        server.off('error', reject);
        resolve();
      });
    } finally {
      if (mask !== undefined) process.umask(mask);
    }
  });
}

/** Whether a process listens on a socket. */
function isAnswered(path) {
  return new Promise(resolve => {
    const socket = net.connect(path);
    socket.on('connect', () => { socket.destroy(); resolve(true); });
    socket.on('error', error => resolve(error.code !== 'ECONNREFUSED'));
  });
}

const thread = workers.isMainThread ? undefined : workers.workerData?.[SocketThread.key];
if (thread) SocketThread.run(thread);

module.exports = { connect, MainProcess, MessageChannelMain, MessageChannel, ConnectionError };
