// What is put to Node's `v8.serialize` and to its channel between processes.

const kinds = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'];

/** Expressions, by name: their values are written by `v8.serialize` and sent through a channel. */
export const nodeCases = {
  'number': '42',
  'text': "'grüße €'",
  'undefined': 'undefined',
  'object': "({ a: 1, b: [true, null, undefined], c: new Map([['k', new Set([1])]]) })",
  'date-and-error': "[new Date(0), Object.assign(new RangeError('m', { cause: 1 }), { stack: 's' })]",
  'bigint': '[1n, -(2n ** 70n)]',
  'cycle': '(() => { const a = { list: [] }; a.list.push(a, a.list); return a; })()',
  'array-buffer': '[new Uint8Array([1, 2]).buffer, new ArrayBuffer(0)]',

  'buffer': 'Buffer.from([1, 2, 3])',
  'buffer-empty': 'Buffer.alloc(0)',
  'buffer-text': "({ body: Buffer.from('ä€') })",
  'buffer-slice': 'Buffer.from([1, 2, 3, 4, 5]).subarray(1, 4)',
  'buffer-long': "Buffer.alloc(300, 'abc')",
  'buffer-twice': '(() => { const b = Buffer.from([7]); return [b, b, { b }]; })()',
  'buffer-beside-view': '[Buffer.from([1]), new Uint8Array([1])]',

  ...Object.fromEntries(kinds.flatMap(kind => [
    [`${kind}`, `new ${kind}Array([1, 2, 255])`],
    [`${kind}-empty`, `new ${kind}Array(0)`],
    [`${kind}-part`, `new ${kind}Array(new Uint8Array(64).map((_, i) => i).buffer, 8, 3)`],
  ])),
  'BigInt64': 'new BigInt64Array([1n, -1n])',
  'BigUint64': 'new BigUint64Array([1n, 2n ** 64n - 1n])',
  'Float16': 'new Float16Array([1, -0.5, Infinity])',
  'Float16-empty': 'new Float16Array(0)',
  'DataView': 'new DataView(new Uint8Array([1, 2, 3]).buffer, 1)',
  'DataView-empty': 'new DataView(new ArrayBuffer(0))',

  'views-on-one-buffer': '(() => { const b = new Uint8Array([1, 2, 3, 4]).buffer; return [new Uint8Array(b), new Uint16Array(b), b]; })()',
  'view-before-its-buffer': '(() => { const v = new Uint8Array([1, 2]); return { v, b: v.buffer, w: v }; })()',
  'view-subclass': 'new (class Bytes extends Uint8Array {})([1, 2])',
  'view-with-properties': "Object.assign(new Uint8Array([1]), { name: 'x' })",
  'view-in-map': "new Map([[new Uint8Array([1]), Buffer.from('v')]])",
  'view-in-set': 'new Set([new Int16Array([1]), new Int16Array([1])])',
  'view-in-cause': "Object.assign(new Error('m', { cause: new Uint8Array([9]) }), { stack: 's' })",
  'view-behind-odd-offset': "['a', new Float64Array([1]), '€', new Uint16Array([5]), '€']",
  'view-resizable': 'new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))',
  'view-shared': '(() => { const v = new Uint8Array(new SharedArrayBuffer(3)); v[1] = 5; return v; })()',
  'view-deep': '[[[{ a: { b: new Uint32Array([1, 2]) } }]]]',
  'many-views': 'Array.from({ length: 40 }, (_, i) => (i % 3 ? new Uint8Array(i).fill(i) : Buffer.alloc(i, i)))',

  'view-out-of-bounds': '(() => { const b = new ArrayBuffer(8, { maxByteLength: 8 }); const v = new Uint8Array(b, 4, 4); b.resize(2); return v; })()',
  'view-detached': '(() => { const v = new Uint8Array(2); structuredClone(v, { transfer: [v.buffer] }); return v; })()',
  'shared-buffer': 'new SharedArrayBuffer(4)',
  'function': '({ f() {} })',
  'symbol': "[Symbol('s')]",
  'weak-map': 'new WeakMap()',
};

/** Payloads for `v8.deserialize`. */
export const nodeReads = [
  'ff0f5c0303010203', 'ff0f5c0800', 'ff0f5c080201020304', 'ff0f5c0aff01', 'ff0f5c0a04010203', 'ff0f5c0b0101', 'ff0f5c0b08' + '01'.repeat(8),
  'ff0f5c0c08' + '02'.repeat(8), 'ff0f5c0d02003c', 'ff0f5c0d03003c00', 'ff0f5c0e0100', 'ff0f5c0f00', 'ff0f5cffffffff0f00', 'ff0f5c', 'ff0f5c01',
  'ff0f5c0a', 'ff0f5c8a000101', 'ff0f5c0a8101' + '00'.repeat(129), 'ff0f41025c0a01075e01240002', 'ff0f41025c0a01075e0024 0002'.replace(/ /g, ''),
  'ff0f4103' + '5c010107' + '5e01' + '5e02' + '240003', 'ff0f6f22015c5c0a0107 7b01'.replace(/ /g, ''), 'ff0e5c0a0107', 'ff0d5c0a0107', 'ff0c5c0a0107',
  'ff105c0a0107', '5c0a0107', 'ff0f5c0a010756420001', 'ff0f5c09010756420001', 'ff0f4201075642000100', 'ff0f005c0a0107', 'ff0f5c000a0107',
];
