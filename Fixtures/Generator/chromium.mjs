// A headless Chromium on a profile of its own, driven over the pipe of the DevTools protocol.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export const executable = process.env.CHROMIUM ?? 'chromium';

/** The page's origin. Nothing answers there: every request is fulfilled by the driver, and https makes the context secure. */
export const origin = 'https://clone.example';

const switches = [
  '--headless=new', '--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-extensions', '--disable-dev-shm-usage', '--disable-crash-reporter', '--mute-audio', '--lang=en-US',
  // LevelDB is where the values of the corpus are read from and planted.
  '--disable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout', '--remote-debugging-pipe',
];

/** The page, or the whole browser, is no longer there. */
export class Lost extends Error {}

export class Chromium {
  #process;
  #text = '';
  #pending = new Map();
  #nextId = 1;
  #session;
  #listeners = [];
  #exited;

  /** Starts the browser and opens a page with this script in it. */
  static async start(profile, pageScript) {
    const browser = new Chromium(profile);
    await browser.#open(pageScript);
    return browser;
  }

  constructor(profile) {
    this.#process = spawn(executable, [...switches, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#exited = once(this.#process, 'exit');
    this.#process.stdio[4].setEncoding('utf8').on('data', text => this.#receive(text));
    this.#process.stdio[3].on('error', () => {});
    this.#exited.then(() => this.#fail('Chromium has ended'), error => this.#fail(error.message));
  }

  #fail(reason) {
    for (const { reject } of this.#pending.values()) reject(new Lost(reason));
    this.#pending.clear();
  }

  #receive(text) {
    const messages = (this.#text + text).split('\0');
    this.#text = messages.pop();
    for (const message of messages.map(JSON.parse)) {
      if (message.id === undefined) {
        for (const listener of this.#listeners) listener(message);
        continue;
      }
      const { resolve, reject } = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  send(method, params = {}, session = this.#session) {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, ...(session ? { sessionId: session } : {}) }) + '\0');
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  async #open(pageScript) {
    const { targetInfos } = await this.send('Target.getTargets');
    const { targetId } = targetInfos.find(({ type }) => type === 'page');
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId;
    const files = { '/': ['text/html', '<!DOCTYPE html><meta charset=utf-8><title>clone</title><input type=file multiple><input type=file webkitdirectory><script src=page.js></script>'], '/page.js': ['text/javascript', pageScript] };
    this.#listeners.push(({ method, params }) => {
      if (method === 'Inspector.targetCrashed') this.#fail('the page has crashed');
      if (method !== 'Fetch.requestPaused') return;
      const [type, body] = files[new URL(params.request.url).pathname] ?? ['text/plain', ''];
      this.send('Fetch.fulfillRequest', { requestId: params.requestId, responseCode: 200, responseHeaders: [{ name: 'content-type', value: `${type};charset=utf-8` }], body: Buffer.from(body).toString('base64') }).catch(() => {});
    });
    await this.send('Inspector.enable');
    await this.send('Page.enable');
    await this.send('Fetch.enable', { patterns: [{ urlPattern: `${origin}/*` }] });
    const loaded = new Promise(resolve => this.#listeners.push(({ method }) => method === 'Page.loadEventFired' && resolve()));
    await this.send('Page.navigate', { url: `${origin}/` });
    await loaded;
  }

  /** Calls a function with the parameters of every event of this name. */
  on(method, listener) {
    this.#listeners.push(event => event.method === method && listener(event.params));
  }

  async version() {
    const { product, jsVersion } = await this.send('Browser.getVersion', {}, null);
    return { chromium: product.split('/')[1], v8: jsVersion };
  }

  /** Evaluates an expression in the page and waits for its promise; the value comes back as JSON. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Calls a function of the page with arguments that JSON can carry. */
  call(name, ...values) {
    return this.evaluate(`${name}(${values.map(value => JSON.stringify(value) ?? 'undefined').join(', ')})`);
  }

  /** Puts files, or a folder, of this machine into an <input> of the page. */
  async setFiles(selector, paths) {
    const { root } = await this.send('DOM.getDocument');
    const { nodeId } = await this.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    await this.send('DOM.setFileInputFiles', { nodeId, files: paths });
  }

  /** Ends the browser in order, so that everything is in the profile. */
  async close() {
    await this.send('Browser.close', {}, null).catch(() => {});
    await this.#exited;
  }
}
