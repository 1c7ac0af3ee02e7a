// Ways to values inside a value, through properties, elements and entries with string keys: what a program reads or changes that
// knows its messages.

const DEPTH = 4;

/** The steps to a value that lies so far along (0 first, 1 last) at each level. */
export function pathAt(value, fraction) {
  const path = [];
  while (path.length < DEPTH && typeof value === 'object' && value !== null) {
    let keys;
    if (Array.isArray(value)) keys = Object.keys(value).map(Number);
    else if (value instanceof Map) keys = [...value.keys()].filter(key => typeof key === 'string');
    else if (Object.getPrototypeOf(value) === Object.prototype) keys = Object.keys(value);
    if (!keys?.length) break;
    const key = keys[Math.floor(fraction * (keys.length - 1))];
    path.push(key);
    value = value instanceof Map ? value.get(key) : value[key];
  }
  return path;
}

export function valueAt(value, path) {
  for (const step of path) value = value instanceof Map ? value.get(step) : value[step];
  return value;
}

/** Changes the value at the end of a path. */
export function change(value, path, replacement) {
  const container = valueAt(value, path.slice(0, -1));
  const last = path[path.length - 1];
  if (container instanceof Map) container.set(last, replacement);
  else container[last] = replacement;
}
