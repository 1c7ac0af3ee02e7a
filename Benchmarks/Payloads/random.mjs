// The same numbers in every engine and on every day: mulberry32.

export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 to 2^32 - 1. */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer from 0 to bound - 1. */
  below(bound) {
    return Math.floor(this.fraction() * bound);
  }

  /** A number from 0 up to 1, with 53 random bits. */
  fraction() {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** One of the elements of an array or the characters of a string. */
  pick(choices) {
    return choices[this.below(choices.length)];
  }

  /** Text of so many characters of an alphabet, in one flat string. */
  text(alphabet, length) {
    const units = [];
    for (let i = 0; i < length; i++) units.push(this.pick(alphabet));
    return units.join('');
  }

  /** Lower-case hexadecimal digits. */
  hex(length) {
    return this.text('0123456789abcdef', length);
  }
}
