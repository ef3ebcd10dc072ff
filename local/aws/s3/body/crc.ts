// Both polynomials are in reversed bit order, as table-driven CRCs of least significant bit first
// need them. Parameters: https://reveng.sourceforge.io/crc-catalogue/ (CRC-32/ISCSI, CRC-64/NVME).
const crc32cPolynomial = 0x82f63b78;
const crc64High = 0x9a6c9329;
const crc64Low = 0xac4bc9b5;

const crc32cTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ crc32cPolynomial : value >>> 1;
  }
  return value;
});

// Two 32-bit halves: BigInt would be some hundred times slower.
const crc64HighTable = new Uint32Array(256);
const crc64LowTable = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit++) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= crc64High;
      low ^= crc64Low;
    }
  }
  crc64HighTable[byte] = high;
  crc64LowTable[byte] = low;
}

/** CRC-32C of `chunk`, going on from `value`; 0 begins. */
export function crc32c(chunk: Uint8Array, value: number): number {
  let crc = ~value;
  for (const byte of chunk) {
    crc = (crc >>> 8) ^ (crc32cTable[(crc ^ byte) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}

/** CRC-64/NVME. */
export class Crc64Nvme {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(chunk: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (const byte of chunk) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (crc64LowTable[index] ?? 0);
      high = (high >>> 8) ^ (crc64HighTable[index] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(~this.#high >>> 0, 0);
    bytes.writeUInt32BE(~this.#low >>> 0, 4);
    return bytes;
  }
}
