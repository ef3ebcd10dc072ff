import { randomBytes } from "node:crypto";

/** 2¹⁰ rounds: what the provider's library takes by default. */
const cost = 10;
/** Of a password, bcrypt sees no more. */
const maxBytes = 72;
const alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const subkeys = 18;
const boxWords = 4 * 256;

/** Blowfish's state: subkeys and S-boxes. */
interface State {
  keys: Uint32Array;
  boxes: Uint32Array;
}

/**
 * The bcrypt hash of a password, for programs that hand `bcryptHash` on. It takes a tenth of a second.
 *
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 */
export function bcryptHash(password: string, salt: Buffer = randomBytes(16)): string {
  const key = Buffer.concat([Buffer.from(password).subarray(0, maxBytes), Buffer.alloc(1)]);
  const state = initialState();
  expand(state, wordsOf(key, subkeys), salt);
  const [keyWords, saltWords] = [wordsOf(key, subkeys), wordsOf(salt, subkeys)];
  for (let round = 0; round < 2 ** cost; round++) {
    expand(state, keyWords);
    expand(state, saltWords);
  }
  const hash = encryptedMagic(state).subarray(0, 23);
  return `$2a$${cost}$${base64(salt)}${base64(hash)}`;
}

/** So many big-endian words of a text that is repeated. */
function wordsOf(bytes: Buffer, count: number): Uint32Array {
  const repeated = Buffer.alloc(count * 4, bytes);
  return Uint32Array.from({ length: count }, (_, index) => repeated.readUInt32BE(index * 4));
}

function expand(state: State, key: Uint32Array, salt?: Buffer): void {
  const { keys, boxes } = state;
  const saltWords = salt ? wordsOf(salt, 4) : new Uint32Array(4);
  key.forEach((word, index) => {
    keys[index] = at(keys, index) ^ word;
  });
  const block = new Uint32Array(2);
  let position = 0;
  for (const target of [keys, boxes]) {
    for (let index = 0; index < target.length; index += 2) {
      block[0] = at(block, 0) ^ at(saltWords, position);
      block[1] = at(block, 1) ^ at(saltWords, position + 1);
      position = (position + 2) % 4;
      encipher(state, block);
      target.set(block, index);
    }
  }
}

function encipher({ keys, boxes }: State, block: Uint32Array): void {
  let left = at(block, 0) ^ at(keys, 0);
  let right = at(block, 1);
  for (let round = 1; round <= 16; round += 2) {
    right ^= mix(boxes, left) ^ at(keys, round);
    left ^= mix(boxes, right) ^ at(keys, round + 1);
  }
  block[0] = right ^ at(keys, 17);
  block[1] = left;
}

function mix(boxes: Uint32Array, word: number): number {
  const sum = at(boxes, word >>> 24) + at(boxes, 256 + ((word >>> 16) & 255));
  return ((sum ^ at(boxes, 512 + ((word >>> 8) & 255))) + at(boxes, 768 + (word & 255))) | 0;
}

function encryptedMagic(state: State): Buffer {
  const text = wordsOf(Buffer.from("OrpheanBeholderScryDoubt"), 6);
  const result = Buffer.alloc(24);
  for (let index = 0; index < text.length; index += 2) {
    const block = text.slice(index, index + 2);
    for (let round = 0; round < 64; round++) {
      encipher(state, block);
    }
    result.writeUInt32BE(at(block, 0), index * 4);
    result.writeUInt32BE(at(block, 1), index * 4 + 4);
  }
  return result;
}

/** Without padding, in an order of letters of bcrypt's own. */
function base64(bytes: Buffer): string {
  const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return bytes
    .toString("base64")
    .replaceAll("=", "")
    .replace(/./g, (letter) => alphabet.charAt(standard.indexOf(letter)));
}

/** What Blowfish begins with: the digits of π after the point, in base 2³². */
function initialState(): State {
  const bits = BigInt((subkeys + boxWords) * 32);
  const guard = 64n;
  const digits = (machin(bits + guard) >> guard) & ((1n << bits) - 1n);
  const text = digits.toString(16).padStart(Number(bits) / 4, "0");
  const words = Uint32Array.from(text.match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16));
  return { keys: words.slice(0, subkeys), boxes: words.slice(subkeys) };
}

/** π · 2^bits, by Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239). */
function machin(bits: bigint): bigint {
  return 16n * arctanOfInverse(5n, bits) - 4n * arctanOfInverse(239n, bits);
}

function arctanOfInverse(inverse: bigint, bits: bigint): bigint {
  let power = (1n << bits) / inverse;
  let sum = 0n;
  for (let divisor = 1n; power !== 0n; divisor += 4n) {
    sum += power / divisor;
    power /= inverse * inverse;
    sum -= power / (divisor + 2n);
    power /= inverse * inverse;
  }
  return sum;
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}
