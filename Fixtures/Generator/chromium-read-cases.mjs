// What is planted in IndexedDB for Chromium to read: envelopes by hand, and mutants of what Chromium wrote.
// A case has a name, `bytes`, and `contents` if blobs with these contents shall stand beside it instead of the usual objects.
import { certificate, keys } from './chromium-keys.mjs';

// MARK: Bytes

const hexByte = byte => byte.toString(16).padStart(2, '0');
const hex = bytes => Array.from(bytes, hexByte).join('');
const bytesOf = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
const varint = value => (value < 0x80 ? hexByte(value) : hexByte(value % 0x80 + 0x80) + varint(Math.floor(value / 0x80)));
const big = (value, size) => BigInt.asUintN(size * 8, BigInt(value)).toString(16).padStart(size * 2, '0');
const double = value => hex(new Uint8Array(new Float64Array([value]).buffer));
const doubles = (...values) => values.map(double).join('');
const utf8 = text => hex(new TextEncoder().encode(text));
const string = text => varint(utf8(text).length / 2) + utf8(text);
const length = text => text.length / 2;
const packed = (...parts) => parts.join('').replaceAll(' ', '');

const swapped = text => text.replace(/(..)(..)/g, '$2$1');
const even = text => (length(text) % 2 ? `${text}00` : text);

/** An envelope of today around a value: the trailer lists interfaces, as tags. */
function envelope(value, { blink = 21, v8 = 15, tags = '', offset, size, tag = 'fe', trailer } = {}) {
  const body = `ff${varint(v8)}${packed(value)}`;
  const end = trailer ?? (tags ? `a0${big(tags.length, 4)}${utf8(tags)}` : '');
  if (blink < 21 && tag === 'fe') return `ff${varint(blink)}${body}`;
  const head = `ff${varint(blink)}${tag}`;
  const start = end ? length(head) + 12 + length(body) : 0;
  return head + big(offset ?? start, 8) + big(size ?? length(end), 4) + body + end;
}

/** A single header, as up to version 15, and versions from 16 on with their two. */
const historic = (value, version, v8 = 13) => (version <= 15 ? `ff${varint(version)}${packed(value)}` : envelope(value, { blink: version, v8 }));

/** Names of a group's cases. */
const group = (name, cases) => Object.entries(cases).map(([key, value]) => ({ name: `${name}/${key}`, ...(typeof value === 'string' ? { bytes: value } : value) }));
const map = (list, make) => Object.fromEntries(list.map(make));
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

// MARK: Versions and envelopes

const versions = group('version', {
  ...map([...range(0, 26), 127, 128, 255, 256, 16384, 2 ** 31, 2 ** 32 - 1, 2 ** 32], version => [`${version}-two-headers`, `ff${varint(version)}ff0f4902`]),
  ...map([...range(0, 26), 128, 255, 2 ** 32 - 1], version => [`${version}-with-trailer-fields`, `ff${varint(version)}fe${'00'.repeat(12)}ff0f4902`]),
  ...map([...range(0, 26), 127, 128], version => [`${version}-one-header`, `ff${varint(version)}4902`]),
  ...map([...range(0, 18), 21, 127], version => [`inner-${version}`, envelope('6f 530161 4902 7b01', { v8: version })]),
  ...map(range(0, 18), version => [`inner-${version}-of-17`, `ff11ff${varint(version)}6f5301614902 7b01`.replaceAll(' ', '')]),
  ...map([12, 13, 14, 15, 16, 17], version => [`inner-${version}-error`, envelope('72 52 6d220161 63 4902 2e', { v8: version })]),
  'none': '4902',
  'none-header': 'ff0f4902',
  'empty': '',
  'tag-alone': 'ff',
  'tag-twice': 'ffff',
  'byte': '00',
  'zeros': '00000000',
  'canned-null': 'ff11ff0d3000',
  'canned-undefined': 'ff11ff0d5f00',
  'inner-missing': 'ff11',
  'inner-missing-value': 'ff114902',
  'three-headers': 'ff11ff11ff0f4902',
  'three-headers-21': `ff15fe${'00'.repeat(12)}ff15fe${'00'.repeat(12)}ff0f4902`,
  'outer-varint-of-two': 'ff9100ff0f4902',
  'outer-varint-of-five': 'ff9180808000ff0f4902',
  'outer-varint-of-six': 'ff918080808000ff0f4902',
  'outer-varint-unterminated': 'ff919191',
  'outer-21-varint-of-two': `ff9500fe${'00'.repeat(12)}ff0f4902`,
  'inner-varint-of-two': 'ff11ff8f004902',
  'padding-before-outer': '00ff11ff0f4902',
  'padding-before-inner': 'ff1100ff0f4902',
  'electron': 'ff13ff0f4902',
  'trailing-bytes': 'ff11ff0f4902deadbeef',
  'trailing-value': 'ff11ff0f49024904',
});

const whole = { blob: envelope('41 02 5c6900 63 02ac20 24 0002', { tags: 'i' }), point: envelope(`5c51${doubles(1, 2, 3, 4)}`, { tags: 'Q' }) };

const prefixes = Object.entries(whole).flatMap(([name, bytes]) => group(`prefix-of-${name}`, map(range(1, length(bytes) - 1), count => [count, bytes.slice(0, count * 2)])));

// MARK: Trailers. The reader of values skips them

const point = `5c51${doubles(1, 2, 3, 4)}`;

const trailers = group('trailer', {
  'right': envelope(point, { tags: 'Q' }),
  'absent': envelope(point),
  'other-interface': envelope(point, { tags: 'i' }),
  'unexposed-interface': envelope(point, { tags: 's' }),
  'unknown-interface': envelope(point, { trailer: 'a00000000101' }),
  'several': envelope(point, { tags: 'QiK' }),
  'twice-the-same': envelope(point, { tags: 'QQ' }),
  'none-listed': envelope(point, { trailer: 'a000000000' }),
  'two-records': envelope(point, { trailer: 'a00000000151a00000000169' }),
  'unknown-record': envelope(point, { trailer: 'a10000000151' }),
  'count-too-large': envelope(point, { trailer: 'a0ffffffff51' }),
  'count-too-small': envelope(point, { trailer: 'a0000000015151' }),
  'cut': envelope(point, { trailer: 'a00000' }),
  'garbage': envelope(point, { trailer: 'deadbeef' }),
  ...map([1, 14, 15, 16, 30, 255, 2 ** 32, 2n ** 63n, 2n ** 64n - 1n], offset => [`offset-${offset}`, envelope(point, { tags: 'Q', offset })]),
  ...map([0, 1, 5, 7, 255, 2 ** 32 - 1], size => [`size-${size}`, envelope(point, { tags: 'Q', size })]),
  'offset-without-size': envelope(point, { offset: 51 }),
  'size-without-offset': envelope(point, { size: 6 }),
  'offset-and-size-beyond': envelope(point, { offset: 1000, size: 1000 }),
  ...map(['00', 'fd', 'ff', '49'], tag => [`tag-${tag}`, envelope(point, { tag })]),
  'fields-missing': 'ff15ff0f4902',
  'fields-of-eleven': `ff15fe${'00'.repeat(11)}ff0f4902`,
  'fields-of-thirteen': `ff15fe${'00'.repeat(13)}ff0f4902`,
  'fields-end': `ff15fe${'00'.repeat(12)}`,
  'fields-end-header': `ff15fe${'00'.repeat(12)}ff0f`,
  'at-20': `ff14fe${'00'.repeat(12)}ff0f4902`,
  'before-value': envelope('', { trailer: '4902' }),
});

// MARK: Stored data whose units were swapped

const swappedCases = {
  ...map(range(0, 22), version => [`${version}-two-headers`, swapped(even(`ff${varint(version)}ff0f4902`))]),
  ...map(range(0, 17), version => [`${version}-one-header`, swapped(even(`ff${varint(version)}4902`))]),
  'with-trailer-fields': swapped(even(`ff15fe${'00'.repeat(12)}ff0f4902`)),
  'text': swapped('ff0f2203616263'.padEnd(16, '0')),
  'text-two-byte': swapped(even('ff0d6304ac20ac20')),
  'object-13': swapped(even('ff0d6f2201614902 7b01'.replace(' ', ''))),
  'object-old': swapped(even('ff09 6f 530161 4902 7b01'.replaceAll(' ', ''))),
  'odd': `${swapped('ff0d4902')}00`,
  'odd-unswapped': 'ff0d490200',
  'two-bytes': '3000',
  'two-bytes-unswapped': '0030',
  'two-bytes-header': 'ff0d',
  'four-bytes': '3000ff0d',
  'four-bytes-header': 'ff0d4902',
  'v0': swapped('4902'),
  'v0-null': swapped('3000'),
  'v0-text': swapped(even('53 03 616263'.replaceAll(' ', ''))),
  'v0-object': swapped(even('53 01 61 49 02 7b 01'.replaceAll(' ', ''))),
  ...map(['23', '40', '44', '49', '4e', '52', '53', '55', '5b', '62', '66', '6c', '7b', '00', '30', '5f', '41', '22'], tag => [`v0-tag-${tag}`, `ff${tag}4902`]),
  ...map(['23', '40', '44', '49', '4e', '52', '53', '55', '5b', '62', '66', '6c', '7b', '00', '30', '5f'], tag => [`v0-tag-${tag}-odd`, `ff${tag}490200`]),
  ...map(
    [['23', 'ff0249'], ['44', 'ff00000000000000'], ['49', 'ff0200'], ['4e', 'ff00000000000000'], ['53', `ff01${'61'.repeat(255)}`], ['55', 'ff0300'], ['30', 'ff'], ['5f', 'ff']],
    ([tag, rest]) => [`v0-value-${tag}`, swapped(even(tag + rest))]
  ),
  ...map(['0d', '0e', '0f', '10', '11', '15'], version => [`unswapped-${version}`, even(`ff${version}ff0f4902`)]),
  'version-16': swapped(even('ff10ff0d4902')),
  'version-16-object': swapped(even('ff10ff0d6f22016149027b01')),
  'version-16-unswapped': 'ff10ff0d4902',
  'version-17-swapped': swapped(even('ff11ff0d4902')),
  'blob-16': swapped(even('ff10ff0d5c6900')),
  'blob-9': swapped(even('ff096900')),
  'image-data-9': swapped(even('ff0923010104ff8000ff')),
};

const swaps = group('swapped', swappedCases);

// MARK: Host objects

const uuid = string('11111111-2222-3333-4444-555555555555');
const pixel = '04ff8000ff';
const pem = (label, der) => `-----BEGIN ${label}-----\n${Buffer.from(der, 'hex').toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
const keyPEM = pem('PRIVATE KEY', keys.p256.pkcs8);
const certificatePEM = pem('CERTIFICATE', certificate);

/** A key: subtype, parameters, usages, material. */
const key = (subtype, parameters, usages, material) => `4b${hexByte(subtype)}${parameters.map(varint).join('')}${varint(usages)}${varint(length(material))}${material}`;
const sixteen = '000102030405060708090a0b0c0d0e0f';
const rsa = (algorithm, type, hash, usages, material, { bits = 1024, exponent = '010001' } = {}) =>
  `4b04${varint(algorithm)}${varint(type)}${varint(bits)}${varint(length(exponent))}${exponent}${varint(hash)}${varint(usages)}${varint(length(material))}${material}`;

/** One payload of every kind, the tag first, that the reader of today takes. */
const hosts = {
  'blob': `62${uuid}${string('text/plain')}03`,
  'blob-index': '6900',
  'file-index': '6501',
  'file-list-index': '4c0101',
  'image-data': `23 01 01 03 00 00 01 01 ${pixel}`,
  'image-bitmap': `67 02 02 06 00 04 01 05 01 08 00 00 01 01 ${pixel}`,
  'point': `51${doubles(1, 2, 3, 4)}`,
  'point-read-only': `57${doubles(1, 2, 3, 4)}`,
  'rect': `45${doubles(1, 2, 3, 4)}`,
  'rect-read-only': `52${doubles(1, 2, 3, 4)}`,
  'quad': `54${doubles(...range(1, 16))}`,
  'matrix-2d': `49${doubles(1, 2, 3, 4, 5, 6)}`,
  'matrix-2d-read-only': `4f${doubles(1, 2, 3, 4, 5, 6)}`,
  'matrix': `59${doubles(...range(1, 16))}`,
  'matrix-read-only': `55${doubles(...range(1, 16))}`,
  'exception': `78${string('AbortError')}${string('message')}00`,
  'quota': `71${string('message')}00 01${double(10)} 01${double(20.5)}`,
  'key-aes': key(1, [9, 16], 7, sixteen),
  'key-hmac': key(2, [16, 6], 25, sixteen),
  'handle-file': `6e${string('handle.txt')}00`,
  'handle-folder': `4e${string('folder')}01`,
  'certificate': `6b${string(keyPEM)}${string(certificatePEM)}`,
  'file-system': `64 00 ${string('name')} ${string('filesystem:https://clone.example/temporary/')}`,
};

/** Every byte as the tag, and what cannot be stored or must be transferred, however plausible its payload. */
const tags = [
  ...group('tag', map(range(0, 255), tag => [hexByte(tag), envelope(`5c${hexByte(tag)}${'00'.repeat(160)}`)])),
  ...group('tag-with-text', map([...'bdfklsCcDSnNxqp'], tag => [utf8(tag), envelope(`5c${utf8(tag)}${'0161'.repeat(80)}`)])),
  ...group('tag-end', map([...'MhbiefldnN#gGJHrwmsQWERTIOYUKkAVpavyzcDSBFtCxq'], tag => [utf8(tag), envelope(`5c${utf8(tag)}`)])),
];

const everyHost = [
  ...Object.entries(hosts).flatMap(([name, payload]) => group(`host-${name}`, {
    'today': envelope(`5c${payload}`),
    'in-array': envelope(`4103 5c${payload} 5e01 4902 240003`),
    'without-tag': envelope(payload),
    'padded': envelope(`00005c${payload}`),
    'padded-after-tag': envelope(`5c00${payload}`),
    'trailing': envelope(`4102 5c${payload} 00 4902 240002`),
    'inner-12': envelope(payload, { v8: 12 }),
    'inner-12-with-tag': envelope(`5c${payload}`, { v8: 12 }),
    ...map([3, 5, 6, 9, 12, 13, 14, 15, 16, 17, 18, 20], version => [`at-${version}`, historic(version < 13 ? payload : `5c${payload}`, version)]),
  })),
];

const oldImage = `23 01 01 ${pixel}`;
const oldBitmap = `67 01 01 01 01 ${pixel}`;
const oldFile = {
  3: `66${string('/tmp/a.txt')}${uuid}${string('text/plain')}`,
  4: `66${string('/tmp/a.txt')}${string('a.txt')}${string('dir/a.txt')}${uuid}${string('text/plain')}01 03 ${double(1.5)}`,
  '4-without-snapshot': `66${string('/tmp/a.txt')}${string('a.txt')}${string('dir/a.txt')}${uuid}${string('text/plain')}00`,
  7: `66${string('/tmp/a.txt')}${string('a.txt')}${string('dir/a.txt')}${uuid}${string('text/plain')}01 03 ${double(1500)} 01`,
  '7-invisible': `66${string('')}${string('a.txt')}${string('')}${uuid}${string('text/plain')}01 03 ${double(1500)} 00`,
  '7-nan': `66${string('')}${string('a.txt')}${string('')}${uuid}${string('')}01 03 ${double(NaN)} 00`,
  '7-without-snapshot': `66${string('')}${string('a.txt')}${string('')}${uuid}${string('')}00 00`,
};
const eras = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 18, 19, 20, 21];
const tagged = (payload, version) => (version < 13 ? payload : `5c${payload}`);

/** Forms of former versions, at all versions. */
const history = [
  ...Object.entries({ 'image-data-settings-missing': oldImage, 'image-bitmap-settings-missing': oldBitmap, 'image-data-settings': hosts['image-data'], 'image-bitmap-settings': hosts['image-bitmap'] })
    .flatMap(([name, payload]) => group(name, map(eras, version => [version, historic(tagged(payload, version), version)]))),
  ...Object.entries(oldFile).flatMap(([form, payload]) => group(`file-of-${form}`, map([1, 2, 3, 4, 6, 7, 8, 9, 13, 15, 17, 21], version => [version, historic(tagged(payload, version), version)]))),
  ...group('file-list-of-7', map([3, 4, 7, 8, 15, 17, 21], version => [version, historic(tagged(`6c02${packed(oldFile[7]).slice(2)}${packed(oldFile[7]).slice(2)}`, version), version)])),
  ...group('file-list-empty', map([2, 3, 7, 15, 21], version => [version, historic(tagged('6c00', version), version)])),
  ...group('blob-of-3', map([1, 2, 3, 5, 6, 15, 17, 21], version => [version, historic(tagged(hosts.blob, version), version)])),
  ...group('index', map([4, 5, 6, 7], version => [version, historic('6900', version)])),
  ...group('file-index', map([4, 5, 6, 7], version => [version, historic('6501', version)])),
  ...group('file-list-index', map([4, 5, 6, 7], version => [version, historic('4c0101', version)])),
  ...group('exception-of-two-fields', map([15, 17, 21], version => [version, historic(`5c78${string('Error')}${string('m')}`, version)])),
];

// MARK: Fields out of range

const image = (settings, rest = `00 01 01 ${pixel}`) => envelope(`5c23${settings}${rest}`);
/** With the setting that says the pixels are of clean origin, without which no bitmap is read. */
const bitmap = (settings, rest = `00 01 01 ${pixel}`) => envelope(`5c67 04 01 ${settings}${rest}`);
const parametric = (...values) => `07${doubles(...values)}`;
const toXYZ = [0.436, 0.385, 0.143, 0.222, 0.717, 0.06, 0.014, 0.097, 0.714];
const sRGBCurve = [2.4, 0.948, 0.052, 0.077, 0.04, 0, 0];

const imageFields = group('image-data-field', {
  'no-settings': image(''),
  ...map(range(0, 9), value => [`color-space-${value}`, image(`01${hexByte(value)}`)]),
  ...map(range(0, 5), value => [`pixel-format-${value}`, image(`03${hexByte(value)}`)]),
  ...map(range(0, 5), value => [`pixel-format-${value}-of-8`, image(`03${hexByte(value)}`, '000101080102030405060708')]),
  ...map(range(0, 5), value => [`pixel-format-${value}-of-16`, image(`03${hexByte(value)}`, `00010110${sixteen}`)]),
  ...map([2, 4, 5, 6, 7, 8, 9, 127, 255], value => [`setting-${value}`, image(`${varint(value)}00`)]),
  'settings-reversed': image('03000103'),
  'setting-twice': image('01010103'),
  'setting-varint-of-two': image('81000300'),
  'settings-unterminated': envelope('5c2301010300'),
  'width-zero': image('', '00000100'),
  'height-zero': image('', '00010000'),
  'both-zero': image('', '00000000'),
  'width-large': image('', `00ffffffff0f01${pixel}`),
  'width-and-height-large': image('', `00ffffffff0fffffffff0f${pixel}`),
  'product-overflows': image('', '0080808080048080808004 00'),
  'product-wraps-to-4': image('', `0081808080088101${pixel}`),
  'length-too-small': image('', '0001010300000000'),
  'length-too-large': image('', '000101050000000000'),
  'length-zero': image('', '00010100'),
  'length-beyond': image('', '000101ff01'),
  'length-of-64-bits': image('', `00010184808080808080808000${pixel.slice(2)}`),
  'length-of-ten-bytes': image('', '000101ffffffffffffffffff01'),
  'pixels-cut': image('', '00010104ff80'),
  'two-by-one': image('', '0002010801020304 05060708'),
});

const bitmapFields = group('image-bitmap-field', {
  'no-settings': bitmap(''),
  'today': bitmap(`${parametric(...sRGBCurve, ...toXYZ)}020306000401050108 00`),
  ...map(range(0, 12), value => [`color-space-${value}`, bitmap(`01${hexByte(value)}`)]),
  ...map(range(0, 6), value => [`pixel-format-${value}`, bitmap(`02${hexByte(value)}`)]),
  ...map(range(0, 6), value => [`pixel-format-${value}-of-8`, bitmap(`02${hexByte(value)}`, '000101080102030405060708')]),
  ...map(range(0, 3), value => [`clean-${value}`, bitmap(`04${hexByte(value)}`)]),
  ...map(range(0, 3), value => [`premultiplied-${value}`, bitmap(`05${hexByte(value)}`)]),
  ...map(range(0, 3), value => [`opacity-${value}`, bitmap(`06${hexByte(value)}`)]),
  ...map(range(0, 9), value => [`orientation-${value}`, bitmap(`08${hexByte(value)}`, '00020108ff8000ff010203ff')]),
  ...map([3, 9, 10, 127], value => [`setting-${value}`, bitmap(`${varint(value)}00`)]),
  'parametric': bitmap(parametric(...sRGBCurve, ...toXYZ)),
  'parametric-nan': bitmap(parametric(NaN, 0, 0, 0, 0, 0, 0, ...toXYZ)),
  'parametric-zero': bitmap(parametric(...Array(16).fill(0))),
  'parametric-pq': bitmap(parametric(-2, -1.555522297, 1.860454365, 1 / 159.3017578, 18.8515625, -18.6875, 32 / 2523, ...toXYZ)),
  'parametric-hlg': bitmap(parametric(-3, 2, 2, 5.591816309728916, 0.28466892, 0.55991073, 0, ...toXYZ)),
  'parametric-large': bitmap(parametric(1e300, 1e300, 0, 0, 0, 0, 0, ...toXYZ)),
  'clean-missing': envelope(`5c67 00 01 01 ${pixel}`),
  'parametric-cut': envelope(`5c6707${doubles(1, 2)}`),
  'settings-any-order': bitmap('0501 0401 0600 0203'),
  'clean-0-of-17': envelope(`5c67 00 01 01 01 ${pixel}`, { blink: 17 }),
  'clean-2-of-17': envelope(`5c67 02 01 01 01 ${pixel}`, { blink: 17 }),
  'premultiplied-2-of-17': envelope(`5c67 01 02 01 01 ${pixel}`, { blink: 17 }),
  'width-zero': bitmap('', '00000100'),
  'width-large': bitmap('', `00ffffffff0f01${pixel}`),
  'both-large': bitmap('', `00808004808004${pixel}`),
  'length-too-small': bitmap('', '0001010300000000'),
  'length-too-large': bitmap('', '000101050000000000'),
  'length-zero': bitmap('', '00010100'),
  'length-of-64-bits': bitmap('', `00010184808080808080808000${pixel.slice(2)}`),
});

const fields = group('field', {
  ...map([0, 1, 2, 3, 4, 127, 2 ** 32 - 1], index => [`blob-index-${index}`, envelope(`5c69${varint(index)}`)]),
  ...map([0, 1, 2, 3, 4], index => [`file-index-${index}`, envelope(`5c65${varint(index)}`)]),
  ...map([0, 1, 2, 3, 4], index => [`file-list-index-${index}`, envelope(`5c4c01${varint(index)}`)]),
  'blob-index-twice': envelope('4102 5c6900 5c6900 240002'),
  'blob-index-varint-of-five': envelope('5c698080808010'),
  'file-list-index-count-large': envelope('5c4cffffffff0f01'),
  'file-list-index-second-wrong': envelope('5c4c020109'),
  'blob-uuid-empty': envelope(`5c6200${string('t')}03`),
  'blob-uuid-odd': envelope(`5c62${string('x')}${string('t')}03`),
  'blob-type-upper': envelope(`5c62${uuid}${string('Text/Plain')}03`),
  'blob-type-invalid': envelope(`5c62${uuid}02c328 03`),
  'blob-size-large': envelope(`5c62${uuid}00ffffffffffffffff7f`),
  'blob-size-all-bits': envelope(`5c62${uuid}00ffffffffffffffffff01`),
  'file-list-count-large': envelope('5c6cffffffff0f'),
  ...map(range(0, 5), index => [`handle-file-token-${index}`, envelope(`5c6e${string('handle.txt')}${varint(index)}`)]),
  ...map(range(0, 5), index => [`handle-folder-token-${index}`, envelope(`5c4e${string('folder')}${varint(index)}`)]),
  'handle-twice-the-token': envelope(`4102 5c6e${string('handle.txt')}00 5c6e${string('handle.txt')}00 240002`),
  'handle-name-other': envelope(`5c6e${string('other')}00`),
  'handle-name-empty': envelope('5c6e0000'),
  'handle-name-invalid': envelope('5c6e02c32800'),
  'handle-name-cut': envelope('5c6e0461'),
  ...map(range(0, 4), type => [`file-system-${type}`, envelope(`5c64${varint(type)}${string('n')}${string('filesystem:https://clone.example/isolated/x')}`)]),
  ...map([1, 2, 3, 4, 5, 7, 8, 9], cut => [`point-cut-${cut}`, envelope(`5c51${doubles(1, 2, 3, 4).slice(0, -2 * cut)}`)]),
  'point-nan-payload': envelope(`5c51 010000000000f47f ${doubles(0, 0, 0)}`),
  'rect-infinite': envelope(`5c45${doubles(Infinity, -Infinity, NaN, -0)}`),
  'matrix-nan': envelope(`5c59${doubles(...Array(16).fill(NaN))}`),
  'matrix-2d-like': envelope(`5c59${doubles(1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 1, 0, 5, 6, 0, 1)}`),
  'matrix-read-only-nan': envelope(`5c4f${doubles(...Array(6).fill(NaN))}`),
  ...map(
    ['Error', 'AbortError', 'DataCloneError', 'SyntaxError', 'QuotaExceededError', 'TypeError', 'Nonsense', '', 'abortError'],
    name => [`exception-${name || 'unnamed'}`, envelope(`5c78${string(name)}${string('m')}${string('stack')}`)]
  ),
  'exception-without-stack': envelope(`5c78${string('Error')}${string('m')}`),
  'exception-name-invalid': envelope(`5c7802c328${string('m')}00`),
  'exception-name-surrogate': envelope(`5c7803edb080${string('m')}00`),
  'exception-message-overlong': envelope(`5c78${string('Error')}02c08000`),
  'exception-stack-invalid': envelope(`5c78${string('Error')}${string('m')}02c328`),
  'exception-length-large': envelope('5c78ffffffff0f61'),
  'exception-message-astral': envelope(`5c78${string('Error')}${string('\u{1f600}')}00`),
  'exception-message-nul': envelope(`5c78${string('Error')}0300610000`),
  'exception-bom': envelope(`5c78${string('Error')}06efbbbf61626300`),
  ...map(
    [[0, 0], [1, 1], [2, 1], [1, 2], [255, 1]],
    ([quota, requested]) => [`quota-flags-${quota}-${requested}`, envelope(`5c71${string('m')}00${varint(quota)}${double(10)}${varint(requested)}${double(20)}`)]
  ),
  'quota-negative': envelope(`5c71${string('m')}0001${double(-1)}01${double(-2)}`),
  'quota-nan': envelope(`5c71${string('m')}0001${double(NaN)}01${double(Infinity)}`),
  'quota-more-than-requested': envelope(`5c71${string('m')}0001${double(20)}01${double(10)}`),
  'quota-absent-but-numbers': envelope(`5c71${string('m')}0000${double(20)}00${double(10)}`),
  'quota-cut': envelope(`5c71${string('m')}0001${double(20)}`),
  'certificate-garbage': envelope(`5c6b${string('key')}${string('certificate')}`),
  'certificate-without-key': envelope(`5c6b00${string(certificatePEM)}`),
  'certificate-empty': envelope('5c6b0000'),
  'certificate-other-key': envelope(`5c6b${string(pem('PRIVATE KEY', keys.p384.pkcs8))}${string(certificatePEM)}`),
  'certificate-swapped': envelope(`5c6b${string(certificatePEM)}${string(keyPEM)}`),
});

// MARK: Keys

const { rsa: rsaKey, p256, p384, ed25519, x25519 } = keys;
const keyCase = payload => envelope(`5c${payload}`);

const keyFields = group('key', {
  ...map(range(0, 30), algorithm => [`aes-algorithm-${algorithm}`, keyCase(key(1, [algorithm, 16], 7, sixteen))]),
  ...map([0, 8, 15, 16, 17, 24, 32, 33, 8191, 8192, 2 ** 32 - 1], count => [`aes-length-${count}`, keyCase(key(1, [9, count], 7, sixteen))]),
  ...map([16, 24, 32], count => [`aes-material-${count}`, keyCase(key(1, [9, count], 7, (sixteen + sixteen).slice(0, 2 * count)))]),
  ...map([0, 1, 2, 3, 6, 8, 9, 16, 24, 32, 64, 128, 192, 256, 511, 512, 4096, 8191, 8192, 2 ** 31, 2 ** 32 - 1], usages => [`aes-usages-${usages}`, keyCase(key(1, [9, 16], usages, sixteen))]),
  ...map(range(0, 10), subtype => [`subtype-${subtype}-as-aes`, keyCase(key(subtype, [9, 16], 7, sixteen))]),
  'subtype-255': keyCase(key(255, [9, 16], 7, sixteen)),
  ...map(range(0, 30), hash => [`hmac-hash-${hash}`, keyCase(key(2, [16, hash], 25, sixteen))]),
  ...map([0, 1, 15, 17, 20, 8192, 2 ** 29, 2 ** 32 - 1], count => [`hmac-length-${count}`, keyCase(key(2, [count, 6], 25, sixteen))]),
  'hmac-empty': keyCase(key(2, [0, 6], 25, '')),
  ...map([0, 3, 5, 7, 25, 128], usages => [`hmac-usages-${usages}`, keyCase(key(2, [16, 6], usages, sixteen))]),
  ...map(range(0, 26), algorithm => [`rsa-algorithm-${algorithm}`, keyCase(rsa(algorithm, 1, 6, 17, rsaKey.spki))]),
  ...map([0, 1, 2, 3, 4], type => [`rsa-public-type-${type}`, keyCase(rsa(13, type, 6, 17, rsaKey.spki))]),
  ...map([0, 1, 2, 3], type => [`rsa-private-type-${type}`, keyCase(rsa(13, type, 6, 9, rsaKey.pkcs8))]),
  ...map([0, 1, 4, 5, 7, 8, 9], hash => [`rsa-hash-${hash}`, keyCase(rsa(13, 1, hash, 17, rsaKey.spki))]),
  ...map([0, 512, 1023, 1025, 2048], bits => [`rsa-bits-${bits}`, keyCase(rsa(13, 1, 6, 17, rsaKey.spki, { bits }))]),
  ...map(['', '03', '00010001', '01000100', '0000000000010001', '01'.repeat(9)], exponent => [`rsa-exponent-${exponent || 'empty'}`, keyCase(rsa(13, 1, 6, 17, rsaKey.spki, { exponent }))]),
  ...map([0, 9, 17, 25, 3], usages => [`rsa-public-usages-${usages}`, keyCase(rsa(13, 1, 6, usages, rsaKey.spki))]),
  'rsa-exponent-length-large': keyCase('4b040d018008ffffffff0f'),
  'rsa-material-cut': keyCase(rsa(13, 1, 6, 17, rsaKey.spki.slice(0, -2))),
  'rsa-material-longer': keyCase(rsa(13, 1, 6, 17, `${rsaKey.spki}00`)),
  'rsa-of-ec-material': keyCase(rsa(13, 1, 6, 17, p256.spki)),
  ...map([0, 13, 14, 15, 16, 18, 19], algorithm => [`ec-algorithm-${algorithm}`, keyCase(key(5, [algorithm, 1, 1], 17, p256.spki))]),
  ...map([0, 1, 2, 3, 4], type => [`ec-public-type-${type}`, keyCase(key(5, [14, type, 1], 17, p256.spki))]),
  ...map([0, 1, 2, 3], type => [`ec-private-type-${type}`, keyCase(key(5, [14, type, 1], 9, p256.pkcs8))]),
  ...map([0, 1, 2, 3, 4], curve => [`ec-curve-${curve}`, keyCase(key(5, [14, 1, curve], 17, p256.spki))]),
  'ec-p384': keyCase(key(5, [14, 2, 2], 9, p384.pkcs8)),
  'ec-garbage': keyCase(key(5, [14, 1, 1], 17, sixteen)),
  ...map([0, 1, 14, 15, 16, 17, 18, 19, 20], algorithm => [`derivation-algorithm-${algorithm}`, keyCase(key(6, [algorithm], 32, sixteen))]),
  ...map([1, 32, 33, 256, 288, 2], usages => [`derivation-usages-${usages}`, keyCase(key(6, [16], usages, sixteen))]),
  ...map([0, 17, 18, 19, 20], algorithm => [`ed25519-algorithm-${algorithm}`, keyCase(key(7, [algorithm, 1], 17, ed25519.spki))]),
  ...map([0, 1, 2, 3], type => [`ed25519-type-${type}`, keyCase(key(7, [18, type], 17, ed25519.spki))]),
  'ed25519-private': keyCase(key(7, [18, 2], 9, ed25519.pkcs8)),
  'ed25519-of-x25519': keyCase(key(7, [18, 1], 17, x25519.spki)),
  ...map([18, 19, 20], algorithm => [`x25519-algorithm-${algorithm}`, keyCase(key(8, [algorithm, 1], 1, x25519.spki))]),
  'x25519-private': keyCase(key(8, [19, 2], 289, x25519.pkcs8)),
  ...map(range(0, 27), algorithm => [`newer-algorithm-${algorithm}`, keyCase(key(9, [algorithm, 3], 7, sixteen + sixteen))]),
  ...map([0, 1, 2, 3, 4], type => [`newer-type-${type}`, keyCase(key(9, [20, type], 7, sixteen + sixteen))]),
  ...map(range(24, 28), algorithm => [`newer-seed-${algorithm}`, keyCase(key(9, [algorithm, 2], 0x1801, sixteen + sixteen))]),
  'newer-short': keyCase(key(9, [20, 3], 7, sixteen)),
  'material-length-large': keyCase('4b01091007ffffffff0f00'),
  'material-missing': keyCase('4b0109100710'),
  'no-subtype': keyCase('4b'),
  'hmac-subtype-without-hash': keyCase('4b0210'),
});

// MARK: What IndexedDB wraps around

/** Snappy: the length, then one literal; by hand where copies are wanted. */
const literal = text => (text === '' ? '' : length(text) <= 60 ? hexByte((length(text) - 1) << 2) : `f0${hexByte(length(text) - 1)}`) + text;
const snappy = text => varint(length(text)) + literal(text);
const compressed = text => `ff1102${text}`;
const inner = 'ff11ff0f4906';
const text20 = `ff11ff0f2214${'61'.repeat(20)}`;

const wrappers = group('wrapper', {
  'compressed': compressed(snappy(inner)),
  'compressed-21': compressed(snappy(envelope(point, { tags: 'Q' }))),
  'compressed-copy': compressed(`${varint(26)}${literal(text20.slice(0, 14))}4d01`),
  'compressed-copy-of-two-bytes': compressed(`${varint(26)}${literal(text20.slice(0, 14))}4a0100`),
  'compressed-copy-of-four-bytes': compressed(`${varint(26)}${literal(text20.slice(0, 14))}4b01000000`),
  'compressed-copy-too-far': compressed(`${varint(26)}${literal(text20.slice(0, 14))}4a0900`),
  'compressed-copy-of-offset-0': compressed(`${varint(26)}${literal(text20.slice(0, 14))}4a0000`),
  'compressed-literal-of-length-byte': compressed(`06f005${inner}`),
  'compressed-literal-of-two-length-bytes': compressed(`06f40500${inner}`),
  'compressed-literal-of-four-length-bytes': compressed(`06fc05000000${inner}`),
  'compressed-literal-too-long': compressed(`06ff${inner}`),
  'compressed-length-too-small': compressed(`05${literal(inner)}`),
  'compressed-length-too-large': compressed(`07${literal(inner)}`),
  'compressed-length-huge': compressed(`ffffffff0f${literal(inner)}`),
  'compressed-length-over-32-bits': compressed(`ffffffffff01${literal(inner)}`),
  'compressed-length-varint-of-two': compressed(`8600${literal(inner)}`),
  'compressed-length-cut': compressed('86'),
  'compressed-empty': compressed(''),
  'compressed-nothing': compressed('00'),
  'compressed-garbage': compressed('deadbeefdeadbeef'),
  'compressed-trailing': compressed(`${snappy(inner)}00`),
  'compressed-cut': compressed(snappy(inner)).slice(0, -2),
  'compressed-twice': compressed(snappy(compressed(snappy(inner)))),
  'compressed-blob-wrapper': compressed(snappy('ff11010500')),
  'compressed-undefined': compressed(snappy('')),
  'compressed-legacy': compressed(snappy('ff0f4902')),
  'compressed-swapped': compressed(snappy(swapped('ff0d4902'))),
  'framed-stream': compressed(`ff060000734e61507059 01 0a0000 00000000 ${inner}`.replaceAll(' ', '')),
  'compressed-version-16': 'ff1002' + snappy(inner),
  'compressed-version-18': 'ff1202' + snappy(inner),
  'compressed-version-21': 'ff1502' + snappy(inner),
  'compressed-version-varint': 'ff910002' + snappy(inner),
  ...map([0, 3, 4, 5, 0x0f, 0x49, 0xfe], type => [`type-${type}`, `ff11${hexByte(type)}${snappy(inner)}`]),
  'type-missing': 'ff11',
  ...map(
    [['', inner], ['compressed', compressed(snappy(inner))], ['21', envelope(point)], ['wrapped', 'ff11010600'], ['empty', ''], ['garbage', 'deadbeef'], ['swapped', swapped('ff0d4902')]],
    ([name, contents]) => [`blob${name && '-'}${name}`, { bytes: `ff1101${varint(length(contents))}00`, contents: [contents] }]
  ),
  'blob-last': { bytes: 'ff11010601', contents: ['00', inner] },
  'blob-last-and-blob': { bytes: 'ff11010801', contents: ['616263', 'ff11ff0f5c6900'.padEnd(16, '0')] },
  'blob-last-and-itself': { bytes: 'ff11010801', contents: ['616263', 'ff11ff0f5c6901'.padEnd(16, '0')] },
  'blob-not-last': { bytes: 'ff11010600', contents: [inner, '00'] },
  'blob-index-beyond': { bytes: 'ff11010609', contents: [inner] },
  'blob-index-missing': { bytes: 'ff110106', contents: [inner] },
  'blob-size-missing': { bytes: 'ff1101', contents: [inner] },
  'blob-size-too-small': { bytes: 'ff11010500', contents: [inner] },
  'blob-size-too-large': { bytes: 'ff11010700', contents: [inner] },
  'blob-size-zero': { bytes: 'ff11010000', contents: [inner] },
  'blob-size-huge': { bytes: 'ff1101ffffffff0f00', contents: [inner] },
  'blob-trailing': { bytes: 'ff1101060000', contents: [inner] },
  'blob-varints-of-two': { bytes: 'ff110186008000', contents: [inner] },
  'blob-none': { bytes: 'ff11010600', contents: [] },
  'blob-version-21': { bytes: 'ff15010600', contents: [inner] },
});

// MARK: Mutants

/** Numbers that look random, the same every time for a name. */
class Random {
  #state = 0x811c9dc5;

  constructor(name) {
    for (const character of name) this.#state = Math.imul(this.#state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }

  below(limit) {
    this.#state = Math.imul(this.#state ^ this.#state >>> 15, 0x2c1b3c6d) + 0x6d2b79f5 >>> 0;
    const mixed = Math.imul(this.#state ^ this.#state >>> 13, 0x297a2d39) >>> 0;
    return ((mixed ^ mixed >>> 16) >>> 0) % limit;
  }
}

const mutations = {
  'flip': (bytes, random) => { bytes[random.below(bytes.length)] ^= 1 << random.below(8); return bytes; },
  'set': (bytes, random) => { bytes[random.below(bytes.length)] = [0, 1, 0x7f, 0x80, 0xff, random.below(256)][random.below(6)]; return bytes; },
  'flip-value': (bytes, random) => { bytes[17 + random.below(bytes.length - 17)] ^= 1 << random.below(8); return bytes; },
  'cut': (bytes, random) => bytes.slice(0, 17 + random.below(bytes.length - 17)),
  'insert': (bytes, random) => { const at = 17 + random.below(bytes.length - 17); return [...bytes.slice(0, at), random.below(256), ...bytes.slice(at)]; },
  'remove': (bytes, random) => { const at = 17 + random.below(bytes.length - 17); return [...bytes.slice(0, at), ...bytes.slice(at + 1)]; },
};

/** Large and alike values give no new verdicts. */
const isMutated = ({ name, stored, varies }) => stored && !varies && length(stored) <= 320 && !/^(large|key-(rsa.*|.*sha(384|512).*|.*p(384|521).*|aes.*-256|mldsa(65|87)|mlkem1024)|view-(int|uint16|uint32|float(32|64)).*|view-big.*|string-two-byte-(after.*|long)|nested)/.test(name);

const mutants = values => values.filter(isMutated).flatMap(({ name, stored }) => Object.entries(mutations).map(([kind, mutate]) => ({
  name: `mutant/${name}-${kind}`, bytes: hex(mutate(Array.from(bytesOf(stored)), new Random(`${name}-${kind}`))),
})));

/** The same bytes beside the same objects are asked once. */
function unique(cases) {
  const seen = new Set();
  return cases.filter(({ bytes, contents }) => {
    const question = `${bytes} ${contents}`;
    return !seen.has(question) && seen.add(question);
  });
}

/** All cases for Chromium, the values it stored being given. */
export const chromiumReads = values => unique([
  ...versions, ...prefixes, ...trailers, ...swaps, ...tags, ...everyHost, ...history, ...imageFields, ...bitmapFields, ...fields, ...keyFields, ...wrappers, ...mutants(values),
].map(item => ({ ...item, bytes: item.bytes.replaceAll(' ', '') })));
