// What is put to the engines' readers: payloads, in hexadecimal.

// MARK: Building payloads

const byte = number => number.toString(16).padStart(2, '0');
const varint = number => (number < 128 ? byte(number) : byte(number % 128 + 128) + varint(Math.floor(number / 128)));
const little = (number, Kind) => Array.from(new Uint8Array(new Kind([number]).buffer), byte).join('');
const f64 = number => little(number, Float64Array);
const sized = data => varint(data.length / 2) + data;

const one = text => '22' + sized(Array.from(text, unit => byte(unit.charCodeAt(0))).join(''));
const wide = text => '63' + sized(text.split('').map(unit => little(unit.charCodeAt(0), Uint16Array)).join(''));
const utf8 = hex => '53' + sized(hex.replace(/ /g, ''));
const int = number => '49' + varint(number < 0 ? -2 * number - 1 : 2 * number);
const double = number => '4e' + f64(number);
const object = (...items) => '6f' + items.join('') + '7b' + varint(items.length / 2);
const dense = (...items) => '41' + varint(items.length) + items.join('') + '2400' + varint(items.length);
const sparse = (length, ...items) => '61' + varint(length) + items.join('') + '40' + varint(items.length / 2) + varint(length);
const mapOf = (...items) => '3b' + items.join('') + '3a' + varint(items.length);
const setOf = (...items) => '27' + items.join('') + '2c' + varint(items.length);
const error = (...records) => '72' + records.join('') + '2e';

const [a, b, c] = ['a', 'b', 'c'].map(one);
const [message, cause, stack] = ['6d', '63', '73'].map(tag => value => tag + value);
const reference = id => '5e' + varint(id);
const empty = '6f7b00';
const buffer = '42020102';
const slug = text => text.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '');

/** The same bodies under each of these versions; the names of all but the first say which. */
const under = (...versions) => bodies => Object.entries(bodies).flatMap(([name, given]) => versions.map((version, index) => {
  const { body = given, ...more } = typeof given === 'string' ? {} : given;
  return { name: index ? `${name}-v${version}` : name, bytes: `ff${byte(version)}${body}`, ...more };
}));
const common = under(13); // every engine reads it
const both = under(15, 13);
const newest = under(15, 16);
const all = under(15, 13, 16);
const whole = payloads => Object.entries(payloads).map(([name, bytes]) => ({ name, bytes }));

const map = (list, make) => Object.fromEntries(list.map(make));

// MARK: Header, primitives

const headers = whole({
  'empty': '',
  'tag-only': 'ff',
  ...map([0, 1, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 31, 127, 128, 255], version => [`version-${version}`, `ff${varint(version)}30`]),
  'none': '30',
  'none-legacy-object': '7b00',
  'unterminated-version': 'ff8f',
  'unterminated-version-long': 'ff8f80808080',
  'version-of-two-bytes': 'ff8f0030',
  'version-of-five-bytes': 'ff8f8080800030',
  'version-of-five-bytes-continued': 'ff8f808080805f',
  'version-of-five-bytes-continued-13': 'ff8d8080808030',
  'version-of-seven-bytes-13': 'ff8d808080808000 30',
  'version-bits-above-32': 'ff8f8080801030',
  'version-bits-above-32-13': 'ff8d8080801030',
  'version-2-to-31': 'ff8080808008 30',
  'version-max': 'ffffffffff0f30',
  'twice': 'ff0fff0f30',
  'padding-before': '00ff0f30',
  'padding-inside': 'ff000f30',
  'no-value': 'ff0f',
  'no-value-13': 'ff0d',
  'only-padding': 'ff0f00',
  'only-padding-13': 'ff0d0000',
  'padded-value': 'ff0f000000 30',
  'padded-value-13': 'ff0d000000 30',
  'blink-envelope': 'ff15fe0000000000000000000000 00ff0f30',
  'electron-envelope': 'ff13ff0f30',
  'byte-swapped': '0fff0030',
});

const trailing = common({
  'after-null': '30ffff', 'zero-after-null': '3000', 'second-value': '3031', 'second-object': object(a, int(1)) + object(), 'after-object': empty + '30', 'after-array': dense() + '00000000',
  'after-string': a + 'ff', 'view-tag-after-null': '3056420000 00', 'garbage-after-buffer': buffer + 'ff', 'padding-after-buffer': buffer + '0000', 'padding-and-garbage-after-buffer': buffer + '0000ff',
});

const constants = common({ 'undefined': '5f', 'null': '30', 'true': '54', 'false': '46', 'hole': '2d', 'end-object': '7b00', 'end-array': '240000', 'end-sparse-array': '400000', 'end-map': '3a00', 'end-set': '2c00', 'view': '5642000000', 'dot': '2e', 'header-tag': 'ff0f30' });

const varints = both({
  'two-byte-length-of-six': '63 828080808000 fbff', 'one-byte-length-of-eight': '22 8180808080808010 61', 'bigint-field-of-seven': '5a 90808080808000 2a00000000000000',
  'u32-overlong': '558000', 'u32-overlong-3': '55818000', 'u32-overlong-5': '558180808000', 'u32-five-continued-at-end': '558080808080', 'u32-five-continued': '55808080808030', 'u32-six-continued': '5581808080808030',
  'u32-max': '55ffffffff0f', 'u32-too-wide': '55ffffffff7f', 'u32-bit-32': '558080808010', 'u32-bit-31': '558080808008', 'u32-truncated': '55', 'u32-truncated-2': '5580', 'u32-truncated-4': '5580808080',
  'i32-overlong': '49d400', 'i32-five-continued-at-end': '498080808080', 'i32-five-continued': '49808080808030', 'i32-seven': '4980808080808000', 'i32-ten': '49808080808080808080 00', 'i32-too-wide': '49ffffffff7f',
  'length-overlong': '2281 00 61', 'length-overlong-5': '228180808000 61', 'length-five-continued': '228180808080 61', 'length-bits-above-32': '2281 80808010 61', 'length-max': '22ffffffff0f61',
  'reference-overlong': dense(empty, '5e818000'), 'array-length-overlong': '41810030 248000 8100', 'property-count-overlong': '6f' + a + '307b8100', 'map-count-overlong': '3b30303a8200', 'set-count-overlong': '27302c8100',
  'buffer-length-overlong': '42820001 02', 'buffer-length-bits-above-32': '42828080801001 02', 'buffer-length-six': '4282808080800001 02', 'buffer-length-ten': '428280808080808080800001 02', 'buffer-length-eleven': '4282808080808080808080 0001 02', 'buffer-length-2-to-32': '42808080801001 02', 'buffer-length-2-to-63': '428080808080808080800101 02',
  'flags-overlong': '52' + a + '8100', 'flags-bits-above-32': '52' + a + '8180808010', 'bigint-overlong': '5a8200 2a', 'bigint-bitfield-bit-31': '5a9080808008 2a00000000000000', 'bigint-bitfield-bits-above-32': '5a9080808010 2a00000000000000',
  'error-subtag-overlong': '72ae00', 'error-subtag-bit-7': '72ae01', 'error-subtag-three': '72ae8000', 'error-subtag-two-continued': '72ae802e', 'error-subtag-message': '72ed00' + a + '2e',
});

const numbers = common({
  ...map([0, 1, -1, 42, 63, 64, -64, -65, 2 ** 30 - 1, 2 ** 30, -(2 ** 30) - 1, 2 ** 31 - 1, -(2 ** 31)], n => [`int-${n}`.replace('--', '-minus-'), int(n)]),
  ...map([0, 1, 42, 2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1], n => [`uint-${n}`, '55' + varint(n)]),
  ...map([0, -0, 1, 42, -1, 1.5, 2 ** 30, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 5e-324, 1.7976931348623157e308, Infinity, -Infinity], n => [`double-${Object.is(n, -0) ? 'minus-zero' : slug(String(n).replace('-', 'minus '))}`, double(n)]),
  'nan': '4e000000000000f87f', 'nan-signalling': '4e010000000000f07f', 'nan-negative': '4e000000000000f8ff', 'nan-payload': '4eefbeaddeefbeffff', 'nan-all-ones': '4effffffffffffffff',
  'hole-nan': '4e0000fffff7fff7ff', 'hole-nan-in-array': dense('4e0000fffff7fff7ff', '4efffff7fffffff7ff'), 'undefined-nan-in-array': dense(double(0.5), '4efffff6fffffff6ff'),
  'double-truncated': '4e00000000000000', 'double-empty': '4e', 'int-empty': '49', 'uint-empty': '55',
});

const bigints = common({
  'zero': '5a00', 'minus-zero-no-digits': '5a01', 'minus-zero-digits': '5a0300', 'minus-zero-eight': '5a110000000000000000', 'one-byte': '5a022a', 'one-byte-negative': '5a032a', 'three-bytes': '5a06010203', 'seven-bytes': '5a0e01020304050607', 'eight-bytes': '5a100102030405060708',
  'nine-bytes': '5a12010203040506070809', 'leading-zeros': '5a202a000000000000000000000000000000', 'leading-zero-bytes': '5a062a0000', 'zero-digits': '5a100000000000000000', 'high-bit': '5a10ffffffffffffffff', 'negative-high-bit': '5a11ffffffffffffffff',
  'truncated': '5a102a', 'no-bitfield': '5a', 'length-max': '5afeffffff07', 'bit-31-only': '5a8080808008', 'bit-31-and-sign': '5a8180808008', 'boxed': '7a022a', 'boxed-zero': '7a00', 'boxed-minus-zero': '7a01', 'boxed-minus-zero-digits': '7a0300', 'boxed-truncated': '7a10', 'boxed-bit-31': '7a9080808008 2a00000000000000',
  'in-array': dense('5a022a', '5a01'), 'boxed-in-array': dense('7a01', '7a00'),
});

const strings = common({
  'one-byte': one('abc'), 'one-byte-empty': '2200', 'one-byte-high': one('\xe9\xff\x80'), 'one-byte-nul': one('\0'), 'one-byte-truncated': '220361 62', 'one-byte-no-length': '22', 'one-byte-long': one('a'.repeat(128)),
  'two-byte': wide('\u20ac'), 'two-byte-empty': '6300', 'two-byte-latin1': wide('a'), 'two-byte-latin1-long': wide('abcdefghijklmnop'), 'two-byte-odd-length': '6303616263', 'two-byte-one': '630161', 'two-byte-truncated': '6304ac20', 'two-byte-unaligned': '00' + wide('\u20ac'), 'two-byte-padded': '0000' + wide('\u20ac'), 'two-byte-lone-high': wide('\ud800'), 'two-byte-lone-low': wide('\udc00'), 'two-byte-swapped': wide('\udc00\ud800'), 'two-byte-pair': wide('\u{1f600}'), 'two-byte-bom': wide('\ufeffa'), 'two-byte-swapped-bom': wide('\ufffe'),
  'utf8-empty': '5300', 'utf8-ascii': utf8('616263'), 'utf8-latin1': utf8('c3a9'), 'utf8-two-byte': utf8('e282ac'), 'utf8-emoji': utf8('f09f9880'), 'utf8-bom': utf8('efbbbf61'), 'utf8-nul': utf8('00'), 'utf8-overlong-nul': utf8('c080'), 'utf8-overlong-slash': utf8('c0af'), 'utf8-overlong-three': utf8('e080af'), 'utf8-overlong-four': utf8('f08080af'),
  'utf8-high-surrogate': utf8('eda080'), 'utf8-low-surrogate': utf8('edb080'), 'utf8-surrogate-pair': utf8('eda0bdedb880'), 'utf8-lone-continuation': utf8('80'), 'utf8-continuations': utf8('80bf80'), 'utf8-truncated-two': utf8('c3'), 'utf8-truncated-three': utf8('e282'), 'utf8-truncated-four': utf8('f09f98'), 'utf8-truncated-then-ascii': utf8('e28261'), 'utf8-truncated-then-lead': utf8('e282c3a9'), 'utf8-truncated-four-then-ascii': utf8('f09f9861'), 'utf8-truncated-e0': utf8('e061'), 'utf8-bad-second': utf8('e0a0c0'), 'utf8-f4-90': utf8('f4908080'), 'utf8-last-code-point': utf8('f48fbfbf'), 'utf8-f5': utf8('f5808080'), 'utf8-fe-ff': utf8('feff'), 'utf8-five-bytes': utf8('f888808080'), 'utf8-six-bytes': utf8('fc8480808080'), 'utf8-c1': utf8('c1bf'), 'utf8-noncharacter': utf8('efbfbf'), 'utf8-mixed': utf8('61 ff 62 c3a9 e282 63'), 'utf8-length-truncated': '530261', 'utf8-no-length': '53',
  'all-three': dense(one('a'), wide('a'), utf8('61')), 'length-over-end': '2205 61626364',
});

const padding = common({
  'before-value': '00000030', 'before-int': '004902', 'inside-int': '490002', 'before-key': '6f00' + a + '4902 7b01', 'before-property-value': '6f' + a + '00004902 7b01', 'before-end-object': '6f' + a + '4902 00007b01', 'before-object-count': '6f' + a + '4902 7b0001', 'empty-object': '6f00007b00', 'inside-string': '220061',
  'before-element': '4101 00004902 240001', 'before-end-array': '410149020000240001', 'before-array-length': '4100014902240001', 'between-counts': '41014902 24000001', 'before-hole': '4102 002d 004902 240002', 'before-sparse-key': '6101 004900 004902 00400101', 'before-sparse-end': '61020000400002', 'before-map-key': '3b00490200490400 3a02', 'before-map-end': '3b490249040000003a02', 'before-map-count': '3b490249043a0002', 'before-set-end': '27490200002c01', 'before-set-element': '270049020049042c02',
  'before-view': buffer + '005642000200', 'before-view-many': buffer + '0000005642000200', 'inside-view': buffer + '560042000200', 'before-view-offset': buffer + '564200000200', 'inside-double': '4e00000000000000f03f', 'before-reference-id': dense(empty, '5e00 01'), 'before-box-string': '730000' + a, 'before-regexp-source': '5200' + a + '00', 'before-regexp-flags': '52' + a + '0001', 'before-error-subtag': '72002e', 'before-error-message': '726d00' + a + '2e', 'before-error-cause': '72630000302e', 'before-date': '4400 0000000000000000', 'before-count-tag': '003f000030', 'after-count': '3f00 000030', 'only': '000000', 'inside-bigint': '5a0000', 'sentinel-end': '6f' + a + '00',
});

// MARK: Ids

const references = both({
  'self': '5e00', 'forward': dense(reference(2), empty), 'forward-own': dense(reference(1), empty), 'unknown': dense(reference(7)), 'id-max': '5effffffff0f', 'no-id': '5e', 'to-root-array': dense(reference(0)), 'to-root-object': object(a, reference(0)), 'to-root-sparse': sparse(1, int(0), reference(0)), 'to-root-map-key': mapOf(reference(0), int(1)), 'to-root-map-value': mapOf(int(1), reference(0)), 'to-root-set': setOf(reference(0)),
  'as-key': object(reference(0), int(1)), 'as-array-key': '4100' + reference(0) + '30240100', 'in-box': '735e00', 'in-regexp': '525e0000', 'in-error-message': '726d5e002e', 'in-error-cause': '72635e002e', 'in-error-cause-stack': '7273' + a + '635e002e', 'in-error-cause-before-stack': '72635e0073' + a + '2e', 'in-nested-error': error(cause(error(cause(reference(0))))), 'in-nested-error-own': error(cause(error(cause(reference(1))))),
  'siblings': dense(empty, reference(1)), 'siblings-two': dense(empty, empty, reference(2), reference(1)), 'same-date': dense('44' + f64(5), reference(1)), 'same-regexp': dense('52' + a + '01', reference(1)), 'same-true': dense('79', reference(1)), 'before-true': dense(reference(1), '79'), 'same-number': dense('6e' + f64(1.5), reference(1)), 'same-bigint-object': dense('7a022a', reference(1)), 'same-string-object': dense('73' + a, reference(1)), 'string-has-no-id': dense(a, reference(1)), 'bigint-has-no-id': dense('5a022a', reference(1)), 'same-map': dense(mapOf(), reference(1)), 'same-set': dense(setOf(), reference(1)), 'same-buffer': dense(buffer, reference(1)),
  'error-then-object': dense(error(), empty, reference(1)), 'error-then-object-2': dense(error(), empty, reference(2)), 'error-again': dense(error(), reference(1)), 'errors-then-object': dense(error(), error(), empty, reference(3)), 'error-cause-object': dense(error(cause(empty)), reference(2)), 'error-cause-object-1': dense(error(cause(empty)), reference(1)), 'error-in-own-message': '726d' + dense(reference(0), '52' + one('(') + '00'), 'error-in-own-stack': '7273' + dense(reference(0), '7500'), 'error-in-own-message-shared': '726d' + dense(reference(0), '7500'), 'memory-on-no-buffer': dense('6d00' + '52' + one('(') + '00'), 'memory-on-object': '6d00' + empty, 'set-of-zeros': setOf('5a01', '5a00'), 'set-of-zeros-reversed': setOf('5a00', '5a01'), 'set-of-minus-zeros': setOf('5a01', '5a01'), 'set-of-minus-zero-digits': setOf('5a01', '5a110000000000000000', '5a00'), 'map-of-zeros': mapOf('5a01', int(1), '5a00', int(2)), 'error-in-object': object(a, error(message(a)), b, reference(1)),
  'through-map': object(a, mapOf(reference(0), reference(1))), 'through-set': object(a, setOf(reference(0), reference(1))), 'parent': dense(object(a, reference(0))), 'uncle': dense(empty, object(a, reference(1))), 'joins-view': dense(buffer, reference(1) + '5642000200'), 'verified': dense(empty, '3f00' + reference(1)), 'root-twice-in-map': mapOf(reference(0), reference(0)),
  'two-holes-of-one': dense('2d', reference(0)), 'boxes-in-order': dense('79', '78', '6e' + f64(0), reference(3), reference(1)),
});

const viewIds = [
  ...under(15)({ 'view-is-after-buffer': dense('4200' + '5642000000', reference(2), reference(1)), 'view-reference-early': dense(reference(2), '42005642000000'), 'view-on-reference': dense(buffer, reference(1) + '5662000200', reference(2)), 'view-twice-then-buffer': dense(buffer + '5642000200', reference(2), reference(1)), 'view-of-reference-chain': dense(buffer + '5642000200', reference(1) + '5662000200', reference(1), reference(2), reference(3)) }),
  ...under(13)({ 'view-is-after-buffer-v13': dense('4200' + '56420000', reference(2), reference(1)), 'view-on-reference-v13': dense(buffer, reference(1) + '56620002', reference(2)), 'object-after-view-v13': dense(buffer + '56420002', empty, reference(3)) }),
];

/** Version 13 with the flags of version 14: read a second time, with ids that go on from the first attempt. */
const retry = whole({
  'flags-zero-parse-as-padding': 'ff0d' + '4200' + '5642000000',
  'flags-in-object': 'ff0d6f' + a + '420056420000 e847' + b + '491a7b02',
  'half-built-array': 'ff0d41034200 56420000e847' + empty + '5e00240003',
  'own-id-is-higher': 'ff0d41034200 56420000e847' + empty + '5e03240003',
  'object-of-second-attempt': 'ff0d41034200 56420000e847' + empty + '5e06240003',
  'between': 'ff0d41034200 56420000e847' + empty + '5e04240003',
  'first-attempt-buffer': 'ff0d41034200 56420000e847' + empty + '5e01240003',
  'first-attempt-view': 'ff0d41034200 56420000e847' + empty + '5e02240003',
  'half-built-object': 'ff0d6f' + a + '4902' + b + '420056420000 e847' + c + '5e007b03',
  'half-built-object-nothing-read': 'ff0d6f' + b + '420056420000 e847' + c + '5e007b02',
  'half-built-object-known-shape': 'ff0d4103' + '6f' + a + '4902' + b + '42005642000000' + '7b02' + '6f' + a + '4902' + b + '420056420000e847' + '7b02' + '5e04240003',
  'half-built-object-known-shape-one': 'ff0d4103' + '6f' + a + '42005642000000' + '7b01' + '6f' + a + '420056420000e847' + '7b01' + '5e04240003',
  'half-built-index-object': 'ff0d6f49024902' + b + '420056420000 e847' + c + '5e007b03',
  'half-built-map': 'ff0d3b49024200 56420000 e847 49045e003a04',
  'half-built-map-with-entry': 'ff0d3b4902490449064200 56420000 e847 49085e003a06',
  'half-built-set': 'ff0d2749024200 56420000 e847 5e002c03',
  'half-built-sparse': 'ff0d6103 49004902 49024200 56420000 e847 49045e00 400303',
  'fails-twice': 'ff0d41024200 56420000e847 5b 240002',
  'plain-failure-then-ids': 'ff0d41025e025e00240002',
  'no-retry-in-14': 'ff0e41024200 56420000e847 30 240002',
  'resizable-in-13': 'ff0d7e02040102 5642000202',
  'resizable-in-13-in-array': 'ff0d41017e02040102 5642000202 240001',
  'resizable-in-13-flags-missing': 'ff0d7e02040102 56420002',
  'resizable-in-13-tracking': 'ff0d7e02040102 5642000203',
  'resizable-buffer-only-in-13': 'ff0d7e02040102',
  'flags-one-on-fixed': 'ff0d41024202 0102 5642000201 30 240002',
  'host-object-is-final': 'ff0d41034200 56420000e847 5c 30 240003',
  'shared-is-final': 'ff0d41024200 56420000e847 7500 240002',
  'transferred-is-not-final': 'ff0d41024200 56420000e847 7400 240002',
  'reference-to-second-root': 'ff0d6f' + a + '420056420000 e847' + b + '5e037b02',
  'forward-becomes-valid': 'ff0d4103 5e03 42005642 0000e847 30 240003',
  'nested-half-built': 'ff0d4102 41024902 420056420000e847 240002 5e01 240002',
  'error-in-first-attempt': 'ff0d4103 722e 420056420000e847 5e01 240003',
  'date-in-first-attempt': 'ff0d4103 44' + f64(5) + ' 420056420000e847 5e01 240003',
  'boxed-field-in-aborted-object': 'ff0d 4102 6f 220161 4e000000000000e03f 7b01 6f 220161 4e0000000000000840 0002',
  'self-after-retry': 'ff0d 4103 4200 56420000e846 6f7b00 5e03 240003',
  'trailing-after-retry': 'ff0d41014200 56420000e847 240001 ffff',
  'truncated-at-flags': 'ff0d41014200 56420000',
  'two-views': 'ff0d41024200 56420000e847 5e0156620000 e847 240002',
}).concat({ name: 'syntax-error-is-final', bytes: 'ff0d4102 52' + one('(') + '00 30 240002' });

// MARK: Containers

const keyBytes = {
  'int': int(1), 'negative': int(-1), 'uint': '5505', 'uint-max': '55ffffffff0f', 'double': double(1.5), 'double-integral': double(42), 'double-2-to-31': double(2 ** 31), 'double-max-index': double(4294967294), 'double-above-index': double(4294967295), 'double-huge': double(1e21), 'minus-zero': double(-0), 'nan': double(NaN), 'infinity': double(-Infinity), 'tiny': double(1e-7),
  'string': a, 'empty-string': '2200', 'index-string': one('1'), 'padded-index-string': one('01'), 'max-index-string': one('4294967294'), 'above-index-string': one('4294967295'), 'two-byte': wide('\u20ac'), 'two-byte-latin1': wide('ab'), 'two-byte-index': wide('12'), 'utf8': utf8('c3a9'), 'proto': one('__proto__'), 'constructor': one('constructor'), 'to-string': one('toString'), 'length': one('length'), 'lone-surrogate': wide('\ud800'), 'nul': one('\0'),
  'null': '30', 'undefined': '5f', 'true': '54', 'false': '46', 'bigint': '5a022a', 'object': empty, 'array': dense(), 'boxed-string': '73' + a, 'boxed-number': '6e' + f64(1), 'date': '44' + f64(0), 'verified': '3f00' + a, 'hole': '2d', 'unknown': '5b', 'buffer': buffer,
};

const keys = common({
  ...map(Object.entries(keyBytes), ([name, key]) => [`object-${name}`, object(key, int(1))]),
  ...map(Object.entries(keyBytes).slice(0, 40), ([name, key]) => [`array-${name}`, '41014902' + key + '4904' + '240101']),
});

const objects = both({
  'empty': empty, 'one': object(a, int(1)), 'count-low': '6f' + a + '30 7b00', 'count-high': '6f' + a + '30 7b02', 'count-missing': '6f' + a + '307b', 'no-end': '6f' + a + '30', 'only-tag': '6f', 'key-without-value': '6f' + a + '7b01', 'key-without-value-at-end': '6f' + a, 'end-of-array': '6f' + a + '30240100', 'end-of-sparse': '6f400000', 'end-of-map': '6f3a00', 'end-of-set': '6f2c00', 'end-of-error': '6f2e',
  'duplicate': object(a, int(1), a, int(2)), 'duplicate-wide': object(one('ab'), int(1), wide('ab'), int(2)), 'duplicate-index': object(one('1'), int(1), int(1), int(2)), 'duplicate-double': object(double(1), int(1), int(1), int(2)), 'duplicate-zero': object(double(-0), int(1), int(0), int(2)), 'duplicate-fraction': object(double(1.5), int(1), one('1.5'), int(2)), 'duplicate-nan': object(double(NaN), int(1), one('NaN'), int(2)), 'duplicate-third': object(a, int(1), b, int(2), a, int(3)), 'duplicate-nested': object(a, object(a, int(1))), 'duplicate-max-index': object(double(4294967294), '30', one('4294967294'), '30'),
  'order': object(b, int(1), int(2), int(2), a, int(3), int(1), int(4)), 'order-strings': object(one('2'), int(1), one('1'), int(2)), 'order-big': object(double(4294967294), '30', double(2147483648), '30', int(5), '30', double(4294967295), '30'), 'negative-and-positive': object(int(-1), '30', int(1), '30', double(-1.5), '30'),
  'proto-object': object(one('__proto__'), object(a, int(1))), 'proto-null': object(one('__proto__'), '30'), 'proto-twice': object(one('__proto__'), '30', one('__proto__'), '30'), 'accessor-names': object(one('__defineGetter__'), '30', one('__lookupSetter__'), '30', one('hasOwnProperty'), '30'), 'value-hole': object(a, '2d'), 'value-undefined': object(a, '5f'), 'value-end': object(a, '7b00'), 'many-indices': object(...Array.from({ length: 40 }, (_, index) => [int(39 - index), '30']).flat()),
  'array-named': object(one('length'), int(5), int(0), a), 'then': object(one('then'), int(1)), 'nested-empty': object(a, empty), 'wide-pair': object(wide('\u20ac'), wide('\u20ac')), 'unknown-value': object(a, '5b'),
});

const denseArrays = both({
  'empty': dense(), 'one': dense(int(1)), 'hole': dense('2d'), 'holes': dense('2d', int(1), '2d'), 'undefined': dense('5f'), 'length-too-large': '410330 240003', 'length-above-remaining': '41ff01', 'length-max': '41ffffffff0f', 'length-equals-remaining': '41053030303030', 'no-length': '41', 'truncated-items': '410230', 'end-early': '410230 240002', 'end-late': '41013030240001', 'extra-item-as-key': '4101304902' + int(5) + '240101',
  'count-wrong': '410130240101', 'length-wrong': '410130240002', 'length-zero-at-end': '410130240000', 'counts-missing': '41013024', 'length-missing': '4101302400', 'end-sparse': '410130400001', 'end-object': '4101307b00', 'end-set': '4101302c01', 'hole-as-property': '4101302d30240101',
  'property': '41014902' + a + '4904240101', 'property-index-extends': '410249024904 4904 4906 240102', 'property-fills-hole': '41022d4904 4900 4906 240102', 'property-fills-hole-by-text': '41022d4904' + one('0') + '4906 240102', 'property-index-exists': '410249024904' + one('0') + '4906240102', 'property-index-number-exists': '4102490249044902 4906240102', 'property-length': '4103490249044906' + one('length') + '4902240103', 'property-far': '41014902 49c09a0c 4906 240101', 'property-max-index': '41014902' + double(4294967294) + '4906240101', 'property-above-index': '41014902' + double(4294967295) + '4906240101', 'property-negative': '41014902' + int(-1) + '4906240101', 'property-fraction': '41014902' + double(1.5) + '4906240101', 'property-duplicate': '41014902' + a + '30' + a + '30240201', 'property-proto': '41014902' + one('__proto__') + '30240101', 'property-constructor': '41014902' + one('constructor') + '30240101', 'property-hole-value': '41014902' + a + '2d240101', 'property-self': '41014902' + a + '5e00240101', 'property-wide': '41014902' + wide('\u20ac') + wide('\u20ac') + '240101', 'properties-order': '4100' + b + '30' + int(3) + '30' + a + '30' + int(1) + '30240400',
  'nested': dense(dense(dense())), 'doubles': dense(double(1.5), double(2)), 'smalls-then-double': dense(int(1), double(0.5)), 'minus-zero': dense(double(-0)), 'mixed': dense(int(1), a, '30', '5f', empty), 'hole-only-tag': '2d', 'view-tag-element': dense('56'), 'nested-truncated': '410141',
});

const sparseArrays = common({
  'empty': sparse(0), 'length-only': sparse(5), 'length-max': sparse(4294967295), 'length-2-to-31': sparse(2147483648), 'length-2-to-25': sparse(33554432), 'one': sparse(2, int(1), int(7)), 'all': sparse(2, int(0), int(1), int(1), int(2)), 'out-of-order': sparse(3, int(2), '30', int(0), '30'), 'grows': '6102 490a30 400102', 'grows-to-max': '6102' + double(4294967294) + '30400102', 'text-index': sparse(2, one('1'), '30'), 'text-index-grows': sparse(1, one('7'), '30'), 'double-index': sparse(2, double(1), '30'), 'minus-zero-index': sparse(1, double(-0), '30'), 'negative': sparse(1, int(-1), '30'), 'fraction': sparse(1, double(1.5), '30'), 'named': sparse(1, a, '30'), 'named-and-indexed': sparse(1, a, '30', int(0), '54', b, '46'), 'above-index': sparse(1, double(4294967295), '30'), 'length-key': sparse(1, one('length'), '30'), 'duplicate': sparse(2, int(1), '30', int(1), '30'), 'duplicate-text': sparse(2, int(1), '30', one('1'), '30'), 'duplicate-name': sparse(0, a, '30', a, '30'),
  'hole-value': sparse(1, int(0), '2d'), 'hole-key': '6101 2d 30 400101', 'undefined-value': sparse(1, int(0), '5f'), 'count-wrong': '6101490030400001', 'length-wrong': '6101490030400102', 'end-dense': '6100240000', 'end-object': '61007b00', 'no-length': '61', 'no-end': '6100', 'counts-missing': '610040', 'length-missing': '61004000', 'self': sparse(1, int(0), '5e00'), 'proto': sparse(0, one('__proto__'), '30'), 'nested': sparse(1, int(0), sparse(0)), 'far': sparse(4294967295, double(4294967294), '30', int(0), '30'), 'key-bigint': sparse(1, '5a022a', '30'), 'key-array': sparse(1, dense(), '30'), 'key-boolean': sparse(1, '54', '30'), 'length-grown-to-max': sparse(0, double(4294967293), '30'),
});

const maps = common({
  'empty': mapOf(), 'one': mapOf(int(1), int(2)), 'count-pairs': '3b490249043a01', 'count-zero': '3b490249043a00', 'count-high': '3b490249043a04', 'odd': '3b49023a01', 'no-end': '3b49024904', 'only-tag': '3b', 'count-missing': '3b3a', 'end-of-set': '3b2c00', 'end-of-object': '3b7b00', 'duplicate': mapOf(int(1), int(2), int(1), int(3)), 'duplicate-count-of-size': '3b49024904490249063a02', 'duplicate-double': mapOf(int(1), int(2), double(1), int(3)), 'duplicate-string-kinds': mapOf(one('ab'), int(1), wide('ab'), int(2)), 'duplicate-keeps-place': mapOf(int(1), '30', int(2), '30', int(1), '54'), 'zeros': mapOf(int(0), '30', double(-0), '54'), 'minus-zero': mapOf(double(-0), '30'), 'nans': mapOf(double(NaN), '30', '4e010000000000f07f', '54'), 'bigints': mapOf('5a022a', '30', '5a042a00', '54'), 'number-and-text': mapOf(int(1), '30', one('1'), '30'),
  'key-hole': mapOf('2d', '30'), 'value-hole': mapOf('30', '2d'), 'key-undefined': mapOf('5f', '5f'), 'key-object': mapOf(empty, reference(1)), 'self': mapOf(reference(0), reference(0)), 'key-view-tag': mapOf('56', '30'), 'nested': mapOf(mapOf(), mapOf()), 'key-map-of-self': mapOf(mapOf(reference(0), '30'), '30'), 'key-string-object': mapOf('73' + a, '73' + a), 'constants': mapOf('30', '5f', '54', '46'),
});

const sets = common({
  'empty': setOf(), 'one': setOf(int(1)), 'count-zero': '2749022c00', 'count-high': '2749022c02', 'no-end': '274902', 'only-tag': '27', 'count-missing': '272c', 'end-of-map': '273a00', 'duplicate': setOf(int(1), int(1)), 'duplicate-count-of-size': '27490249022c01', 'duplicate-double': setOf(int(1), double(1)), 'zeros': setOf(int(0), double(-0)), 'minus-zero': setOf(double(-0)), 'nans': setOf(double(NaN), double(NaN)), 'strings': setOf(one('ab'), wide('ab'), utf8('6162')), 'hole': setOf('2d'), 'self': setOf(reference(0)), 'objects': setOf(empty, empty, reference(1)), 'nested': setOf(setOf()), 'mixed': setOf('30', '5f', '54', int(1), one('1'), '5a022a'),
});

const counts = common({
  'before-value': '3f0030', 'count-ignored': '3fff0130', 'count-overlong': '3f80808080 0030', 'twice': '3f003f0030', 'without-count': '3f', 'without-value': '3f00', 'before-key': '6f3f00' + a + '307b01', 'before-property-value': object(a, '3f0030'), 'before-end': '6f' + a + '30 3f00 7b01', 'before-end-array': '410130 3f00 240001', 'before-element': dense('3f0030'), 'before-hole': dense('3f002d'), 'before-map-key': mapOf('3f0030', '3f0030'), 'before-map-end': '3b3f003a00', 'before-set-element': setOf('3f0030'), 'before-set-end': '273f002c00', 'before-sparse-key': sparse(1, '3f00' + int(0), '30'), 'before-box-string': '733f00' + a, 'before-regexp-source': '523f00' + a + '00', 'before-error-message': error(message('3f00' + a)), 'before-error-subtag': '723f002e', 'before-cause': error(cause('3f0030')), 'before-reference': dense(empty, '3f005e01'), 'between-buffer-and-view': buffer + '3f005642000200', 'before-buffer-with-view': '3f00' + buffer + '56420002' + '00', 'padded': '003f00003030', 'before-padding': '3f00000030',
});

// MARK: Objects with contents

const times = [0, -0, 1, -1, 0.5, -0.5, 1.9, -1.9, 5, 1e12, 8.64e15, -8.64e15, 8.64e15 + 1, -8.64e15 - 1, NaN, Infinity, 1e300, 5e-324, 8.64e15 - 0.5];
const dates = common({ ...map(times, (time, index) => [`time-${index}-${Object.is(time, -0) ? 'minus-zero' : slug(String(time).replace('-', 'minus '))}`, '44' + f64(time)]), 'nan-payload': '44010000000000f07f', 'truncated': '4400000000', 'empty': '44' });

const boxes = common({
  'true': '79', 'false': '78', 'number': '6e' + f64(1.5), 'number-integral': '6e' + f64(42), 'number-minus-zero': '6e' + f64(-0), 'number-nan': '6e010000000000f07f', 'number-truncated': '6e00', 'string': '73' + a, 'string-empty': '732200', 'string-two-byte': '73' + wide('\u20ac'), 'string-two-byte-latin1': '73' + wide('a'), 'string-two-byte-padded': '7300' + wide('\u20ac'), 'string-utf8': '73' + utf8('c3a9'), 'string-of-int': '734902', 'string-of-null': '7330', 'string-of-object': '73' + empty, 'string-of-box': '7373' + a, 'string-of-reference': dense(empty, '735e01'), 'string-untagged': '7303616263', 'string-missing': '73', 'string-of-end': '737b00', 'bigint': '7a10' + '2a00000000000000', 'in-order': dense('79', '78', '6e' + f64(0), '73' + a, '7a00'),
});

const regexps = common({
  ...map([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 63, 47, 255, 191, 272, 257, 303, 511, 128 + 16, 256 + 128, 2 ** 31, 2 ** 32 - 1], flags => [`flags-${flags}`, '52' + a + varint(flags)]),
  'empty': '52220000', 'empty-group': '52' + one('(?:)') + '00', 'slash': '52' + one('/') + '00', 'escaped-slash': '52' + one('\\/') + '00', 'slash-in-class': '52' + one('[/]') + '00', 'newline': '52' + one('\n') + '00', 'return': '52' + one('\r') + '00', 'separators': '52' + wide('\u2028\u2029') + '00', 'escaped-newline': '52' + one('\\\n') + '00', 'two-byte': '52' + wide('\u20ac') + '00', 'two-byte-latin1': '52' + wide('ab') + '00', 'utf8': '52' + utf8('c3a9') + '00', 'latin1': '52' + one('\xe9') + '00', 'source-int': '52490200', 'source-null': '523000', 'source-object': '52' + empty + '00', 'source-missing': '52', 'flags-missing': '52' + a, 'source-untagged': '520161 00', 'named-groups': '52' + one('(?<x>a)') + '00', 'lookbehind': '52' + one('(?<=a)b') + '00', 'sticky-global': '52' + a + '09', 'repeated': dense('52' + a + '01', '52' + a + '01'), 'padded-two-byte': '5200' + wide('\u20ac') + '00',
  ...map([['unbalanced', '('], ['lone-bracket', ')'], ['star', '*'], ['class', '['], ['backslash', '\\'], ['range', '[b-a]'], ['repeat-order', 'a{2,1}'], ['lookbehind-open', '(?<a'], ['bad-group', '(?x)'], ['group-twice', '(?<x>a)(?<x>b)'], ['repeat-lookbehind', '(?<=a)*']], ([name, source]) => [`invalid-${name}`, '52' + one(source) + '00']),
  ...map([['escape', '\\-'], ['brace', '{'], ['class-escape', '[\\d-z]'], ['property', '\\p{Nope}'], ['code-point', '\\u{110000}'], ['back-reference', '\\1']], ([name, source]) => [`invalid-unicode-${name}`, '52' + one(source) + '10']),
  ...map([['open-class', '[[a]'], ['double-punctuator', '[a&&&b]'], ['bare-paren', '[(]']], ([name, source]) => [`invalid-sets-${name}`, '52' + one(source) + '8002']),
  ...map([['brace', '{'], ['octal', '\\07'], ['identity', '\\-'], ['lone-close', ']'], ['back-reference', '\\1']], ([name, source]) => [`lenient-${name}`, '52' + one(source) + '00']),
  'sets-nested': '52' + one('[[a-z]--[b]]') + '8002', 'modifiers': '52' + one('(?i:a)') + '00', 'duplicate-groups': '52' + one('(?<x>a)|(?<x>b)') + '00', 'property-escape': '52' + one('\\p{Lu}') + '10', 'emoji': '52' + wide('\u{1f600}') + '10',
});

const m = message(a);
const s = stack(one('S'));
const k = cause(int(1));
const orders = { 'm': [m], 's': [s], 'c': [k], 'ms': [m, s], 'sm': [s, m], 'mc': [m, k], 'cm': [k, m], 'sc': [s, k], 'cs': [k, s], 'msc': [m, s, k], 'mcs': [m, k, s], 'smc': [s, m, k], 'scm': [s, k, m], 'cms': [k, m, s], 'csm': [k, s, m], 'T': ['54'], 'Tm': ['54', m], 'mT': [m, '54'], 'Tmsc': ['54', m, s, k], 'mscT': [m, s, k, '54'], 'Tmcs': ['54', m, k, s], 'sT': [s, '54'], 'Ts': ['54', s], 'Tc': ['54', k], 'TR': ['54', '52'], 'TT': ['54', '54'], 'mm': [m, message(b)], 'ss': [s, stack(b)], 'cc': [k, cause(int(2))], 'TmR': ['54', m, '52'], 'msm': [m, s, m] };

const errors = common({
  'empty': error(),
  ...map(['E', 'R', 'F', 'S', 'T', 'U'], letter => [`prototype-${letter}`, error(byte(letter.charCodeAt(0)), m, s)]),
  ...map(Object.entries(orders), ([name, records]) => [`order-${name}`, error(...records)]),
  'unknown-subtag': error('41'), 'subtag-zero': error('00'), 'subtag-lower-e': error('65'), 'unknown-after-message': error(m, '41'), 'no-end': '72' + m, 'only-tag': '72', 'end-twice': '722e2e', 'message-int': error(message(int(1))), 'message-null': error(message('30')), 'message-object': error(message(empty)), 'message-missing': '726d', 'message-untagged': error('6d0161'), 'message-two-byte': error(message(wide('\u20ac'))), 'message-two-byte-latin1': error(message(wide('ab'))), 'message-utf8': error(message(utf8('c3a9'))), 'message-empty': error(message('2200')), 'message-boxed': error(message('73' + a)), 'stack-int': error(stack(int(1))), 'stack-two-byte': error(m, stack(wide('\u20ac'))), 'stack-empty': error(m, stack('2200')), 'stack-missing': '7273',
  'cause-undefined': error(m, cause('5f')), 'cause-null': error(m, cause('30')), 'cause-object': error(m, cause(object(a, int(1)))), 'cause-error': error(m, cause(error('54', message(b)))), 'cause-array': error(m, cause(dense(int(1)))), 'cause-string': error(m, cause(b)), 'cause-hole': error(cause('2d')), 'cause-missing': '7263', 'cause-view-tag': error(cause('56')), 'cause-nested': error(cause(error(cause(error(cause(int(3))))))), 'cause-before-message-in-inner': error(m, cause(error(k, m))), 'in-object': object(a, error(m), b, int(1)), 'in-map': mapOf(error(m), error(m)), 'as-key': object(error(), '30'), 'two': dense(error(m), error(m)), 'two-references': dense(error(m), reference(1), reference(1)),
  'message-padded': error('6d00' + wide('\u20ac')), 'stack-then-cause-object-reference': dense(error(s, cause(empty)), reference(2)),
});

const buffers = all({
  'empty': '4200', 'bytes': buffer, 'length-over-end': '420301', 'length-max': '42ffffffff0f', 'no-length': '42', 'in-array': dense(buffer, int(1)), 'resizable': '7e02040102', 'resizable-empty': '7e0000', 'resizable-full': '7e02020102', 'resizable-max-low': '7e02010102', 'resizable-over-end': '7e03040102', 'resizable-no-max': '7e02', 'resizable-no-length': '7e', 'resizable-empty-of-8': '7e0008', 'resizable-max-128': '7e018001 ff', 'resizable-max-2-to-20': '7e02808040 0102', 'immutable': '43020102', 'immutable-empty': '4300', 'immutable-over-end': '430301', 'immutable-no-length': '43',
});

const hugeBuffers = newest({
  ...map([31, 32, 33, 35], bits => [`max-2-to-${bits}`, '7e02' + varint(2 ** bits) + '0102']),
  ...map([46, 47, 53], bits => [`max-2-to-${bits}`, '7e02' + varint(2 ** bits) + '0102']),
  'max-2-to-63': '7e02808080808080808080010102', 'max-all-ones': '7e02ffffffffffffffffff010102', 'length-2-to-32-and-2': '42828080801001 02', 'resizable-length-2-to-32-and-2': '7e8280808010 82808080100102', 'length-all-ones': '42ffffffffffffffffff010102',
});

const others = all({
  'transferred': '7400', 'transferred-no-id': '74', 'shared': '7500', 'shared-no-id': '75', 'host': '5c00', 'host-only': '5c', 'wasm-module': '7700', 'wasm-memory': '6d027500', 'wasm-memory-with-byte': '6d02007500', 'wasm-memory-of-buffer': '6d02' + buffer, 'wasm-memory-of-buffer-with-byte': '6d0200' + buffer, 'wasm-memory-64-byte-2': '6d02027500', 'wasm-memory-of-no-maximum': '6d01007500', 'wasm-memory-of-less': '6d03007500', 'wasm-memory-of-most': '6d808008007500', 'wasm-memory-of-more': '6d828008007500', 'wasm-memory-64-of-no-maximum': '6d01017500', 'wasm-memory-64-of-less': '6d03017500', 'wasm-memory-64-of-most': '6d808020017500', 'wasm-memory-64-of-more': '6d828020017500', 'wasm-memory-of-module': '6d03007700', 'wasm-memory-only': '6d', 'shared-object': '7000', 'shared-immutable': '4500', 'transferred-in-array': dense('7400'), 'host-in-object': object(a, '5c00'),
});

const subtags = { Int8Array: ['62', 1], Uint8Array: ['42', 1], Uint8ClampedArray: ['43', 1], Int16Array: ['77', 2], Uint16Array: ['57', 2], Int32Array: ['64', 4], Uint32Array: ['44', 4], Float16Array: ['68', 2], Float32Array: ['66', 4], Float64Array: ['46', 8], BigInt64Array: ['71', 8], BigUint64Array: ['51', 8], DataView: ['3f', 1] };
const eight = '42080102030405060708';
const resizable = '7e0810' + '0102030405060708';
const kinds = Object.entries(subtags);

const views = [
  ...under(15)({
    ...map(kinds, ([kind, [subtag, size]]) => [`${kind}`, `${eight}56${subtag}00${byte(size)}00`]),
    ...map(kinds, ([kind, [subtag, size]]) => [`${kind}-offset`, `${eight}56${subtag}${byte(8 - size)}${byte(size)}00`]),
    ...map(kinds, ([kind, [subtag]]) => [`${kind}-empty-at-end`, `${eight}56${subtag}080000`]),
    ...map(kinds, ([kind, [subtag, size]]) => [`${kind}-resizable`, `${resizable}56${subtag}00${byte(size)}02`]),
    ...map(kinds, ([kind, [subtag]]) => [`${kind}-tracking`, `${resizable}56${subtag}000003`]),
    ...map(kinds.filter(([, [, size]]) => size > 1), ([kind, [subtag, size]]) => [`${kind}-offset-unaligned`, `${eight}56${subtag}01${byte(0)}00`]),
    ...map(kinds.filter(([, [, size]]) => size > 1), ([kind, [subtag]]) => [`${kind}-length-unaligned`, `${eight}56${subtag}000100`]),
    'data-view-unaligned': eight + '563f030200', 'offset-too-large': buffer + '5642030000', 'offset-at-end': buffer + '5642020000', 'length-too-large': buffer + '5642000300', 'offset-plus-length-too-large': buffer + '5642010200', 'offset-max': buffer + '5642ffffffff0f0000', 'length-max': buffer + '564200ffffffff0f00', 'sum-wraps': buffer + '564202ffffffff0f00', 'offset-2-to-32': buffer + '564280808080100100', 'length-2-to-32-and-1': buffer + '564200818080801000', 'offset-2-to-64': buffer + '56428080808080808080800200 00',
    'subtag-unknown': buffer + '5641000200', 'subtag-zero': buffer + '5600000200', 'subtag-two-bytes': buffer + '56c200000200', 'subtag-two-bytes-continued': buffer + '56c280000200', 'subtag-high-bit': buffer + '56c201000200', 'subtag-unknown-out-of-range': buffer + '5641090200', 'subtag-missing': buffer + '56', 'offset-missing': buffer + '5642', 'length-missing': buffer + '564200', 'flags-missing': buffer + '56420002',
    ...map([1, 2, 3, 4, 5, 8, 16, 124, 128, 252, 256, 2 ** 31], flags => [`fixed-flags-${flags}`, buffer + '56420002' + varint(flags)]),
    ...map([0, 1, 2, 3, 4, 6, 7, 128, 130, 131, 2 ** 31 + 3], flags => [`resizable-flags-${flags}`, '7e02040102' + '56420002' + varint(flags)]),
    'flags-overlong': buffer + '564200028000', 'flags-bits-above-32': buffer + '5642000280808080 10', 'tracking-length-ignored': '7e02040102' + '5642000103', 'tracking-length-unaligned': '7e02040102' + '5657000103', 'tracking-length-too-large': '7e02040102' + '5642000303', 'tracking-offset': '7e02040102' + '5642010003', 'tracking-offset-unaligned': '7e04080102 0304' + '5657010003', 'tracking-offset-at-end': '7e02040102' + '5642020003', 'tracking-offset-too-large': '7e02040102' + '5642030003', 'tracking-uneven': '7e03080102 03' + '5657000003', 'tracking-empty': '7e0000' + '5642000003', 'tracking-data-view': '7e02040102' + '563f010003', 'fixed-empty-on-resizable': '7e02040102' + '5642000002', 'on-immutable': '43020102' + '5642000200', 'on-immutable-resizable-flag': '43020102' + '5642000202',
    'on-reference': dense(buffer, reference(1) + '5662000200'), 'on-reference-to-object': dense(empty, reference(1) + '5642000000'), 'on-object': empty + '5642000000', 'on-null': '305642000000', 'on-string': a + '5642000000', 'on-view': buffer + '5642000200' + '5642000200', 'on-view-in-array': '4101' + buffer + '5642000200' + '5642000200' + '240001', 'after-map': mapOf() + '5642000000', 'after-date-in-array': dense('44' + f64(0) + '5642000000'), 'after-int-in-array': dense(int(1) + '5642000000'), 'at-start': '5642000000', 'as-property-value': object(a, buffer + '5642000200'), 'as-key': object(buffer + '5642000200', '30'), 'as-map-key': mapOf(buffer + '5642000200', '30'), 'as-set-element': setOf(buffer + '5642000200'), 'as-cause': error(cause(buffer + '5642000200')), 'buffer-then-v-key': '6f' + a + buffer + '56' + '7b01', 'padded': buffer + '00005642000200', 'two-on-one': dense(buffer + '5642000200', reference(1) + '563f000100'), 'in-transferred': '7400' + '5642000000', 'float16-in-array': dense(buffer + '5668000200'),
  }),
  ...under(13)({
    ...map(kinds, ([kind, [subtag, size]]) => [`${kind}-v13`, `${eight}56${subtag}00${byte(size)}`]),
    'offset-v13': buffer + '56420101', 'offset-too-large-v13': buffer + '56420300', 'length-too-large-v13': buffer + '56420003', 'unaligned-v13': eight + '56570102', 'length-unaligned-v13': eight + '56570001', 'subtag-unknown-v13': buffer + '56410002', 'subtag-two-bytes-v13': buffer + '56c2000002', 'subtag-three-bytes-v13': buffer + '56c280000002', 'flags-zero-trailing-v13': buffer + '5642000200', 'offset-overlong-v13': buffer + '5642818080808000 01', 'offset-six-v13': buffer + '5642818080808080 0001', 'data-view-v13': eight + '563f0302', 'on-object-v13': empty + '56420000', 'as-property-value-v13': object(a, buffer + '56420002'), 'two-on-one-v13': dense(buffer + '56420002', reference(1) + '563f0001'), 'then-padding-and-value-v13': dense(buffer + '56420002' + '00', int(1)), 'truncated-v13': buffer + '564200', 'sum-wraps-v13': buffer + '564202ffffffff0f', 'length-2-to-32-and-1-v13': buffer + '5642008180808010', 'padded-v13': buffer + '0056420002',
  }),
  ...under(14, 16)({ 'fixed': buffer + '5642000200', 'flags-missing': buffer + '56420002', 'resizable': '7e02040102' + '5642000202', 'tracking': '7e02040102' + '5642000003', 'bad-flags': buffer + '5642000202', 'offset-2-to-32': buffer + '564280808080100100', 'length-2-to-32-and-1': buffer + '564200818080801000' }).map(item => ({ ...item, name: item.name.includes('-v16') ? item.name : `${item.name}-v14` })),
];

// MARK: What an engine writes back

const [xyz, wideXyz] = [one('xyz'), wide('xyz')];
const longName = 'qrstuvwxyzqrst';

const rewriting = common({
  // The cause of an error is a field too.
  'cause-after-double': '4102 72 63 4e000000000000f83f 2e 72 63 4902 2e 240002',
  'cause-before-double': '4102 72 63 4902 2e 72 63 4e000000000000f83f 2e 240002',
  'cause-after-double-with-message': '4102 72 6d 220178 63 4e000000000000f83f 2e 72 6d 220179 63 4902 2e 240002',
  'cause-after-double-without-message': '4102 72 6d 220178 63 4e000000000000f83f 2e 72 63 4902 2e 240002',
  'cause-after-double-of-other-class': '4102 72 54 63 4e000000000000f83f 2e 72 63 4902 2e 240002',
  'cause-after-double-of-same-class': '4102 72 54 63 4e000000000000f83f 2e 72 54 63 4902 2e 240002',
  'cause-after-double-and-string': '4103 72 63 4e000000000000f83f 2e 72 63 220178 2e 72 63 4902 2e 240003',
  'cause-after-double-with-stack': '4102 72 73 220178 63 4e000000000000f83f 2e 72 73 220178 63 4902 2e 240002',
  'cause-after-double-without-stack': '4102 72 73 220178 63 4e000000000000f83f 2e 72 63 4902 2e 240002',
  'cause-after-infinity': '4102 72 63 4e000000000000f07f 2e 72 63 4902 2e 240002',
  'cause-three': '4103 72 63 4902 2e 72 63 4e000000000000f83f 2e 72 63 4904 2e 240003',
  'name-wide': object(wideXyz, int(1)), 'name-wide-then-narrow': dense(object(wideXyz, int(1)), object(xyz, int(2))), 'name-narrow-then-wide': dense(object(xyz, int(1)), object(wideXyz, int(2))), 'name-wide-then-narrow-in-one': object(wideXyz, object(xyz, int(1))), 'name-narrow-then-wide-in-one': object(xyz, object(wideXyz, int(1))), 'name-wide-one-unit': object(wide('q'), int(1)), 'name-wide-one-latin1-unit': object(wide('\xe9'), int(1)), 'name-wide-euro': object(wide('\u20ac'), int(1)), 'name-wide-long': object(wide(longName), int(1)), 'name-wide-8': object(wide('qrstuvwx'), int(1)), 'name-wide-7': object(wide('qrstuvw'), int(1)), 'name-wide-long-then-narrow': dense(object(wide(longName), int(1)), object(one(longName), int(2))), 'name-utf8-then-wide': dense(object(utf8('78797a'), int(1)), object(wideXyz, int(2))),
  ...map([0x01, 0x20, 0x51, 0x5f, 0x7e, 0x7f, 0x80, 0xc0, 0xfe, 0xff], unit => [`name-wide-unit-${byte(unit)}`, object(wide(String.fromCharCode(unit)), int(1))]),
  'name-wide-second-7': object(one('qq'), int(1), wide('qrstuvw'), int(2)), 'name-wide-second-8': object(one('qq'), int(1), wide('qrstuvwx'), int(2)), 'name-wide-second-one-unit': object(one('qq'), int(1), wide('\xe9'), int(2)),
  'name-wide-second': object(one('qq'), int(1), wideXyz, int(2)), 'name-wide-value-same-text': object(wideXyz, wideXyz), 'name-narrow-value-wide': object(xyz, wideXyz), 'value-wide-then-name-narrow': dense(wideXyz, object(xyz, int(1))), 'name-wide-inside-value': object(wideXyz, object(wideXyz, int(1))), 'name-narrow-inside-wide': object(wide('qxyz'), object(one('qxyz'), int(1))), 'name-fast-way': dense(object(xyz, int(1)), object(xyz, object(wide('qxyz'), int(1)), wide('qxyz'), int(2))), 'name-third-after-both': dense(object(wideXyz, int(1)), object(xyz, int(1)), object(wideXyz, int(1))),
  // Up to 10.2 a narrow string of one unit is looked up among the names, wherever it stands.
  'value-one-unit-after-wide-name': dense(object(wide('\xe9'), int(1)), one('\xe9')), 'value-one-unit-before-wide-name': dense(one('\xe9'), object(wide('\xe9'), int(1))), 'value-one-unit-inside-wide-name': object(wide('\xe9'), one('\xe9')), 'value-one-unit-wide-before-name': dense(wide('\xe9'), object(one('\xe9'), int(1)), wide('\xe9')), 'value-one-unit-utf8-after-wide-name': dense(object(wide('Q'), int(1)), utf8('51')), 'value-one-unit-utf8-latin1-after-wide-name': dense(object(wide('\xe9'), int(1)), utf8('c3a9')), 'box-one-unit-after-wide-name': dense(object(wide('\xe9'), int(1)), '73' + one('\xe9')), 'message-one-unit-after-wide-name': dense(object(wide('\xe9'), int(1)), error(message(one('\xe9')))), 'regexp-one-unit-after-wide-name': dense(object(wide('\xe9'), int(1)), '52' + one('\xe9') + '00'), 'map-key-one-unit-after-wide-name': dense(object(wide('\xe9'), int(1)), mapOf(one('\xe9'), int(1))),
  'array-property-wide': '4100' + wideXyz + '30240100', 'array-property-wide-then-object': dense('4100' + wideXyz + '30240100', object(xyz, int(1))), 'object-then-array-property-wide': dense(object(xyz, int(1)), '4100' + wideXyz + '30240100'), 'sparse-property-wide': sparse(0, wideXyz, '30'),
  'map-key-wide': mapOf(wideXyz, int(1)), 'map-key-after-name': dense(object(xyz, int(1)), mapOf(wideXyz, int(1))), 'map-key-before-name': dense(mapOf(wideXyz, int(1)), object(xyz, int(1))), 'map-key-wide-then-narrow': mapOf(wideXyz, mapOf(xyz, int(1))), 'map-key-after-wide-name': dense(object(wideXyz, int(1)), mapOf(xyz, int(1))), 'map-key-wide-long': mapOf(wide(longName), int(1)), 'map-value-wide': mapOf(int(1), wideXyz), 'map-key-one-unit': mapOf(wide('q'), int(1)), 'set-element-wide': setOf(wideXyz), 'set-element-after-name': dense(object(xyz, int(1)), setOf(wideXyz)), 'set-element-before-name': dense(setOf(wideXyz), object(xyz, int(1))), 'map-key-wide-inside-value': mapOf(int(1), object(wideXyz, mapOf(wideXyz, int(1)))), 'set-element-one-unit': setOf(wide('\xe9')), 'set-element-wide-euro': setOf(wide('\u20ac')),
  'string-values-keep-width': dense(wideXyz, xyz, wideXyz), 'value-one-unit-wide': dense(wide('q')), 'value-wide-empty': dense('6300'), 'box-wide': '73' + wideXyz, 'message-wide': error(message(wideXyz)), 'index-wide': object(wide('12'), int(1)), 'name-of-fraction-then-wide': object(double(1.5), int(1), a, object(wide('1.5'), int(1))), 'name-wide-then-fraction': object(wide('1.5'), int(1), a, object(double(1.5), int(1))), 'name-of-negative-then-wide': dense(object(int(-7), int(1)), object(wide('-7'), int(1))), 'name-of-big-then-wide': dense(object(double(4294967296), int(1)), object(wide('4294967296'), int(1))),
  'regexp-wide': '52' + wideXyz + '00', 'regexp-narrow-then-wide': dense('52' + xyz + '00', '52' + wideXyz + '00'), 'regexp-wide-then-narrow': dense('52' + wideXyz + '00', '52' + xyz + '00'), 'regexp-narrow-then-wide-other-flags': dense('52' + xyz + '00', '52' + wideXyz + '01'), 'regexp-wide-narrow-wide': dense('52' + wideXyz + '01', '52' + xyz + '01', '52' + wideXyz + '00'), 'regexp-escaped-wide': dense('52' + one('x/y') + '00', '52' + wide('x/y') + '00'), 'regexp-and-name': dense(object(xyz, int(1)), '52' + wideXyz + '00'),
  'shape-double-then-small': dense(object(one('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-small-then-double': dense(object(one('kk'), int(1)), object(one('kk'), double(1.5))), 'shape-small-then-double-inside': object(one('kk'), int(1), one('jj'), object(one('kk'), double(1.5))), 'shape-integral-double': dense(object(one('kk'), double(1.5)), object(one('kk'), double(2))), 'shape-unsigned': dense(object(one('kk'), double(1.5)), object(one('kk'), '5507')), 'shape-string-then-small': dense(object(one('kk'), a), object(one('kk'), int(1))), 'shape-string-then-double': dense(object(one('kk'), a), object(one('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-small-then-string-then-double': dense(object(one('kk'), int(1)), object(one('kk'), a), object(one('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-double-then-string-then-small': dense(object(one('kk'), double(1.5)), object(one('kk'), a), object(one('kk'), int(1))), 'shape-big-integer-then-small': dense(object(one('kk'), double(2147483648)), object(one('kk'), int(1))), 'shape-minus-zero-then-small': dense(object(one('kk'), double(-0)), object(one('kk'), int(1))), 'shape-nan-then-small': dense(object(one('kk'), double(NaN)), object(one('kk'), int(1))), 'shape-second-property': dense(object(one('kk'), int(1), one('jj'), double(1.5)), object(one('kk'), int(1), one('jj'), int(2))), 'shape-other-order': dense(object(one('kk'), double(1.5), one('jj'), int(1)), object(one('jj'), int(1), one('kk'), int(2))), 'shape-prefix': dense(object(one('kk'), double(1.5), one('jj'), int(1)), object(one('kk'), int(1))), 'shape-longer': dense(object(one('kk'), double(1.5)), object(one('kk'), int(1), one('jj'), int(1))), 'shape-index-key': dense(object(int(0), double(1.5)), object(int(0), int(1))), 'shape-index-before-name': dense(object(int(0), '30', one('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-array-property': dense('4100' + one('kk') + double(1.5) + '240100', '4100' + one('kk') + int(1) + '240100'), 'shape-moved-forgets': dense(object(one('kk'), int(1), one('jj'), double(0.5)), object(one('kk'), double(1.5)), object(one('kk'), int(1), one('jj'), int(2))), 'shape-null-then-small': dense(object(one('kk'), '30'), object(one('kk'), int(1))), 'shape-undefined-then-double-then-small': dense(object(one('kk'), '5f'), object(one('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-many-smalls': dense(object(one('kk'), double(1.5), one('jj'), double(1.5), one('ii'), double(1.5)), object(one('kk'), int(1), one('jj'), int(2), one('ii'), int(3))), 'shape-ended-slow': object(one('kk'), int(1), one('jj'), object(one('kk'), double(1.5)), one('ii'), int(1)), 'shape-nested-same': object(one('kk'), object(one('kk'), double(1.5), one('jj'), object(one('kk'), int(1)))), 'shape-of-map-value': mapOf(int(1), object(one('kk'), double(1.5)), int(2), object(one('kk'), int(1))), 'shape-wide-name': dense(object(wide('kk'), double(1.5)), object(one('kk'), int(1))), 'shape-moved-under-index-key': object(one('kk'), int(1), int(5), object(one('kk'), double(1.5))), 'shape-moved-under-index-text': object(one('kk'), int(1), one('5'), object(one('kk'), double(1.5))), 'shape-moved-under-index-key-then-name': object(one('kk'), int(1), int(5), object(one('kk'), double(1.5)), one('jj'), '30'), 'shape-moved-under-index-key-twice': object(one('kk'), int(1), int(5), object(one('kk'), double(1.5)), int(6), '30'), 'shape-known-moved-under-index-key': dense(object(one('kk'), int(1), one('jj'), '30'), object(one('kk'), int(1), int(5), object(one('kk'), double(1.5)))), 'shape-known-moved-under-index-key-then-name': dense(object(one('kk'), int(1), one('jj'), '30'), object(one('kk'), int(1), int(5), object(one('kk'), double(1.5)), one('jj'), '30')), 'shape-known-moved-under-last-name': dense(object(one('kk'), int(1), one('jj'), empty), object(one('kk'), int(1), one('jj'), object(one('kk'), double(1.5)))), 'shape-known-moved-under-last-name-then-index': dense(object(one('kk'), int(1), one('jj'), empty), object(one('kk'), int(1), one('jj'), object(one('kk'), double(1.5)), int(0), '30')), 'shape-known-two-moved-under-index': dense(object(one('kk'), int(1), one('jj'), int(1)), object(one('kk'), int(1), one('jj'), int(2), int(5), object(one('kk'), int(3), one('jj'), double(1.5)))), 'shape-1020-names': dense(...[int(1), double(1.5), int(1)].map(last => object(...Array.from({ length: 1019 }, (_, index) => [one(`p${index}q`), '30']).flat(), one('kk'), last))), 'shape-1021-names': dense(...[int(1), double(1.5), int(1)].map(last => object(...Array.from({ length: 1020 }, (_, index) => [one(`p${index}q`), '30']).flat(), one('kk'), last))), 'shape-behind-200-index-keys': dense(...[int(1), double(1.5), int(1)].map(last => object(...Array.from({ length: 200 }, (_, index) => [int(index), '30']).flat(), one('kk'), last))), 'shape-dictionary-inside': object(...Array.from({ length: 1019 }, (_, index) => [one(`p${index}q`), '30']).flat(), one('kk'), int(1), one('jj'), object(one('kk'), double(1.5))), 'cause-through-two-fields': dense(error(cause(double(1.5))), error('54', cause(empty)), error(cause(int(0)))), 'map-key-entered-behind-value': mapOf(one('xyz'), sparse(0, wideXyz, '30')), 'set-element-wide-index': setOf(wide('100')), 'set-element-wide-short-index': setOf(wide('12')), 'map-key-wide-index': mapOf(wide('4294967294'), int(1)), 'map-key-wide-no-index': mapOf(wide('4294967295'), int(1)), 'set-index-wide-then-narrow': dense(setOf(wide('739')), setOf(one('739'))), 'set-index-narrow-then-wide': dense(setOf(one('739')), setOf(wide('739'))), 'shape-four-objects': dense(object(one('kk'), int(1)), object(one('kk'), int(2)), object(one('kk'), double(0.5)), object(one('kk'), int(3))),
  'alignment-changes': dense(one('a'), '00' + wide('\u20ac'), wide('\u20ac')), 'unsigned-to-int': '5507', 'unsigned-to-double': '55ffffffff0f', 'dense-to-sparse': dense(int(1), int(2)), 'dense-in-dense': dense(dense()), 'sparse-with-name': sparse(2, a, int(1), int(0), int(2)), 'bigint-digits': '5a022a', 'utf8-to-one-byte': utf8('61'), 'utf8-to-two-byte': utf8('e282ac'), 'utf8-latin1': utf8('c3a9'), 'date-fraction': '44' + f64(1.9), 'error-order': error(k, s), 'map-of-duplicates': mapOf(int(1), int(1), int(1), int(2)), 'index-text-to-number': object(one('7'), '30'), 'verify-count-dropped': '3f0530',
});

// MARK: Versions 0 to 12, which engines read when they are told to

const untagged = hex => sized(hex.replace(/ /g, ''));
const legacyVersions = under(12, 11, 10, 9, 1, 0);
const untaggedVersions = under(11, 9, 1, 0);

const stackMachine = whole({
  'object-empty': '7b00', 'object-one': utf8('61') + int(42) + '7b01', 'object-two': utf8('61') + int(1) + utf8('62') + int(2) + '7b02', 'object-of-objects': utf8('61') + utf8('62') + int(1) + '7b017b01', 'object-key-number': int(7) + '307b01', 'object-key-index-text': utf8('37') + '30' + utf8('61') + '30' + int(3) + '307b03', 'object-key-fraction': double(1.5) + '307b01', 'object-key-minus-zero': double(-0) + '307b01', 'object-key-null': '30307b01', 'object-key-object': '7b00307b01', 'object-key-bigint': '5a022a307b01', 'object-key-twice': a + '30' + a + '307b02', 'object-key-collides': utf8('31') + '30' + int(1) + '307b02', 'object-key-one-byte': a + '307b01', 'object-key-wide': wide('xyz') + '307b01', 'object-key-proto': one('__proto__') + '7b007b01',
  'object-too-few': utf8('61') + '7b01', 'object-too-few-none': '7b01', 'object-count-max': '7bffffffff0f', 'object-count-half-max': '307b8080808008', 'object-no-count': '7b', 'object-count-overlong': a + '307b8100', 'object-takes-last': '30' + a + '317b01', 'object-leaves-one': '30' + a + '307b01',
  'array-empty': '400000', 'array-length': '400005', 'array-elements': int(0) + a + int(2) + '30' + '400203', 'array-strings-as-index': utf8('30') + a + '400101', 'array-grows': int(5) + '30' + '400102', 'array-named': a + '30400100', 'array-length-property': one('length') + int(1) + '400102', 'array-twice': int(0) + '30' + int(0) + '30400201', 'array-length-max': '4000ffffffff0f', 'array-index-max': double(4294967294) + '30400100', 'array-index-above': double(4294967295) + '30400100', 'array-too-few': '30400100', 'array-no-length': '4000', 'array-no-count': '40', 'array-undefined': int(0) + '5f400101', 'array-key-null': '3030400101',
  'dense-end': '240000', 'dense-end-behind-value': '30240000',
  'empty': '', 'padding-only': '0000', 'two-values': '3030', 'three-values': '303030', 'padded': '00' + utf8('61') + '0000' + int(42) + '007b01', 'padding-behind': '7b000000', 'padding-in-count': a + '307b0001', 'header-0': 'ff007b00', 'header-0-overlong': 'ff80007b00', 'header-0-nothing': 'ff00', 'header-0-padding': 'ff0000', 'header-1': 'ff017b00', 'header-truncated': 'ff80', 'value-alone': '30', 'value-int': int(42), 'value-string': utf8('c3a9'), 'value-garbage': '58', 'value-hole': '2d', 'value-then-garbage': '3058', 'garbage-tail': '7b00ff',
  'new-object': object(a, int(1)), 'new-object-in-old': a + object(b, int(1)) + '7b01', 'old-object-in-new': '6f' + a + '7b007b01', 'new-array': dense(int(1), '5f', int(3)), 'new-sparse-array': sparse(3, int(1), '30'), 'new-map': mapOf(a, int(1)), 'new-set': setOf(a), 'new-array-holds-end': '4101' + '7b00' + '240001', 'new-date': '44' + f64(5), 'new-view': '42020102' + '56420002', 'new-view-padded': '42020102' + '0056420002', 'view-alone': '56420002', 'buffer-then-view-in-old': a + '42020102' + '56420002' + '7b01', 'resizable-view': '7e02040102' + '56420002', 'verified': '3f0030', 'verified-object': a + '3f0030' + '7b01', 'verified-end': a + '303f007b01', 'error-untagged': '726d' + untagged('6162') + '2e', 'error-tagged': '726d' + one('ab') + '2e',
  'ids-of-old-objects': '7b00' + reference(0) + '400001', 'reference-to-old': a + '7b00' + b + reference(0) + '7b02', 'reference-to-new': a + '79' + b + reference(0) + '7b02', 'reference-to-second-new': a + '79' + b + '78' + c + reference(1) + '7b03', 'reference-forward': a + reference(0) + b + '79' + '7b02', 'reference-inside-new': a + '6f' + a + reference(0) + '7b01' + '7b01', 'reference-behind-old-array': int(0) + '400000' + int(1) + '79' + int(2) + reference(0) + '400303',
  'shapes': int(0) + one('kk') + double(1.5) + '7b01' + int(1) + one('kk') + int(1) + '7b01' + '400202', 'shapes-small-then-double': int(0) + one('kk') + int(1) + '7b01' + int(1) + one('kk') + double(1.5) + '7b01' + '400202', 'shapes-small-then-double-same': one('kk') + int(1) + one('jj') + one('kk') + double(1.5) + '7b01' + '7b02', 'names-wide-first': int(0) + wide('xyz') + '30' + '7b01' + int(1) + one('xyz') + '30' + '7b01' + '400202', 'names-narrow-first': int(0) + one('xyz') + '30' + '7b01' + int(1) + wide('xyz') + '30' + '7b01' + '400202', 'names-long-wide': wide('abcdefgh') + '307b01', 'names-of-array-wide': wide('xyz') + '30' + '400100',
});

const legacyForms = legacyVersions({
  'null': '30', 'object': object(a, int(1)), 'string-one-byte': one('ab'), 'string-wide': wide('ab'), 'string-utf8': utf8('c3a9'), 'dense': dense(int(1), int(2)), 'undefined-element': dense('5f'), 'undefined-elements': dense('5f', int(1), '5f'), 'undefined-padded': dense('005f'), 'undefined-verified': dense('3f005f'), 'undefined-in-sparse': sparse(2, int(0), '5f'), 'undefined-filled': '41015f' + int(0) + int(7) + '240101', 'undefined-nested': dense(dense('5f')), 'undefined-in-map': mapOf('5f', '5f'), 'undefined-property': object(a, '5f'), 'undefined-cause': error(cause('5f')), 'hole': dense('2d'), 'hole-alone': '2d', 'map': mapOf(a, int(1)), 'set': setOf(a), 'date': '44' + f64(5), 'bigint': '5a022a', 'boxed-bigint': '7a022a',
  'view': buffer + '56420002', 'view-with-flags': buffer + '5642000200', 'view-with-bad-flags': buffer + '5642000201', 'views': dense(buffer + '56420002', reference(1) + '56620002'), 'resizable': '7e02040102', 'resizable-view': '7e02040102' + '56420002', 'float16': buffer + '56680002', 'immutable': '43020102', 'trailing': '3030', 'trailing-padding': '3000', 'no-value': '', 'padding-only': '00',
  'box-string-tagged': '73' + one('ab'), 'box-string-wide': '73' + wide('ab'), 'box-string-padded': '7300' + one('ab'), 'regexp-tagged': '52' + one('ab') + '01', 'error-tagged': error('54', message(one('ab')), stack(one('S'))), 'error-empty': error(), 'error-cause': error(cause(int(1))),
  'unknown': '58', 'unknown-in-array': dense('58'), 'unknown-hole-in-object': '6f' + a + '2d7b01', 'end-object': '7b00', 'end-array': '240000', 'end-sparse-array': '400000', 'end-map': '3a00', 'end-set': '2c00', 'view-alone': '56420002', 'header-again': 'ff0f30', 'shared-object': '7000', 'host-object': '5c', 'transfer': '7400', 'shared-buffer': '7500', 'wasm-module': '7700', 'verified-end': '6f3f007b00', 'reference': dense(empty, reference(1)), 'reference-self': dense(reference(0)),
  'rich': object(a, dense(int(1), '00' + wide('\u20ac'), '5f'), one('m'), mapOf(int(1), double(2.5)), one('s'), setOf('54', reference(0)), one('v'), buffer + '56420002', one('p'), sparse(2, int(1), '30'), one('z'), reference(1)),
});

const untaggedStrings = untaggedVersions({
  'box': '73' + untagged('6162'), 'box-empty': '7300', 'box-latin1': '73' + untagged('c3a9'), 'box-euro': '73' + untagged('e282ac'), 'box-bad': '73' + untagged('ff61eda080'), 'box-bom': '73' + untagged('efbbbf61'), 'box-truncated': '730361', 'box-no-length': '73', 'box-overlong': '73810061', 'box-length-max': '73ffffffff0f61', 'box-like-tag': '7322' + '61'.repeat(34), 'box-twice': dense('73' + untagged('61'), reference(1)),
  'regexp': '52' + untagged('61') + '01', 'regexp-empty': '520000', 'regexp-slash': '52' + untagged('2f') + '00', 'regexp-euro': '52' + untagged('e282ac') + '04', 'regexp-bad-flags': '52' + untagged('61') + '40', 'regexp-no-flags': '52' + untagged('61'), 'regexp-truncated': '520261', 'regexp-padded-flags': '52' + untagged('61') + '0001',
  'message': '726d' + untagged('6869') + '2e', 'stack': '7273' + untagged('53') + '2e', 'message-stack': '7254' + '6d' + untagged('6869') + '73' + untagged('53') + '2e', 'message-truncated': '726d0561', 'message-empty': '726d002e', 'message-euro': '726d' + untagged('e282ac') + '2e', 'cause-untagged-message': '7263' + '726d' + untagged('61') + '2e' + '2e', 'message-twice': '726d' + untagged('61') + '6d' + untagged('62') + '2e',
  'utf8-names': object(utf8('c3a9'), int(1), utf8('e282ac'), int(2)), 'utf8-name-again': dense(object(utf8('c3a9'), int(1)), object(utf8('c3a9'), int(2)), object(one('\xe9'), int(3))), 'utf8-name-like-bytes': dense(object(one('\xc3\xa9'), int(1)), object(utf8('c3a9'), int(2))), 'utf8-name-bytes-after': dense(object(utf8('c3a9'), int(1)), object(one('\xc3\xa9'), int(2))), 'utf8-name-bad': dense(object(utf8('ff'), int(1)), object(utf8('ff'), int(2))), 'utf8-name-then-wide': dense(object(utf8('78797a'), int(1)), object(wide('xyz'), int(2))),
});

const asLegacy = cases => cases.map(item => ({ ...item, legacy: true }));

// MARK: Every quirk that has a number

const quirks = whole({
  '01': 'ff8f808080805f', '02a': 'ff0f498080808080', '02b': 'ff0f49808080808030', '03': 'ff0f4e010000000000f07f', '04a': 'ff0f5a0300', '04b': 'ff0f5a01', '05': 'ff0f5a022a', '06': 'ff0f63026100', '07': 'ff0f4e0000000000004540', '08': 'ff0f41014902240001', '09': 'ff0f6102490a30400102', '10': 'ff0f410249024904 4904 4906 240102', '11': 'ff0f4102 2d 4904 4900 4906 240102', '12': 'ff0f4102 49024904 220130 4906 240102', '13': 'ff0f4103 490249044906 22066c656e677468 4902 240103', '14': 'ff0f6f 220131 4902 4902 4904 7b02', '15': 'ff0f6f 4e000000000000f87f 30 7b01', '16': 'ff0f6f 22095f5f70726f746f5f5f 6f7b00 7b01', '17a': 'ff0f3b 4902 4904 4902 4906 3a04', '17b': 'ff0f3b 4902 4904 4902 4906 3a02', '18': 'ff0f42020102 56 c200 00 02 00', '19': 'ff0f42020102 56 4200 02 04', '20': 'ff0f7e02040102 56 4200 02 00', '21': 'ff0f4102 42020102 5e01 56 6200 0200 240002', '22': 'ff0f42020102 0056 4200 02 00', '23': 'ff0f30 56420000 00', '24': 'ff0f722e', '25a': 'ff0f72 6d220161 54 2e', '25b': 'ff0f72 54 52 2e', '26': 'ff0f72 63 5e00 2e', '28': 'ff0f52 2200 00', '29': 'ff0f52 220161 9002', '30a': 'ff0f73 4902', '30b': 'ff0f73 73220161', '33': 'ff0d 4200 5642 0000 00', '34': 'ff0d 4103 4200 56420000e847 6f7b00 5e03 240003', '36': 'ff0d 58 05', '39': 'ff0f3f003f0030', '40': 'ff0f6f 220161 30 3f00 7b01',
}).concat({ name: '27', bytes: 'ff0f52 220128 00' });

// MARK: Generated

const tagBytes = Array.from({ length: 256 }, (_, tag) => byte(tag));
const knownTags = Array.from('"$\',-0:;?@ABCDEFINRSTUVZ\\^_acmnoprstuwxyz{~', tag => byte(tag.charCodeAt(0)));
const tags = [
  ...under(15)(map(tagBytes, tag => [`byte-${tag}`, tag + '00'.repeat(8)])),
  ...under(13)(map(knownTags, tag => [`byte-${tag}-v13`, tag + '00'.repeat(8)])),
  ...under(16)(map(['43', '45', '58', '70', '7e'], tag => [`byte-${tag}-v16`, tag + '00'.repeat(8)])),
];

const rich = flags => object(
  a, dense(int(1), '00' + wide('\u20ac'), '2d'), one('m'), mapOf(int(1), double(2.5)), one('s'), setOf('54', reference(0)), one('d'), '44' + f64(5), one('r'), '52' + one('x') + '01',
  one('e'), error('54', message(one('m')), stack(one('S'))), one('v'), buffer + '56420002' + flags, one('n'), '5a022a', one('o'), '73' + one('q'), one('p'), sparse(2, int(1), '30'), one('z'), reference(1),
);

const prefixesOf = (version, body) => {
  const payload = `ff${byte(version)}${body}`;
  return map(Array.from({ length: payload.length / 2 + 1 }, (_, length) => length), length => [`at-${String(length).padStart(3, '0')}-v${version}`, payload.slice(0, 2 * length)]);
};
const truncation = whole({ ...prefixesOf(15, rich('00')), ...prefixesOf(13, rich('')) });

// MARK: The list

const sections = { headers, trailing, constants, varints, numbers, bigints, strings, padding, references: [...references, ...viewIds], retry, keys, objects, 'dense-arrays': denseArrays, 'sparse-arrays': sparseArrays, maps, sets, counts, dates, boxes, regexps, errors, buffers: [...buffers, ...hugeBuffers.map(item => ({ ...item, name: `huge-${item.name}` }))], others, views, rewriting, 'legacy-headers': asLegacy(headers), 'stack-machine': asLegacy(stackMachine), 'legacy-forms': asLegacy(legacyForms), 'untagged-strings': asLegacy(untaggedStrings), quirks, tags, truncation };

export const readCases = Object.entries(sections).flatMap(([section, cases]) =>
  cases.map(({ bytes, ...rest }) => ({ section, ...rest, bytes: bytes.replace(/ /g, '') })));
