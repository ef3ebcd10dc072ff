/** Numbers of a fixed size: name, bytes, and the methods of a view that read and write them. */
const fixedNumbers = [
  ["Int8", 1],
  ["UInt8", 1],
  ["Int16", 2],
  ["UInt16", 2],
  ["Int32", 4],
  ["UInt32", 4],
  ["Float", 4],
  ["Double", 8],
] as const;

const orders = ["LE", "BE"] as const;

/** The methods of buffers that read and write numbers, such as `readUInt16BE`. */
export const numberMethods: PropertyDescriptorMap = {};

for (const [name, size] of fixedNumbers) {
  for (const order of size === 1 ? ([""] as const) : orders) {
    const view = viewName(name);
    define(`read${name}${order}`, function (this: Uint8Array, offset = 0): number {
      return viewOf(this, offset, size)[`get${view}`](0, order === "LE");
    });
    define(`write${name}${order}`, function (this: Uint8Array, value: number, offset = 0): number {
      viewOf(this, offset, size)[`set${view}`](0, value, order === "LE");
      return offset + size;
    });
  }
}

for (const order of orders) {
  for (const signed of [true, false]) {
    const name = `${signed ? "Int" : "UInt"}${order}`;
    define(`read${name}`, function (this: Uint8Array, offset: number, size: number): number {
      return readBytes(this, offset, size, order, signed);
    });
    define(
      `write${name}`,
      function (this: Uint8Array, value: number, offset: number, size: number): number {
        writeBytes(this, value, offset, size, order);
        return offset + size;
      },
    );
  }
}

type ViewName = "Int8" | "Uint8" | "Int16" | "Uint16" | "Int32" | "Uint32" | "Float32" | "Float64";

function viewName(name: (typeof fixedNumbers)[number][0]): ViewName {
  switch (name) {
    case "UInt8":
      return "Uint8";
    case "UInt16":
      return "Uint16";
    case "UInt32":
      return "Uint32";
    case "Float":
      return "Float32";
    case "Double":
      return "Float64";
    case "Int8":
    case "Int16":
    case "Int32":
      return name;
  }
}

function define(name: string, value: (this: Uint8Array, ...given: never[]) => number): void {
  numberMethods[name] = { value, writable: true, configurable: true };
}

/** @throws RangeError outside the buffer. */
function viewOf(bytes: Uint8Array, offset: number, size: number): DataView {
  if (!Number.isInteger(offset) || offset < 0 || offset + size > bytes.length) {
    throw new RangeError("index is out of bound");
  }
  return new DataView(bytes.buffer, bytes.byteOffset + offset, size);
}

function readBytes(
  bytes: Uint8Array,
  offset: number,
  size: number,
  order: (typeof orders)[number],
  signed: boolean,
): number {
  const view = viewOf(bytes, offset, requireSize(size));
  let value = 0;
  for (let at = 0; at < size; at++) {
    value = value * 256 + view.getUint8(order === "BE" ? at : size - 1 - at);
  }
  return signed && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

function writeBytes(
  bytes: Uint8Array,
  value: number,
  offset: number,
  size: number,
  order: (typeof orders)[number],
): void {
  const view = viewOf(bytes, offset, requireSize(size));
  let rest = value < 0 ? value + 2 ** (8 * size) : value;
  for (let at = 0; at < size; at++) {
    view.setUint8(order === "LE" ? at : size - 1 - at, rest % 256);
    rest = Math.floor(rest / 256);
  }
}

function requireSize(size: number): number {
  if (!Number.isInteger(size) || size < 1 || size > 6) {
    throw new RangeError("byteLength must be an integer from 1 to 6");
  }
  return size;
}
