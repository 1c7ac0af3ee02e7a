// A reader of the lossless JSON form (Documentation/JSON.md) that shares nothing with the package, and its test: lines of
//
//     v8|node <tab> PAYLOAD <tab> JSON
//
// on standard input, PAYLOAD in hexadecimal digits. What Node reads of each payload has to be what this makes of its JSON. Prints the
// differences, and how many were the same, different, and not readable by this Node.
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import v8 from 'node:v8';

const TypedArray = Object.getPrototypeOf(Int8Array);

// MARK: The reader

/** The value of a text. */
export function read(text) {
  const objects = new Map();

  /** Sets a property as JSON.parse does, also one that is called __proto__. */
  const set = (object, key, content) =>
    Object.defineProperty(object, key, { value: content, writable: true, enumerable: true, configurable: true });

  function addProperties(object, properties) {
    const entries = Array.isArray(properties) ? properties : Object.entries(properties ?? {});
    for (const [key, content] of entries) set(object, value(key), value(content));
    return object;
  }

  function addElements(array, elements) {
    array.length = elements.length;
    elements.forEach((element, index) => { if (element?.$ !== 'hole') array[index] = value(element); });
    return array;
  }

  /** Notes the object of an id before its contents are read, which may mention it. */
  function begin(node, object) {
    if (node.id !== undefined) objects.set(node.id, object);
    return object;
  }

  function value(node) {
    if (node === null || typeof node !== 'object') return node;
    if (Array.isArray(node)) return addElements([], node);
    if (!Object.hasOwn(node, '$')) return addProperties({}, node);
    switch (node.$) {
      case 'payload': return value(node.value);
      case 'ref': return objects.get(node.id);
      case 'undefined': return undefined;
      case 'number': return Number(node.value);
      case 'string': return node.value;
      case 'bigint': return node.value.startsWith('-') ? -BigInt(node.value.slice(1)) : BigInt(node.value);
      case 'Object': return addProperties(begin(node, {}), node.properties);
      case 'Array': return addProperties(addElements(begin(node, []), node.elements), node.properties);
      case 'SparseArray': return addProperties(begin(node, new Array(node.length)), node.properties);
      case 'Map': {
        const map = begin(node, new Map());
        for (const [key, content] of node.entries) map.set(value(key), value(content));
        return map;
      }
      case 'Set': {
        const set = begin(node, new Set());
        for (const element of node.values) set.add(value(element));
        return set;
      }
      case 'Date': return begin(node, new Date(value(node.time)));
      case 'RegExp': return begin(node, new RegExp(value(node.source), node.flags));
      case 'BoxedPrimitive': return begin(node, Object(value(node.value)));
      case 'Error': {
        const error = begin(node, new globalThis[node.name]());
        // Every error has a stack of its own, which one that was read may lack.
        Object.defineProperty(error, 'stack', { value: value(node.stack) });
        for (const name of ['message', 'cause']) {
          if (name in node) Object.defineProperty(error, name, { value: value(node[name]) });
        }
        return error;
      }
      case 'ArrayBuffer': {
        const bytes = Buffer.from(node.base64, 'base64');
        const limit = node.maxByteLength === undefined ? undefined : { maxByteLength: node.maxByteLength };
        const buffer = new ArrayBuffer(bytes.length, limit);
        new Uint8Array(buffer).set(bytes);
        return begin(node, buffer);
      }
      case 'HostObject': {
        const payload = value(node.payload);
        if (node.interface !== 'Buffer') throw new Error(`unknown host object ${node.interface}`);
        return begin(node, Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength));
      }
      default: {
        const View = globalThis[node.$];
        if (View !== DataView && !(View?.prototype instanceof TypedArray)) throw new Error(`unknown kind ${node.$}`);
        const length = node.byteLength === undefined ? undefined : node.byteLength / (View.BYTES_PER_ELEMENT ?? 1);
        return begin(node, new View(value(node.buffer), node.byteOffset, length));
      }
    }
  }

  return value(JSON.parse(text));
}

// MARK: The test

/** Throws where two values differ, their identities included; with `node`, views have no buffers of their own. */
function compare(left, right, kind) {
  const rights = new Map();
  const lefts = new Map();
  const fail = what => { throw new Error(what); };
  const check = (a, b, what) => { if (!Object.is(a, b)) fail(`${what}: ${String(a)}, ${String(b)}`); };

  function content(a, b) {
    if (typeof a !== 'object' || a === null) return check(a, b, 'primitive');
    if (typeof b !== 'object' || b === null) fail('an object and a primitive');
    if (rights.has(a) || lefts.has(b)) {
      if (rights.get(a) !== b || lefts.get(b) !== a) fail('another object is mentioned again');
      return;
    }
    rights.set(a, b);
    lefts.set(b, a);
    check(Object.prototype.toString.call(a), Object.prototype.toString.call(b), 'class');
    if (types.isDate(a)) return check(a.getTime(), b.getTime(), 'time');
    if (types.isRegExp(a)) return check(`${a}`, `${b}`, 'regular expression');
    if (types.isBoxedPrimitive(a)) return content(a.valueOf(), b.valueOf());
    if (types.isArrayBuffer(a)) {
      check(a.maxByteLength, b.maxByteLength, 'maxByteLength');
      check(a.resizable, b.resizable, 'resizable');
      return check(Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex'), 'bytes');
    }
    if (Buffer.isBuffer(a) || Buffer.isBuffer(b)) {
      check(Buffer.isBuffer(a), Buffer.isBuffer(b), 'Buffer');
      return check(a.toString('hex'), b.toString('hex'), 'bytes of a Buffer');
    }
    if (ArrayBuffer.isView(a) && kind === 'node') {
      const bytes = view => Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
      return check(bytes(a), bytes(b), 'bytes of a view');
    }
    if (ArrayBuffer.isView(a)) {
      check(a.byteOffset, b.byteOffset, 'byteOffset');
      check(a.byteLength, b.byteLength, 'byteLength');
      return content(a.buffer, b.buffer);
    }
    if (types.isMap(a) || types.isSet(a)) {
      const entries = [...b];
      check(a.size, b.size, 'size');
      [...a].forEach((entry, index) => content(types.isMap(a) ? entry[0] : entry, types.isMap(a) ? entries[index][0] : entries[index]));
      if (types.isMap(a)) [...a].forEach((entry, index) => content(entry[1], entries[index][1]));
      return;
    }
    if (a instanceof Error) {
      check(Object.getPrototypeOf(a), Object.getPrototypeOf(b), 'class of an error');
      for (const name of ['message', 'stack', 'cause']) {
        if (name !== 'stack') check(Object.hasOwn(a, name), Object.hasOwn(b, name), `own ${name}`);
        content(a[name], b[name]);
      }
      return;
    }
    if (Array.isArray(a)) check(a.length, b.length, 'length');
    check(JSON.stringify(Object.keys(a)), JSON.stringify(Object.keys(b)), 'keys');
    for (const key of Object.keys(a)) content(a[key], b[key]);
  }

  content(left, right);
}

/** What Node reads: views as host objects, or as V8 writes them. */
function deserialize(kind, payload) {
  if (kind === 'node') return v8.deserialize(payload);
  const reader = new v8.Deserializer(payload);
  reader.readHeader();
  return reader.readValue();
}

function test() {
  let same = 0;
  let different = 0;
  let unreadable = 0;
  for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const [kind, payload, json] = line.split('\t');
    let expected;
    try {
      // A buffer of its own, so that views are aligned as they are in a message.
      expected = deserialize(kind, Buffer.from(Uint8Array.from(Buffer.from(payload, 'hex')).buffer));
    } catch {
      unreadable += 1;
      continue;
    }
    try {
      compare(expected, read(json), kind);
      same += 1;
    } catch (error) {
      different += 1;
      console.log(`${payload} ${json}: ${error.message}`);
    }
  }
  console.log(`${same} same, ${different} different, ${unreadable} unreadable`);
}

if (realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) test();
