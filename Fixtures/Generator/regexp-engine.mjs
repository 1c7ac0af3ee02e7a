// One question about many regular expressions, put to the engine that runs this: FILE has the task as JSON, the answer is
// written to a second file. Must run in every engine, so nothing newer than Node 14 knows.
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize } from 'node:v8';

const bits = { g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, d: 128, v: 256 };

function varint(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** A payload with one regular expression, as no engine would write it if the pattern is wrong. */
function payload(pattern, flags) {
  const units = Array.from({ length: pattern.length }, (_, index) => pattern.charCodeAt(index));
  const text = units.some(unit => unit > 255)
    ? [0x63, ...varint(2 * units.length), ...units.flatMap(unit => [unit & 255, unit >> 8])]
    : [0x22, ...varint(units.length), ...units];
  // Two-byte text begins at an even offset.
  const padding = text[0] === 0x63 && (4 + varint(2 * units.length).length) % 2 ? [0] : [];
  const number = [...flags].reduce((sum, flag) => sum + bits[flag], 0);
  return Uint8Array.from([0xff, 0x0d, 0x52, ...padding, ...text, ...varint(number)]);
}

/** What is wrong: nothing, or the message; undefined if the engine does not know the flags. */
function judge(pattern, flags) {
  let wire = '';
  try {
    deserialize(payload(pattern, flags));
  } catch (error) {
    if (error.message === 'Unable to deserialize cloned data.') return undefined;
    wire = error.message;
  }
  // Only the wire knows u with v.
  if (/u.*v|v.*u/.test(flags)) return wire;
  let made = '';
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    made = error.message;
  }
  if (made !== wire) throw new Error(`${JSON.stringify(pattern)} ${flags}: "${wire}" from the wire, "${made}" from the constructor`);
  return wire;
}

/** Splits V8's message, which repeats the pattern as it is: the flags it shows, and the reason. */
function parts(message, pattern) {
  if (message === '') return ['', ''];
  const start = `Invalid regular expression: /${pattern}/`;
  const match = message.startsWith(start) && /^([a-z]*): (.+)$/.exec(message.slice(start.length));
  if (!match) throw new Error(`unexpected message: ${message}`);
  return [match[1], match[2]];
}

function judgeAll(cases) {
  return cases.map(([pattern, flags]) => {
    const message = judge(pattern, flags);
    return message === undefined ? null : parts(message, pattern);
  });
}

const compiles = (pattern, flags) => {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
};

/** The code points with which a name can begin or go on, as ranges. */
function identifiers(prefix) {
  const ranges = [];
  let first = -1;
  for (let scalar = 0x80; scalar <= 0x110000; scalar++) {
    const isIn = scalar < 0x110000 && compiles(`(?<${prefix}${String.fromCodePoint(scalar)}>)`, 'u');
    if (isIn && first < 0) first = scalar;
    if (!isIn && first >= 0) {
      ranges.push([first, scalar - 1]);
      first = -1;
    }
  }
  return ranges;
}

const [taskFile, answerFile] = process.argv.slice(2);
const task = JSON.parse(readFileSync(taskFile, 'utf8'));
const answer =
  task.action === 'judge' ? judgeAll(task.cases)
  : task.action === 'unicode' ? process.versions.unicode
  : task.action === 'properties' ? task.properties.map(text => compiles(`\\p{${text}}`, 'u'))
  : { start: identifiers(''), part: identifiers('a') };
writeFileSync(answerFile, JSON.stringify(answer));
