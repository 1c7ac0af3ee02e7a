// What the page stores: a name and an expression, which may wait for something. The page's script has the helpers.
import { keys } from './chromium-keys.mjs';

const map = (list, make) => Object.fromEntries(list.map(make));
const string = JSON.stringify;

// MARK: Values of JavaScript, for what the envelope does to them

const values = {
  'undefined': 'undefined',
  'null': 'null',
  'true': 'true',
  'false': 'false',
  'zero': '0',
  'minus-zero': '-0',
  'small': '-42',
  'small-limit': '2**30',
  'double': '1.5',
  'nan': 'NaN',
  'infinity': '-Infinity',
  'bigint': '[0n, 1n, -1n, 2n ** 64n, -(2n ** 70n)]',
  'string-empty': '""',
  'string-latin1': '"gr\\xfc\\xdfe"',
  'string-two-byte': '"\\u20ac"',
  // The letter before shifts the two-byte string: padding counts from the start of the envelope.
  ...map([0, 1, 2, 3], count => [`string-two-byte-after-${count}`, `[${string('x'.repeat(count))}, "\\u20ac\\ud83d\\ude00"]`]),
  'string-two-byte-key': '({ "\\u20ac": 1, "a\\u20ac": "b\\u20ac" })',
  'string-lone-surrogate': '"\\ud800"',
  'string-two-byte-long': '"\\u20ac".repeat(64)',
  'object-empty': '({})',
  'object': '({ a: 1, b: [true, null, undefined], c: "x", 7: "index" })',
  'array-empty': '[]',
  'array-dense': '[1, "x", null, undefined]',
  'array-holes': '[1, , 3]',
  'array-sparse': '(() => { const a = []; a[100000] = 1; return a; })()',
  'array-property': 'Object.assign([1, 2], { x: 1 })',
  'array-doubles': '[1.5, 2.5]',
  'map': 'new Map([["k", 1], [{}, new Map()]])',
  'set': 'new Set([1, "x", [2]])',
  'date': 'new Date(1234567890123)',
  'date-invalid': 'new Date(NaN)',
  'regexp': '/a\\/(b)\\u20ac/giu',
  'boxed': '[Object(true), Object(1.5), Object("s"), Object(7n)]',
  'error': 'Object.assign(new RangeError("m", { cause: { a: 1 } }), { stack: "s" })',
  'error-without-message': 'Object.assign(new Error(), { stack: "s" })',
  'error-aggregate': 'Object.assign(new AggregateError([1], "m"), { stack: "s" })',
  'buffer': 'new Uint8Array([1, 2, 3]).buffer',
  'buffer-resizable': '(() => { const b = new ArrayBuffer(4, { maxByteLength: 8 }); new Uint8Array(b).set([1, 2, 3, 4]); return b; })()',
  ...map(
    ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float16', 'Float32', 'Float64'],
    kind => [`view-${kind.toLowerCase()}`, `new ${kind}Array([1, 2])`]
  ),
  'view-bigint64': 'new BigInt64Array([-1n])',
  'view-biguint64': 'new BigUint64Array([1n])',
  'view-data': 'new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)',
  'view-tracking': 'new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }), 1)',
  'view-tracking-data': 'new DataView(new ArrayBuffer(4, { maxByteLength: 8 }), 2)',
  'view-on-resizable': 'new Uint16Array(new ArrayBuffer(4, { maxByteLength: 8 }), 2, 1)',
  'views-of-one-buffer': '(() => { const b = new ArrayBuffer(4); return [b, new Uint8Array(b, 1), new Uint16Array(b)]; })()',
  'shared': '(() => { const o = { a: 1 }; return [o, o, new Set([o])]; })()',
  'cycle': '(() => { const o = { list: [] }; o.list.push(o, o.list); return o; })()',
  'nested': '(() => { let a = []; for (let i = 0; i < 200; i++) a = [a]; return a; })()',
};

// MARK: Blobs and files

const blobs = {
  'blob-empty': 'new Blob([])',
  'blob': 'new Blob(["abc"])',
  'blob-typed': 'new Blob(["abc", new Uint8Array([0, 255])], { type: "text/plain;charset=utf-8" })',
  'blob-large': 'new Blob([new Uint8Array(300000)], { type: "application/octet-stream" })',
  'blobs': '[new Blob(["a"]), new Blob(["b"], { type: "x/y" }), new Blob(["a"])]',
  'blob-twice': '(() => { const b = new Blob(["a"]); return [b, { b }, new Blob(["c"])]; })()',
  'blob-slice': 'new Blob(["0123456789"]).slice(2, 5, "a/b")',
  'blobs-200': 'Array.from({ length: 200 }, (_, index) => new Blob([String(index)]))',
  'file': 'new File(["abc"], "name.txt", { type: "text/plain", lastModified: 1234567890123 })',
  'file-empty': 'new File([], "", { lastModified: 0 })',
  'file-before-1970': 'new File(["x"], "old", { lastModified: -1 })',
  'file-unicode': 'new File(["x"], "\\u20ac\\ud83d\\ude00.txt", { lastModified: 86400000 })',
  'file-slash': 'new File(["x"], "a/b\\\\c:d", { lastModified: 1 })',
  'file-and-blob': '({ f: new File(["x"], "f", { lastModified: 5 }), b: new Blob(["y"]) })',
  'file-twice': '(() => { const f = new File(["x"], "f", { lastModified: 5 }); return [f, f]; })()',
  'file-of-input': 'document.querySelector("[multiple]").files[0]',
  'file-list': 'document.querySelector("[multiple]").files',
  'file-of-folder': 'document.querySelector("[webkitdirectory]").files[0]',
  'file-list-of-folder': 'document.querySelector("[webkitdirectory]").files',
  'file-list-empty': 'Object.assign(document.createElement("input"), { type: "file" }).files',
  'file-list-of-transfer': '(() => { const t = new DataTransfer(); t.items.add(new File(["x"], "f", { lastModified: 5 })); return t.files; })()',
  'file-list-and-file': '(() => { const { files } = document.querySelector("[multiple]"); return [files, files[0], files]; })()',
};

// MARK: Images

const fill = 'const d = new Uint8Array(i.data.buffer); for (let k = 0; k < d.length; k++) d[k] = k * 7;';
const imageData = settings => `(() => { const i = new ImageData(2, 2${settings}); ${fill} return i; })()`;

const images = {
  'image-data': imageData(''),
  'image-data-pixel': 'new ImageData(new Uint8ClampedArray([255, 128, 0, 255]), 1, 1)',
  'image-data-srgb': imageData(', { colorSpace: "srgb" }'),
  'image-data-p3': imageData(', { colorSpace: "display-p3" }'),
  'image-data-float16': 'new ImageData(1, 1, { pixelFormat: "rgba-float16" })',
  'image-data-float16-p3': 'new ImageData(2, 1, { pixelFormat: "rgba-float16", colorSpace: "display-p3" })',
  'image-data-float16-array': 'new ImageData(new Float16Array([0.5, 1, -1, 2]), 1, 1, { pixelFormat: "rgba-float16" })',
  'image-data-unorm8': 'new ImageData(1, 1, { pixelFormat: "rgba-unorm8" })',
  'image-data-of-canvas': 'canvas(2, 1).getContext("2d").getImageData(0, 0, 2, 1)',
  'image-data-of-canvas-p3': 'canvas(2, 1, { colorSpace: "display-p3" }).getContext("2d").getImageData(0, 0, 2, 1)',
  'image-data-twice': '(() => { const i = new ImageData(1, 1); return [i, i, i.data]; })()',
  'image-data-wide': 'new ImageData(200, 1)',
  'image-data-detached': '(() => { const i = new ImageData(1, 1); i.data.buffer.transfer(); return i; })()',
  'image-bitmap': 'createImageBitmap(canvas(2, 1))',
  'image-bitmap-transparent': 'createImageBitmap(new ImageData(new Uint8ClampedArray([255, 0, 0, 128]), 1, 1))',
  'image-bitmap-not-premultiplied': 'createImageBitmap(new ImageData(new Uint8ClampedArray([255, 0, 0, 128]), 1, 1), { premultiplyAlpha: "none" })',
  'image-bitmap-flipped': 'createImageBitmap(new ImageData(new Uint8ClampedArray([1, 2, 3, 255, 4, 5, 6, 255]), 1, 2), { imageOrientation: "flipY" })',
  'image-bitmap-opaque': 'createImageBitmap(canvas(2, 1, { alpha: false }))',
  'image-bitmap-p3': 'createImageBitmap(canvas(2, 1, { colorSpace: "display-p3" }))',
  'image-bitmap-float16': 'createImageBitmap(canvas(1, 1, { colorType: "float16" }))',
  'image-bitmap-float16-p3': 'createImageBitmap(canvas(1, 1, { colorType: "float16", colorSpace: "display-p3" }))',
  'image-bitmap-linear': 'createImageBitmap(canvas(1, 1, { colorSpace: "rec2100-linear", colorType: "float16" }))',
  'image-bitmap-of-blob': 'canvas(2, 1).convertToBlob().then(blob => createImageBitmap(blob))',
  'image-bitmap-of-blob-default': 'canvas(2, 1).convertToBlob().then(blob => createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" }))',
  'image-bitmap-cropped': 'createImageBitmap(canvas(4, 4), 0, 0, 2, 1)',
  'image-bitmap-transferred': 'canvas(2, 1).transferToImageBitmap()',
  'image-bitmap-twice': 'createImageBitmap(canvas(1, 1)).then(b => [b, b])',
};

// MARK: Geometry

const geometry = {
  'point': 'new DOMPoint(1, 2, 3, 4)',
  'point-default': 'new DOMPoint()',
  'point-special': 'new DOMPoint(-0, NaN, Infinity, -1.5)',
  'point-read-only': 'new DOMPointReadOnly(1, 2, 3, 4)',
  'rect': 'new DOMRect(1, 2, 3, 4)',
  'rect-negative': 'new DOMRect(1, 2, -3, -4)',
  'rect-read-only': 'new DOMRectReadOnly(1, 2, 3, 4)',
  'quad': 'new DOMQuad({ x: 1, y: 2 }, { x: 3, y: 4 }, { x: 5, y: 6, z: 7 }, { x: 8, y: 9, w: 10 })',
  'quad-of-rect': 'DOMQuad.fromRect({ x: 1, y: 2, width: 3, height: 4 })',
  'matrix': 'new DOMMatrix()',
  'matrix-2d': 'new DOMMatrix([1, 2, 3, 4, 5, 6])',
  'matrix-3d': 'new DOMMatrix([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])',
  'matrix-3d-identity': 'DOMMatrix.fromMatrix({ is2D: false })',
  'matrix-nan': 'new DOMMatrix([NaN, -0, Infinity, 0, 0, 0])',
  'matrix-read-only': 'new DOMMatrixReadOnly([1, 2, 3, 4, 5, 6])',
  'matrix-read-only-3d': 'new DOMMatrixReadOnly([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])',
  'geometry-together': '(() => { const p = new DOMPoint(1); return { p, r: new DOMRect(), again: p, q: new DOMQuad() }; })()',
};

// MARK: Errors of the platform

const exceptions = {
  ...map(
    ['Error', 'AbortError', 'DataCloneError', 'NotFoundError', 'SyntaxError', 'TimeoutError', 'QuotaExceededError', 'QuotaExceeded', ''],
    name => [`exception-${name.toLowerCase() || 'unnamed'}`, `new DOMException("message", ${string(name)})`]
  ),
  'exception': 'new DOMException()',
  'exception-unicode': 'new DOMException("\\u20ac\\ud83d\\ude00", "\\xfc")',
  'exception-lone-surrogate': 'new DOMException("\\ud800", "\\udc00")',
  'exception-thrown': '(() => { try { structuredClone(() => 1); } catch (error) { return error; } })()',
  'exception-twice': '(() => { const e = new DOMException("m"); return [e, e]; })()',
  'exception-property': 'Object.assign(new DOMException("m"), { x: 1 })',
  'quota': 'new QuotaExceededError("message")',
  'quota-numbers': 'new QuotaExceededError("message", { quota: 10, requested: 20.5 })',
  'quota-only': 'new QuotaExceededError("message", { quota: 10 })',
  'quota-requested': 'new QuotaExceededError("", { requested: 0 })',
  'quota-default': 'new QuotaExceededError()',
};

// MARK: Keys

const sixteen = '000102030405060708090a0b0c0d0e0f';
const secret = length => string(`${sixteen}${sixteen}`.slice(0, length * 2));
const hashes = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
const short = name => name.toLowerCase().replaceAll('-', '').replaceAll('_', '');
const imported = (format, material, algorithm, extractable, usages) => `key(${string(format)}, ${material}, ${string(algorithm)}, ${extractable}, ${string(usages)})`;

function pair(name, algorithm, material, privateUsages, publicUsages) {
  const { pkcs8, spki } = keys[material];
  return {
    [`key-${name}-private`]: imported('pkcs8', string(pkcs8), algorithm, true, privateUsages),
    [`key-${name}-public`]: imported('spki', string(spki), algorithm, true, publicUsages),
  };
}

const cryptoKeys = {
  ...map(
    ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'].flatMap(name => [16, 24, 32].map(length => ({ name, length }))),
    ({ name, length }) => [`key-${short(name)}-${length * 8}`, imported('raw', secret(length), { name }, true, name === 'AES-KW' ? ['wrapKey', 'unwrapKey'] : ['encrypt', 'decrypt'])]
  ),
  'key-aesgcm-not-extractable': imported('raw', secret(16), { name: 'AES-GCM' }, false, ['encrypt']),
  'key-aesgcm-all-usages': imported('raw', secret(16), { name: 'AES-GCM' }, true, ['unwrapKey', 'wrapKey', 'decrypt', 'encrypt']),
  'key-aescbc-wrap': imported('raw', secret(16), { name: 'AES-CBC' }, false, ['wrapKey']),
  ...map(hashes, hash => [`key-hmac-${short(hash)}`, imported('raw', secret(20), { name: 'HMAC', hash }, true, ['sign', 'verify'])]),
  'key-hmac-of-bits': imported('raw', secret(20), { name: 'HMAC', hash: 'SHA-256', length: 155 }, true, ['sign']),
  'key-hmac-byte': imported('raw', secret(1), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']),
  ...Object.assign({}, ...hashes.map(hash => ({
    ...pair(`rsassa-${short(hash)}`, { name: 'RSASSA-PKCS1-v1_5', hash }, 'rsa', ['sign'], ['verify']),
    ...pair(`rsapss-${short(hash)}`, { name: 'RSA-PSS', hash }, 'rsa', ['sign'], ['verify']),
    ...pair(`rsaoaep-${short(hash)}`, { name: 'RSA-OAEP', hash }, 'rsa', ['decrypt', 'unwrapKey'], ['encrypt', 'wrapKey']),
  }))),
  ...pair('rsa-of-three', { name: 'RSA-PSS', hash: 'SHA-256' }, 'rsaOfThree', ['sign'], ['verify']),
  ...Object.assign({}, ...[256, 384, 521].map(size => ({
    ...pair(`ecdsa-p${size}`, { name: 'ECDSA', namedCurve: `P-${size}` }, `p${size}`, ['sign'], ['verify']),
    ...pair(`ecdh-p${size}`, { name: 'ECDH', namedCurve: `P-${size}` }, `p${size}`, ['deriveKey', 'deriveBits'], []),
  }))),
  'key-ecdsa-not-extractable': imported('pkcs8', string(keys.p256.pkcs8), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']),
  'key-ecdsa-raw': imported('raw', string(keys.p256.spki.slice(-130)), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']),
  ...pair('ed25519', { name: 'Ed25519' }, 'ed25519', ['sign'], ['verify']),
  ...pair('x25519', { name: 'X25519' }, 'x25519', ['deriveKey', 'deriveBits'], []),
  'key-hkdf': imported('raw', secret(16), { name: 'HKDF' }, false, ['deriveKey', 'deriveBits']),
  'key-hkdf-bits': imported('raw', secret(3), { name: 'HKDF' }, false, ['deriveBits']),
  'key-pbkdf2': imported('raw', secret(8), { name: 'PBKDF2' }, false, ['deriveKey', 'deriveBits']),
  'key-pbkdf2-empty': imported('raw', '""', { name: 'PBKDF2' }, false, ['deriveBits']),
  'key-chacha20': imported('raw-secret', secret(32), { name: 'ChaCha20-Poly1305' }, true, ['encrypt', 'decrypt']),
  ...map(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'], name => [`key-${short(name)}`, imported('raw-seed', secret(32), { name }, true, ['sign'])]),
  ...map(['ML-KEM-768', 'ML-KEM-1024'], name => [`key-${short(name)}`, imported('raw-seed', string(sixteen.repeat(4)), { name }, true, ['decapsulateBits', 'decapsulateKey'])]),
  'key-mldsa44-public': `${imported('raw-seed', secret(32), { name: 'ML-DSA-44' }, true, ['sign'])}.then(k => crypto.subtle.getPublicKey(k, ["verify"]))`,
  'key-mlkem768-public': `${imported('raw-seed', string(sixteen.repeat(4)), { name: 'ML-KEM-768' }, true, ['decapsulateBits'])}.then(k => crypto.subtle.getPublicKey(k, ["encapsulateBits", "encapsulateKey"]))`,
  'key-mlkem768-x25519': imported('raw-seed', secret(32), { name: 'MLKEM768-X25519' }, true, ['decapsulateBits', 'decapsulateKey']),
  'key-twice': `${imported('raw', secret(16), { name: 'AES-GCM' }, true, ['encrypt'])}.then(k => ({ k, again: k }))`,
};

// MARK: Handles and certificates

const others = {
  'handle-file': 'file("handle.txt")',
  'handle-folder': 'folder("folder")',
  'handle-root': 'navigator.storage.getDirectory()',
  'handle-unicode': 'file("\\u20ac.txt")',
  'handles': '(async () => { const f = await file("handle.txt"); return [f, await folder("folder"), f, await file("handle.txt")]; })()',
  'handle-and-blob': '(async () => [new Blob(["x"]), await file("handle.txt")])()',
  'certificate': 'RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" })',
  'certificate-rsa': 'RTCPeerConnection.generateCertificate({ name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" })',
  'everything': `(async () => ({
    point: new DOMPoint(1), rect: new DOMRect(2), image: new ImageData(1, 1), error: new DOMException("m"), blob: new Blob(["x"]),
    file: new File(["y"], "f", { lastModified: 5 }), handle: await file("handle.txt"), another: new DOMPoint(3), text: "\\u20ac",
  }))()`,
};

// MARK: Large values, which IndexedDB compresses, or moves to a file, or both

const large = {
  // Up to 65536 bytes a value stays as it is.
  ...map([65515, 65516, 100000], count => [`large-text-${count}`, `"x".repeat(${count})`]),
  'large-two-byte': '"\\u20ac".repeat(50000)',
  'large-noise-65509': 'noise(65509)',
  // Only what saves a tenth stays compressed.
  ...map([7700, 7800], zeros => [`large-noise-and-${zeros}-zeros`, `[noise(66000), new Uint8Array(${zeros})]`]),
  'large-zeros': 'new Uint8Array(1500000)',
  'large-words': 'Array.from({ length: 9000 }, (_, index) => `word ${index % 37}`)',
  'large-and-blob': '({ blob: new Blob(["x"]), noise: noise(70000) })',
  'large-and-handle': '(async () => ({ handle: await file("handle.txt"), noise: noise(70000) }))()',
};

// MARK: What cannot be stored

const refused = {
  'refused-function': '() => 1',
  'refused-symbol': 'Symbol("s")',
  'refused-node': 'document.body',
  'refused-window': 'window',
  'refused-promise': '({ p: Promise.resolve() })',
  'refused-weak-map': 'new WeakMap()',
  'refused-proxy': 'new Proxy({}, {})',
  'refused-getter': '({ get a() { throw new RangeError("getter") } })',
  'refused-shared-buffer': 'new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer',
  'refused-module': 'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))',
  'memory': 'new WebAssembly.Memory({ initial: 0 }).buffer',
  'refused-port': 'new MessageChannel().port1',
  'refused-canvas': 'new OffscreenCanvas(1, 1)',
  'refused-readable-stream': 'new ReadableStream()',
  'refused-writable-stream': 'new WritableStream()',
  'refused-transform-stream': 'new TransformStream()',
  'refused-audio-data': 'new AudioData({ format: "u8", sampleRate: 8000, numberOfFrames: 1, numberOfChannels: 1, timestamp: 0, data: new Uint8Array(1) })',
  'refused-video-frame': 'new VideoFrame(canvas(2, 2), { timestamp: 0 })',
  'refused-encoded-audio': 'new EncodedAudioChunk({ type: "key", timestamp: 0, data: new Uint8Array(1) })',
  'refused-encoded-video': 'new EncodedVideoChunk({ type: "key", timestamp: 0, data: new Uint8Array(1) })',
  'refused-track': 'document.createElement("canvas").captureStream().getTracks()[0]',
  'refused-crop-target': 'CropTarget.fromElement(document.body)',
  'refused-restriction-target': 'RestrictionTarget.fromElement(document.body)',
  'refused-fenced-frame-config': 'new FencedFrameConfig("https://clone.example/")',
  'refused-media-source-handle': `new Promise(resolve => {
    const script = 'const { handle } = new MediaSource(); postMessage(handle, [handle]);';
    new Worker(URL.createObjectURL(new Blob([script]))).onmessage = event => resolve(event.data);
  })`,
  'refused-file-system': 'new Promise((resolve, reject) => webkitRequestFileSystem(TEMPORARY, 1024, resolve, reject))',
  'refused-data-channel': 'new RTCPeerConnection().createDataChannel("c")',
  'refused-color-space': 'new VideoColorSpace()',
  'refused-url': 'new URL("https://clone.example/")',
  'refused-headers': 'new Headers()',
  'refused-form-data': 'new FormData()',
  'refused-css-value': 'new CSSUnitValue(1, "px")',
  'refused-temporal': 'Temporal.Now.instant()',
  'refused-bitmap-closed': 'createImageBitmap(canvas(1, 1)).then(b => (b.close(), b))',
  'refused-abort-signal': 'new AbortController().signal',
  'refused-audio-buffer': 'new AudioBuffer({ length: 1, sampleRate: 8000 })',
};

/** Every expression by its name, in the order in which they are stored. */
export const chromiumValues = { ...values, ...blobs, ...images, ...geometry, ...exceptions, ...cryptoKeys, ...others, ...large, ...refused };
