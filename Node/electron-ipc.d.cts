import { EventEmitter } from 'node:events';
import { ChildProcess } from 'node:child_process';

/** What a connection takes from the other side, and keeps for it. */
export interface Limits {
  /** Bytes of one frame; 64 MiB. */
  frameLength: number;
  /** Bytes that wait: to be read by the other side, or in ports that nobody started; 256 MiB. */
  queuedBytes: number;
  /** Ports that are open over the connection; 10,000. */
  ports: number;
  /** Calls of the other side that have no reply yet; 100,000. */
  pendingReplies: number;
  /** Milliseconds until the other side must have said hello; 10,000. */
  helloTimeout: number;
}

/** Why a connection ended that should not have. */
export class ConnectionError extends Error {
  /** Where in the stream of the other side, in bytes. */
  readonly offset: number | undefined;
}

// MARK: The page's side

export interface IpcRendererEvent {
  readonly sender: IpcRenderer;
  readonly ports: MessagePort[];
}

export interface IpcRenderer extends EventEmitter {
  send(channel: string, ...args: unknown[]): void;
  invoke(channel: string, ...args: unknown[]): Promise<any>;
  /**
   * Blocks the thread; needs `connect(path, { sync: true })`. With `syncTimeout` it throws a `DOMException` of the name `TimeoutError`
   * if no listener has set `returnValue` after so many milliseconds.
   */
  sendSync(channel: string, ...args: unknown[]): any;
  postMessage(channel: string, message: unknown, transfer?: MessagePort[]): void;
  sendToHost(channel: string, ...args: unknown[]): void;
  on(channel: string, listener: (event: IpcRendererEvent, ...args: any[]) => void): this;
  once(channel: string, listener: (event: IpcRendererEvent, ...args: any[]) => void): this;
  /** Ends the connection, as closing a page does. */
  release(): void;
  /** Resolves when the connection is over, with why if it should not be. */
  readonly closed: Promise<Error | undefined>;
}

/** Connects a page with the main process that listens on a socket, or is a forked child. */
export function connect(
  target: string | ChildProcess | NodeJS.Process,
  options?: { sync?: boolean; syncTimeout?: number; limits?: Partial<Limits> },
): Promise<IpcRenderer>;

/** A port of a page, as the web has it, with Electron's event `close`. */
export interface MessagePort extends EventTarget {
  onmessage: ((event: Event & { data: any; ports: MessagePort[] }) => void) | null;
  onclose: ((event: Event) => void) | null;
  start(): void;
  postMessage(message: unknown, transfer?: MessagePort[] | { transfer?: MessagePort[] }): void;
  close(): void;
}

export class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}

// MARK: The main process's side

export interface IpcMainEvent {
  readonly type: 'frame';
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
  readonly processId: number;
  readonly frameId: number;
  readonly frameTreeNodeId: number;
  /** For `send` and `sendSync`. */
  reply(channel: string, ...args: unknown[]): void;
  /** For `sendSync`: setting it replies. */
  returnValue: unknown;
  /** For `postMessage`. */
  readonly ports: MessagePortMain[];
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

export type IpcMainInvokeEvent = Omit<IpcMainEvent, 'reply' | 'returnValue' | 'ports'>;

export interface IpcMain extends EventEmitter {
  on(channel: string, listener: (event: IpcMainEvent, ...args: any[]) => void): this;
  once(channel: string, listener: (event: IpcMainEvent, ...args: any[]) => void): this;
  handle(channel: string, handler: (event: IpcMainInvokeEvent, ...args: any[]) => unknown): void;
  handleOnce(channel: string, handler: (event: IpcMainInvokeEvent, ...args: any[]) => unknown): void;
  removeHandler(channel: string): void;
}

export interface WebFrameMain {
  readonly ipc: IpcMain;
  readonly processId: number;
  readonly frameId: number;
  readonly routingId: number;
  readonly frameTreeNodeId: number;
  readonly detached: boolean;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void;
}

/** Emits `ipc-message`, `ipc-message-sync`, `ipc-message-host` and `destroyed`. */
export interface WebContents extends EventEmitter {
  readonly id: number;
  readonly ipc: IpcMain;
  readonly mainFrame: WebFrameMain;
  /** Whether failed calls of this page's tell it all of what the handler threw: name, message, stack, code and cause. */
  receivesHandlerErrors: boolean;
  isDestroyed(): boolean;
  send(channel: string, ...args: unknown[]): void;
  sendToFrame(frame: number | [processId: number, frameId: number], channel: string, ...args: unknown[]): boolean;
  postMessage(channel: string, message: unknown, transfer?: MessagePortMain[]): void;
  close(): void;
}

export interface MessagePortMain extends EventEmitter {
  on(event: 'message', listener: (event: { data: any; ports: MessagePortMain[] }) => void): this;
  on(event: 'close', listener: () => void): this;
  start(): void;
  postMessage(message?: unknown, transfer?: MessagePortMain[]): void;
  close(): void;
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
}

/** The privileged side: it has `ipcMain` and a `WebContents` for each connection. Emits `web-contents-created`. */
export class MainProcess extends EventEmitter {
  constructor(options?: { limits?: Partial<Limits> });
  readonly ipcMain: IpcMain;
  getAllWebContents(): WebContents[];
  /** Listens on a Unix socket that only its owner may use. */
  listen(path: string): Promise<void>;
  /** Makes the host of a page that is a forked child. */
  accept(child: ChildProcess | NodeJS.Process): WebContents;
  /** Closes every page, and listens no longer. */
  quit(): Promise<void>;
}
