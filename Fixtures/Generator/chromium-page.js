// Runs in the page: stores values, reads them and describes them.

// MARK: Hexadecimal

const hex = bytes => Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');
const bytes = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));

// MARK: The database

/** The stores by their numbers: what is read, and what was read and is written again. */
const stores = { 1: 'values', 2: 'rewritten' };

let database;

const settled = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request);
  request.onerror = () => reject(request.error);
});

async function openDatabase() {
  const request = indexedDB.open('clone', 1);
  request.onupgradeneeded = () => { for (const name of Object.values(stores)) request.result.createObjectStore(name); };
  database = (await settled(request)).result;
}

async function put(store, number, value) {
  const transaction = database.transaction(stores[store], 'readwrite', { durability: 'relaxed' });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  transaction.objectStore(stores[store]).put(value, number);
  await finished;
}

/** A value that cannot be deserialized is null here; nothing tells that from a null that was stored. */
async function get(number) {
  const request = await settled(database.transaction(stores[1]).objectStore(stores[1]).get(number));
  return request.result;
}

const headline = error => (error === null ? 'null' : `${error.name}: ${error.message}`);

// MARK: Tasks of the driver

/** Evaluates an expression and stores its value. */
async function write(number, expression) {
  let value;
  try {
    value = await new (async () => {}).constructor(`return (${expression}\n)`)();
  } catch (error) {
    return { unsupported: headline(error) };
  }
  try {
    await put(1, number, value);
    return {};
  } catch (error) {
    return { refused: headline(error) };
  }
}

/** Reads a stored value, writes it again, and only then looks at it. */
async function read(number) {
  let value;
  try {
    value = await get(number);
  } catch (error) {
    return { error: headline(error) };
  }
  const answer = {};
  try {
    await put(2, number, value);
  } catch (error) {
    answer.rewriteRefused = headline(error);
  }
  return { read: await dump(value), ...answer };
}

/** Stores something that refers to these objects, for a record whose bytes will be replaced. */
async function reserve(number, contents) {
  const objects = contents ? contents.map(text => new Blob([bytes(text)])) : [
    new Blob(['zero'], { type: 'text/x-zero' }),
    new File(['one!!'], 'one.txt', { type: 'text/x-one', lastModified: 1111 }),
    new Blob([], { type: '' }),
    await file('handle.txt'), await folder('folder'),
  ];
  await put(1, number, objects);
}

// MARK: Material for values

const file = async name => (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
const folder = async name => (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });

/** A key of material in hexadecimal. */
const key = (format, material, algorithm, extractable, usages) => crypto.subtle.importKey(format, bytes(material), algorithm, extractable, usages);

/** Bytes without any pattern, the same every time. */
function noise(count) {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    return state >>> 24;
  });
}

function canvas(width, height, settings) {
  const surface = new OffscreenCanvas(width, height);
  const context = surface.getContext('2d', settings);
  context.fillStyle = '#ff8000';
  context.fillRect(0, 0, 1, 1);
  return surface;
}

// MARK: Describing, by the grammar in Fixtures/README.md

function quote(text) {
  let quoted = '';
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const isPlain = unit >= 0x20 && unit <= 0x7e && unit !== 0x22 && unit !== 0x5c;
    quoted += isPlain ? text[index] : '\\u' + unit.toString(16).padStart(4, '0');
  }
  return `"${quoted}"`;
}

const number = item => (Object.is(item, -0) ? '-0' : String(item));
const bigint = item => (item < 0n ? '-0x' : '0x') + (item < 0n ? -item : item).toString(16) + 'n';
const numbers = (item, names) => names.split(' ').map(name => number(item[name])).join(',');

/** Contents up to this size are described, of larger ones only the size. */
const describedSize = 256;

async function contents(blob) {
  if (blob.size > describedSize) return 'large';
  try {
    return hex(await blob.arrayBuffer());
  } catch (error) {
    return error.name;
  }
}

const point = item => numbers(item, 'x y z w');
const rect = item => numbers(item, 'x y width height');
const matrix = item => (item.is2D ? `2d,${numbers(item, 'a b c d e f')}` : numbers(item, 'm11 m12 m13 m14 m21 m22 m23 m24 m31 m32 m33 m34 m41 m42 m43 m44'));

function algorithm(item) {
  const parts = Object.keys(item).filter(name => name !== 'name').map(name => {
    const value = item[name];
    return `${name}:${typeof value === 'number' ? value : typeof value === 'string' ? value : value.name ?? hex(value)}`;
  });
  return [item.name, ...parts].join(' ');
}

async function exported(item) {
  if (!item.extractable) return '';
  const format = { public: 'spki', private: 'pkcs8', secret: 'raw' }[item.type];
  try {
    return `,${format}:${hex(await crypto.subtle.exportKey(format, item))}`;
  } catch (error) {
    return `,${format}:${error.name}`;
  }
}

/** Files that are not told their time take the current one. */
const time = item => (Math.abs(item.lastModified - Date.now()) < 86_400_000 ? 'now' : number(item.lastModified));

const blob = async item => `${item.size},${quote(item.type)},${await contents(item)}`;
const named = async item => `${quote(item.name)},${time(item)},${quote(item.webkitRelativePath)},${await blob(item)}`;

/** What stands in the parentheses behind the name of a class of the platform. */
const platform = {
  Blob: blob,
  File: named,
  FileList: async (item, value) => (await inTurn(Array.from(item), value)).join(','),
  ImageData: item => [item.width, item.height, item.colorSpace, item.pixelFormat, hex(item.data.buffer)].join(','),
  ImageBitmap: item => [item.width, item.height].join(','),
  OffscreenCanvas: item => [item.width, item.height].join(','),
  DOMPoint: point,
  DOMPointReadOnly: point,
  DOMRect: rect,
  DOMRectReadOnly: rect,
  DOMQuad: item => [item.p1, item.p2, item.p3, item.p4].map(point).join(','),
  DOMMatrix: matrix,
  DOMMatrixReadOnly: matrix,
  DOMException: item => `${quote(item.name)},${quote(item.message)},${item.code}`,
  QuotaExceededError: item => `${quote(item.message)},${item.quota},${item.requested}`,
  CryptoKey: async item => `${item.type},${item.extractable},${algorithm(item.algorithm)},${item.usages.join(' ')}${await exported(item)}`,
  RTCCertificate: item => [item.expires, ...item.getFingerprints().map(({ algorithm, value }) => `${algorithm}:${value}`)].join(','),
  FileSystemFileHandle: item => quote(item.name),
  FileSystemDirectoryHandle: item => quote(item.name),
  DOMFileSystem: item => `${quote(item.name)},${quote(item.root.toURL())}`,
};

async function inTurn(items, describe) {
  const described = [];
  for (const item of items) described.push(await describe(item));
  return described;
}

async function dump(root) {
  const seen = new Map();

  async function value(item) {
    if (typeof item === 'string') return quote(item);
    if (typeof item === 'number') return number(item);
    if (typeof item === 'bigint') return bigint(item);
    if (typeof item !== 'object' || item === null) return String(item);
    if (seen.has(item)) return `#${seen.get(item)}`;
    const name = `#${seen.size}`;
    seen.set(item, seen.size);
    return `${name}=${await receiver(item)}`;
  }

  const properties = async item => `{${(await inTurn(Object.keys(item), async key => `${quote(key)}:${await value(item[key])}`)).join(',')}}`;

  async function receiver(item) {
    if (Array.isArray(item)) return `Array(${item.length})${await properties(item)}`;
    if (ArrayBuffer.isView(item)) return view(item);
    // A plain object may have a property of this name, but objects of the platform have it from their prototype.
    const kind = Object.hasOwn(item, Symbol.toStringTag) ? 'Object' : Object.prototype.toString.call(item).slice(8, -1);
    if (Object.hasOwn(platform, kind)) return `${kind}(${await platform[kind](item, value)})`;
    switch (kind) {
      case 'Date': return `Date(${item.getTime()})`;
      case 'RegExp': return `RegExp(${quote(item.source)},${quote(item.flags)})`;
      case 'Map': return `Map{${(await inTurn(Array.from(item), async ([key, content]) => `${await value(key)}=>${await value(content)}`)).join(',')}}`;
      case 'Set': return `Set{${(await inTurn(Array.from(item), value)).join(',')}}`;
      case 'Error': return `Error(${await error(item)})`;
      case 'ArrayBuffer': return buffer(item);
      case 'Boolean': case 'Number': case 'String': case 'BigInt': return `${kind}(${await value(item.valueOf())})`;
      case 'Object': return properties(item);
      default: return `${kind}()`;
    }
  }

  async function error(item) {
    const parts = [quote(Object.getPrototypeOf(item).name)];
    for (const name of ['message', 'stack', 'cause']) {
      if (Object.hasOwn(item, name) && !(name === 'stack' && item.stack === undefined)) parts.push(`${name}:${await value(item[name])}`);
    }
    return parts.join(',');
  }

  const buffer = item => `ArrayBuffer(${hex(item)}${item.resizable ? `,max:${item.maxByteLength}` : ''})`;

  async function view(item) {
    const kind = Object.prototype.toString.call(item).slice(8, -1);
    const { byteOffset, byteLength } = item;
    return `${kind}(${await value(item.buffer)},${byteOffset},${isTracking(item) ? 'tracking' : byteLength})`;
  }

  return value(root);
}

/** Whether a view follows the length of its buffer: told by changing that, and back. An empty view that cannot grow counts as fixed. */
function isTracking(item) {
  const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT: step = 1 } = item;
  if (!buffer.resizable) return false;
  const { byteLength: size, maxByteLength } = buffer;
  const saved = new Uint8Array(buffer).slice();
  try {
    if (byteLength === 0) {
      if (byteOffset + step > maxByteLength) return false;
      buffer.resize(maxByteLength);
      return item.byteLength > 0;
    }
    buffer.resize(byteOffset);
    // A view of fixed length is now out of bounds, which only some methods tell from being empty.
    try {
      if (item instanceof DataView) return item.byteLength === 0;
      item.fill(0);
      return true;
    } catch {
      return false;
    }
  } finally {
    buffer.resize(size);
    new Uint8Array(buffer).set(saved);
  }
}
