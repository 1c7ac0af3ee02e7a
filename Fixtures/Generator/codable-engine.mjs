// Runs inside Node, one process for each case: what Node writes for an expression.
//
//     codable-engine.mjs EXPRESSION
//
// `native` is what the plain v8.Serializer writes, with views of V8's own; `written` what v8.serialize writes, if it differs.
import v8 from 'node:v8';

const value = new Function('Buffer', `return (${process.argv[2]}\n)`)(Buffer);
const hex = bytes => Buffer.from(bytes).toString('hex');

function native() {
  const serializer = new v8.Serializer();
  serializer.writeHeader();
  try {
    serializer.writeValue(value);
  } catch {
    // A Buffer is on a pool, which is a part of no message.
    return undefined;
  }
  return hex(serializer.releaseBuffer());
}

const written = hex(v8.serialize(value));
const isBuffer = /Buffer\.from/.test(process.argv[2]);
const plain = isBuffer ? undefined : native();
console.log(JSON.stringify(plain === written ? { written } : { native: plain, written }));
