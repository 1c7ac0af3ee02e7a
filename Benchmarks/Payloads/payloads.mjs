// The values that are measured. Each is built by the engine itself and never read from bytes: V8 writes an array that it has read
// in another form than one that a program made, and slower.
//
// A builder makes a new value of the same content each time it is called. Text is random, so that nothing can be guessed from
// what came before; `id` and similar names repeat, as they do in real messages.
import { Random } from './random.mjs';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const printable = letters + letters.toUpperCase() + '0123456789 .,:;-_/()[]{}';
const latin1 = printable + 'àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÉÖÜ£§°';
const kana = 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん日本語東京大阪今日明日人気新聞時間世界';
const emoji = ['😀', '🎉', '🚀', '❤️', '👍🏽', '🇯🇵', '✨', '🐙'];
const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Niklaus', 'Frances', 'Tony'];
const lastNames = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Perlman', 'Wirth', 'Allen', 'Hoare'];
const tags = ['admin', 'staff', 'beta', 'paid', 'trial', 'eu', 'us', 'new'];

const list = (count, make) => {
  const elements = [];
  for (let i = 0; i < count; i++) elements.push(make(i));
  return elements;
};

const isoDate = (random) => new Date(1.6e12 + random.below(1.2e11)).toISOString();
const uuid = (random) => [8, 4, 4, 4, 12].map(length => random.hex(length)).join('-');

function objs10k() {
  const random = new Random(1);
  return list(10_000, id => ({
    id,
    name: `${random.pick(firstNames)} ${random.pick(lastNames)} ${random.below(1000)}`,
    score: random.fraction() * 1000,
    active: random.below(2) === 0,
    tags: list(3, () => random.pick(tags)),
  }));
}

function tree() {
  const random = new Random(2);
  const node = depth => ({
    value: random.below(1 << 20),
    name: random.text(letters, 3 + random.below(4)),
    left: depth > 0 ? node(depth - 1) : null,
    right: depth > 0 ? node(depth - 1) : null,
  });
  return node(12);
}

function deep() {
  let value = { depth: 0, name: 'innermost', next: null };
  for (let depth = 1; depth < 800; depth++) value = { depth, name: 'lvl' + depth, next: value };
  return value;
}

/** Integers of both signs, most of them with 27 to 31 bits. */
function int100k() {
  const random = new Random(3);
  return list(100_000, () => (random.bits() | 0) >> random.below(4));
}

function dbl100k() {
  const random = new Random(4);
  return list(100_000, () => (random.fraction() - 0.5) * 1e6);
}

const strAscii1M = () => new Random(5).text(printable, 1 << 20);
const strLatin1M = () => new Random(6).text(latin1, 1 << 20);
const strTwo1M = () => new Random(7).text(kana, 1 << 19);

function map1k() {
  const random = new Random(8);
  const map = new Map();
  for (let i = 0; i < 1000; i++) {
    map.set('session:' + random.hex(14), { id: i, hits: random.below(1e6), ratio: random.fraction(), ok: random.below(2) === 0 });
  }
  return map;
}

function ab16M() {
  const random = new Random(9);
  const words = new Uint32Array(1 << 22);
  for (let i = 0; i < words.length; i++) words[i] = random.bits();
  return words.buffer;
}

/** A call as Electron puts it on the wire: 206 bytes. */
const ipc = () => ({
  id: 4711,
  channel: 'workspace:save-document',
  args: [
    { path: '/home/ada/notes/structured-clone.md', encoding: 'utf8', revision: 17, dirty: true, selection: [120, 148] },
    { silent: false, reason: 'auto', elapsed: 12.75 },
    null,
  ],
});

function twitter() {
  const random = new Random(10);
  const japanese = length => {
    let text = random.text(kana, length);
    if (random.below(3) === 0) text += random.pick(emoji);
    return random.below(4) === 0 ? `@${random.text(letters, 8)} ${text}` : text;
  };
  const user = () => {
    const id = random.below(2 ** 31);
    return {
      id,
      id_str: String(id),
      name: japanese(4 + random.below(8)),
      screen_name: random.text(letters + '_', 6 + random.below(9)),
      location: random.below(2) ? japanese(4) : '',
      description: japanese(30 + random.below(60)),
      url: random.below(3) ? null : 'http://t.co/' + random.text(letters, 10),
      protected: false,
      followers_count: random.below(5000),
      friends_count: random.below(2000),
      listed_count: random.below(40),
      created_at: 'Sun Aug 31 00:29:15 +0000 2014',
      favourites_count: random.below(9000),
      utc_offset: random.below(2) ? 32400 : null,
      time_zone: random.below(2) ? 'Tokyo' : null,
      geo_enabled: random.below(4) === 0,
      verified: false,
      statuses_count: random.below(90_000),
      lang: 'ja',
      profile_background_color: random.hex(6).toUpperCase(),
      profile_image_url_https: `https://pbs.twimg.com/profile_images/${id}/${random.text(letters, 8)}_normal.jpeg`,
      profile_text_color: random.hex(6).toUpperCase(),
      default_profile: random.below(2) === 0,
      following: false,
    };
  };
  const status = () => {
    const id = random.below(2 ** 31);
    return {
      metadata: { result_type: 'recent', iso_language_code: 'ja' },
      created_at: 'Sun Aug 31 00:29:15 +0000 2014',
      id,
      id_str: String(id),
      text: japanese(40 + random.below(90)),
      source: '<a href="http://twitter.com/download/iphone" rel="nofollow">Twitter for iPhone</a>',
      truncated: false,
      in_reply_to_status_id: random.below(3) ? null : random.below(2 ** 31),
      in_reply_to_screen_name: random.below(3) ? null : random.text(letters, 10),
      user: user(),
      geo: null,
      coordinates: random.below(5) ? null : { type: 'Point', coordinates: [139 + random.fraction(), 35 + random.fraction()] },
      retweet_count: random.below(100),
      favorite_count: random.below(100),
      entities: {
        hashtags: list(random.below(3), () => ({ text: japanese(5), indices: [random.below(50), 50 + random.below(50)] })),
        symbols: [],
        urls: list(random.below(2), () => ({
          url: 'http://t.co/' + random.text(letters, 10),
          expanded_url: 'http://example.jp/' + random.text(letters, 20),
          indices: [random.below(50), 50 + random.below(50)],
        })),
        user_mentions: list(random.below(3), () => ({
          screen_name: random.text(letters, 10), name: japanese(6), id: random.below(2 ** 31), indices: [0, 10],
        })),
      },
      favorited: false,
      retweeted: false,
      lang: 'ja',
    };
  };
  return {
    statuses: list(399, status),
    search_metadata: { completed_in: 0.087, max_id_str: '505874924095815681', query: '%E4%B8%80', count: 399 },
  };
}

function strings100k() {
  const random = new Random(11);
  const kinds = [
    () => random.text(letters, 3 + random.below(12)),
    () => random.text(latin1, 3 + random.below(12)),
    () => random.text(kana, 2 + random.below(8)),
    () => random.text(letters, 1 + random.below(5)) + ' ' + random.pick(emoji),
  ];
  return list(100_000, () => random.pick(kinds)());
}

function mapObjectKeys10k() {
  const random = new Random(12);
  const map = new Map();
  for (let i = 0; i < 10_000; i++) map.set({ x: i, y: random.below(1000) }, random.text(letters, 6));
  return map;
}

function references10k() {
  const random = new Random(13);
  const targets = list(100, id => ({ id, name: random.text(letters, 10), weight: random.fraction() }));
  return list(10_000, () => random.pick(targets));
}

/** A document whose nodes know their parent, their previous sibling and the root. */
function cyclic() {
  const random = new Random(14);
  const root = { name: 'root', parent: null, previous: null, root: null, children: [] };
  root.root = root;
  const grow = (parent, depth) => {
    let previous = null;
    for (let i = 0; i < 8; i++) {
      const node = { name: random.text(letters, 8), parent, previous, root, children: [] };
      parent.children.push(node);
      previous = node;
      if (depth > 1) grow(node, depth - 1);
    }
  };
  grow(root, 4);
  return root;
}

/** BigInts of 1 to 192 bits and both signs. */
function bigints50k() {
  const random = new Random(15);
  return list(50_000, () => {
    const magnitude = BigInt('0x' + random.hex(1 + random.below(random.below(4) ? 16 : 48)));
    return random.below(2) ? -magnitude : magnitude;
  });
}

function dates10k() {
  const random = new Random(16);
  return list(10_000, () => new Date(1.6e12 + random.below(1.2e11)));
}

function regexps10k() {
  const random = new Random(17);
  const patterns = [
    () => '^' + random.text(letters, 5) + '$',
    () => `(${random.text(letters, 3)}|${random.text(letters, 4)})+`,
    () => `[a-z0-9._-]{2,${3 + random.below(60)}}@${random.text(letters, 6)}\\.com`,
    () => `(?<year>\\d{4})-(?<month>\\d{2})/${random.below(1000)}`,
    () => `\\b${random.text(letters, 6)}\\s*=\\s*(?:"[^"]*"|\\S+)`,
  ];
  return list(10_000, () => new RegExp(random.pick(patterns)(), random.pick(['', 'g', 'i', 'gi', 'u', 'gm'])));
}

/** One view of 32 KiB of each kind that every engine has. */
function typedArrays() {
  const random = new Random(18);
  const fill = array => {
    const bytes = new Uint8Array(array.buffer);
    // Of small numbers, so that no floating-point number is NaN.
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(0x70);
    return array;
  };
  const kinds = [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
    BigInt64Array, BigUint64Array,
  ];
  const views = kinds.map(Kind => fill(new Kind((1 << 15) / Kind.BYTES_PER_ELEMENT)));
  views.push(fill(new DataView(new ArrayBuffer(1 << 15))));
  return views;
}

function sparse1M() {
  const random = new Random(19);
  const array = [];
  for (let i = 0; i < 5000; i++) array[i * 200] = random.below(1e6);
  array.length = 1_000_000;
  return array;
}

function errors1k() {
  const random = new Random(20);
  const kinds = [Error, TypeError, RangeError, SyntaxError];
  const stack = (error, message) =>
    `${error.name}: ${message}\n` + list(4, () => `    at ${random.text(letters, 8)} (app:///main.js:${random.below(900)}:${random.below(80)})`).join('\n');
  const make = depth => {
    const message = random.text(letters, 12) + ' is not ' + random.text(letters, 8);
    const Kind = random.pick(kinds);
    const error = depth > 0 ? new Kind(message, { cause: make(depth - 1) }) : new Kind(message);
    error.stack = stack(error, message);
    return error;
  };
  return list(1000, () => make(random.below(3)));
}

function keys20k() {
  const random = new Random(21);
  const object = {};
  while (Object.keys(object).length < 20_000) {
    for (let i = 0; i < 1000; i++) object['key_' + random.hex(8)] = random.below(1e6);
  }
  return object;
}

function maps64() {
  const random = new Random(22);
  let value = 'innermost';
  for (let level = 64; level > 0; level--) {
    const map = new Map();
    map.set('level', level);
    map.set('label', random.text(letters, 8));
    map.set(level, random.fraction());
    map.set('next', value);
    value = map;
  }
  return value;
}

/** A window's state and a request, in the form that a desktop application sends on most days. */
const electronCall = () => ({
  type: 'invoke',
  requestId: 'a3f0c9d2-7be4-4f0e-9d0b-54f8f0b1c6aa',
  channel: 'dialog:show-open',
  sender: { processId: 7, frameId: 1, url: 'app://main/index.html', focused: true },
  args: [
    {
      title: 'Projekt öffnen …',
      defaultPath: '/Users/grace/Documents/Übungen',
      buttonLabel: 'Öffnen',
      properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
      filters: [
        { name: 'Bilder', extensions: ['png', 'jpg', 'webp'] },
        { name: 'Alle Dateien', extensions: ['*'] },
      ],
      bounds: { x: 120, y: 64, width: 1280, height: 800, scaleFactor: 1.5 },
      openedAt: new Date(1_700_000_000_000),
      recent: new Map([
        ['/Users/grace/a.png', { size: 48_213, modified: new Date(1_699_999_000_000) }],
        ['/Users/grace/b.jpg', { size: 1_204_882, modified: new Date(1_699_990_000_000) }],
      ]),
      thumbnail: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]),
      onProgress: undefined,
    },
    42,
    false,
  ],
});

/** What a database driver answers to a query of 5,000 rows. */
function rows5k() {
  const random = new Random(23);
  return {
    columns: ['id', 'uuid', 'email', 'name', 'created_at', 'balance', 'is_active', 'login_count', 'notes'],
    rows: list(5000, id => {
      const first = random.pick(firstNames);
      const last = random.pick(lastNames);
      return {
        id: 100_000 + id,
        uuid: uuid(random),
        email: `${first}.${last}${random.below(1000)}@example.com`.toLowerCase(),
        name: `${first} ${last}`,
        created_at: isoDate(random),
        balance: (2 * random.below(1e7) + 1) / 200, // never whole: V8 would keep some of those as doubles
        is_active: random.below(5) ? 1 : 0,
        login_count: random.below(500),
        notes: random.below(4) ? null : random.text(latin1, 20 + random.below(60)),
      };
    }),
    changes: 0,
    elapsed: 3.25,
  };
}

/**
 * structured: counts in the geometric mean. json: JSON can hold it. shared: an object is reachable in more than one way.
 * cyclic: from itself.
 */
/** Messages between a process and its child, of about 64 bytes, 1 KiB and 16 KiB, as they are in a frame. */
const message64 = () => ({ type: 'tick', id: 104729, at: 1712345678.25, from: 'worker-7', ok: true });

const message1k = () => {
  const random = new Random(23);
  return {
    type: 'response', id: 104730, ok: true,
    result: {
      path: '/home/ada/notes/structured-clone.md', size: 48213, mode: 33188, modified: new Date(1712345678000),
      lines: list(8, line => ({ line, text: random.text(printable, 40) })),
      digest: Buffer.from(list(32, () => random.below(256))),
      preview: new Uint8Array(list(256, () => random.below(256))),
    },
  };
};

const message16k = () => {
  const random = new Random(24);
  return {
    type: 'batch', id: 104731,
    rows: list(100, id => ({
      id, name: `${random.pick(firstNames)} ${random.pick(lastNames)}`, score: random.fraction() * 1000, active: random.below(2) === 0,
      tags: new Set(list(2, () => random.pick(tags))),
    })),
    samples: new Float64Array(list(512, () => random.fraction())),
    image: Buffer.from(list(4096, () => random.below(256))),
  };
};

const payload = (build, { structured = true, json = false, shared = false, cyclic = false, channel = false } = {}) =>
  ({ name: build.name, build, structured, json, shared, cyclic, channel });
const bulk = { structured: false };
const json = { json: true };
const channel = { channel: true };

export const payloads = [
  payload(objs10k, json),
  payload(tree, json),
  payload(deep, json),
  payload(int100k, json),
  payload(dbl100k, json),
  payload(strAscii1M, { ...bulk, ...json }),
  payload(strLatin1M, { ...bulk, ...json }),
  payload(strTwo1M, { ...bulk, ...json }),
  payload(map1k),
  payload(ab16M, bulk),
  payload(ipc, json),
  payload(twitter, json),
  payload(strings100k, json),
  payload(mapObjectKeys10k),
  payload(references10k, { shared: true }),
  payload(cyclic, { shared: true, cyclic: true }),
  payload(bigints50k),
  payload(dates10k),
  payload(regexps10k),
  payload(typedArrays, bulk),
  payload(sparse1M),
  payload(errors1k),
  payload(keys20k, json),
  payload(maps64),
  payload(electronCall),
  payload(rows5k, json),
  payload(message64, channel),
  payload(message1k, channel),
  payload(message16k, channel),
];
