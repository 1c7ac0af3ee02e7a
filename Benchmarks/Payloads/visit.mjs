// Visits every key and value once and adds up what it sees, so that nobody can leave anything out. `Visitor.swift` is the same in Swift;
// the sums are compared.

const SPARSE = 1 << 17;

/** The sum over a value. An object that can be reached twice is visited once if `seen` is a set. */
export function visit(value, seen) {
  switch (typeof value) {
    case 'number': return value;
    case 'string': return value.length;
    case 'boolean': return value ? 1 : 0;
    case 'bigint': return value < 0n ? -1 : 1;
    case 'undefined': return 0;
  }
  if (value === null) return 0;
  if (seen) {
    if (seen.has(value)) return 0;
    seen.add(value);
  }
  let sum = 0;
  if (Array.isArray(value)) {
    if (value.length > SPARSE) {
      for (const index of Object.keys(value)) sum += visit(value[index], seen);
    } else {
      for (let i = 0; i < value.length; i++) sum += visit(value[i], seen);
    }
    return sum;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    for (const key in value) sum += key.length + visit(value[key], seen);
    return sum;
  }
  if (value instanceof Map) {
    for (const [key, item] of value) sum += visit(key, seen) + visit(item, seen);
    return sum;
  }
  if (value instanceof Set) {
    for (const item of value) sum += visit(item, seen);
    return sum;
  }
  if (value instanceof Date) return value.getTime();
  if (value instanceof RegExp) return value.source.length + (value.global ? 1 : 0);
  if (value instanceof Error) return value.message.length + value.stack.length + visit(value.cause, seen);
  return value.byteLength; // a buffer or a view
}
