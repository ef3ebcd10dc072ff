import { copyHex, decodeText, encodeText, encodings, hexOf } from "./bytes";
import { numberMethods } from "./buffer-numbers";

type Searched = string | number | Uint8Array;

// Without the static methods of typed arrays, whose signatures those of buffers do not fit.
const Bytes = Uint8Array as unknown as {
  new (length: number): Uint8Array<ArrayBuffer>;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): Uint8Array<ArrayBuffer>;
};

/**
 * Buffers of runtime 2.0: those of Node.js as far as its documentation lists them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export class Buffer extends Bytes {
  static alloc(size: number, fill: Searched = 0, encoding?: string): Buffer {
    return new Buffer(size).fill(fill, 0, size, encoding);
  }

  static allocUnsafe(size: number): Buffer {
    return new Buffer(size);
  }

  static byteLength(value: string | ArrayBuffer | ArrayBufferView, encoding?: string): number {
    return typeof value === "string" ? decodeText(value, encoding).length / 2 : value.byteLength;
  }

  static compare(one: Uint8Array, other: Uint8Array): number {
    const shorter = Math.min(one.length, other.length);
    for (let at = 0; at < shorter; at++) {
      const difference = (one[at] ?? 0) - (other[at] ?? 0);
      if (difference !== 0) {
        return Math.sign(difference);
      }
    }
    return Math.sign(one.length - other.length);
  }

  static concat(list: readonly Uint8Array[], totalLength?: number): Buffer {
    const length = totalLength ?? list.reduce((sum, part) => sum + part.length, 0);
    const whole = new Buffer(length);
    let at = 0;
    list.forEach((part) => {
      const fitting = part.subarray(0, Math.max(0, length - at));
      whole.set(fitting, at);
      at += fitting.length;
    });
    return whole;
  }

  static from(source: unknown, offsetOrEncoding?: unknown, length?: number): Buffer {
    if (typeof source === "string") {
      return Buffer.fromHex(decodeText(source, offsetOrEncoding));
    }
    if (source instanceof ArrayBuffer) {
      return new Buffer(source, Number(offsetOrEncoding ?? 0), length);
    }
    if (Array.isArray(source) || source instanceof Uint8Array) {
      const bytes = new Buffer(source.length);
      bytes.set(source as ArrayLike<number>);
      return bytes;
    }
    const plain: unknown = source?.valueOf();
    if (plain === source || plain === undefined || plain === null) {
      throw new TypeError("first argument is not a string, a buffer, an array or an array buffer");
    }
    return Buffer.from(plain, offsetOrEncoding, length);
  }

  /** Not part of the runtime's own interface. */
  static fromHex(digits: string): Buffer {
    const bytes = new Buffer(digits.length / 2);
    copyHex(digits, bytes);
    return bytes;
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof Buffer;
  }

  static isEncoding(encoding: unknown): boolean {
    return typeof encoding === "string" && ["utf-8", ...encodings].includes(encoding);
  }

  compare(
    target: Uint8Array,
    targetStart = 0,
    targetEnd = target.length,
    sourceStart = 0,
    sourceEnd = this.length,
  ): number {
    const source = this.subarray(sourceStart, sourceEnd);
    return Buffer.compare(source, target.subarray(targetStart, targetEnd));
  }

  copy(target: Uint8Array, targetStart = 0, sourceStart = 0, sourceEnd = this.length): number {
    const room = Math.max(0, target.length - targetStart);
    const part = this.subarray(sourceStart, Math.min(sourceEnd, sourceStart + room));
    target.set(part, targetStart);
    return part.length;
  }

  equals(other: Uint8Array): boolean {
    return Buffer.compare(this, other) === 0;
  }

  override fill(value: Searched, offset = 0, end = this.length, encoding?: string): this {
    if (typeof value === "number") {
      super.fill(value, offset, end);
      return this;
    }
    const pattern = patternOf(value, encoding);
    for (let at = offset; at < end; at++) {
      this[at] = pattern.length === 0 ? 0 : (pattern[(at - offset) % pattern.length] ?? 0);
    }
    return this;
  }

  override includes(value: Searched, byteOffset = 0, encoding?: string): boolean {
    return this.#positionOf(patternOf(value, encoding), byteOffset) >= 0;
  }

  override indexOf(value: Searched, byteOffset = 0, encoding?: string): number {
    return this.#positionOf(patternOf(value, encoding), byteOffset);
  }
  override lastIndexOf(value: Searched, byteOffset = this.length, encoding?: string): number {
    const pattern = patternOf(value, encoding);
    for (let at = Math.min(byteOffset, this.length - pattern.length); at >= 0; at--) {
      if (this.#matches(pattern, at)) {
        return at;
      }
    }
    return -1;
  }

  swap16(): this {
    return this.#swap(2);
  }

  swap32(): this {
    return this.#swap(4);
  }

  swap64(): this {
    return this.#swap(8);
  }

  toJSON(): { type: "Buffer"; data: number[] } {
    const data: number[] = [];
    this.forEach((byte) => data.push(byte));
    return { type: "Buffer", data };
  }

  override toString(encoding?: string, start = 0, end = this.length): string {
    return encodeText(hexOf(this.subarray(start, end)), encoding);
  }

  /** Whole characters, as many as there is space for. @returns the bytes written. */
  write(text: string, ...rest: readonly (string | number)[]): number {
    const [offset = 0, length] = rest.filter((each) => typeof each === "number");
    const encoding = rest.find((each) => typeof each === "string");
    const room = Math.max(0, Math.min(length ?? this.length, this.length - offset));
    const bytes = Buffer.from(text, encoding);
    let end = Math.min(bytes.length, room);
    while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
      end--;
    }
    this.set(bytes.subarray(0, end), offset);
    return end;
  }

  #positionOf(pattern: Uint8Array, byteOffset: number): number {
    for (let at = byteOffset; at <= this.length - pattern.length; at++) {
      if (this.#matches(pattern, at)) {
        return at;
      }
    }
    return -1;
  }

  #matches(pattern: Uint8Array, offset: number): boolean {
    return pattern.every((byte, at) => this[offset + at] === byte);
  }

  #swap(size: number): this {
    if (this.length % size !== 0) {
      throw new RangeError(`Buffer size must be a multiple of ${size * 8}-bits`);
    }
    for (let at = 0; at < this.length; at += size) {
      this.subarray(at, at + size).reverse();
    }
    return this;
  }
}

Object.defineProperties(Buffer.prototype, numberMethods);

function patternOf(value: Searched, encoding?: string): Uint8Array {
  if (typeof value === "number") {
    return Buffer.from([value & 0xff]);
  }
  return typeof value === "string" ? Buffer.from(value, encoding) : value;
}
