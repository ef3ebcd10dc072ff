// Enough of the format of native code to see what it needs:
// https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html

/** What a file of native code says of itself. */
export interface Elf {
  machine: string;
  /** Libraries that it links. */
  needed: string[];
  /** The newest glibc that it needs, as the number after `2.`; 0 if none is stated. */
  glibc: number;
}

const machines: Readonly<Record<number, string>> = { 62: "x86-64", 183: "aarch64" };
const dynamicSection = 6;
const neededTag = 1n;

/** Reads a file for 64 bits and little endian. */
export function readElf(bytes: Buffer): Elf {
  if (bytes.toString("latin1", 0, 6) !== "\x7fELF\x02\x01") {
    throw new Error("This is no native code of 64 bits.");
  }
  const sections = readSections(bytes);
  const dynamic = sections.find(({ type }) => type === dynamicSection);
  const strings = dynamic && sections[dynamic.link];
  const needed: string[] = [];
  for (let at = dynamic?.offset ?? 0; dynamic && at < dynamic.offset + dynamic.size; at += 16) {
    if (bytes.readBigUInt64LE(at) === neededTag) {
      needed.push(textAt(bytes, (strings?.offset ?? 0) + Number(bytes.readBigUInt64LE(at + 8))));
    }
  }
  const text = strings
    ? bytes.toString("latin1", strings.offset, strings.offset + strings.size)
    : "";
  const versions = [...text.matchAll(/\0GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
  return {
    machine: machines[bytes.readUInt16LE(18)] ?? "unknown",
    needed,
    glibc: Math.max(0, ...versions),
  };
}

function readSections(bytes: Buffer) {
  const start = Number(bytes.readBigUInt64LE(40));
  const entrySize = bytes.readUInt16LE(58);
  return Array.from({ length: bytes.readUInt16LE(60) }, (_, index) => {
    const at = start + index * entrySize;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
      link: bytes.readUInt32LE(at + 40),
    };
  });
}

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString("latin1", at, bytes.indexOf(0, at));
}
