import { BlockList, isIP } from "node:net";
import { InvalidPattern } from "./invalid-pattern";
import { textOf } from "./text-of";

/**
 * Reads a block of addresses, such as `10.0.0.0/24`; one of a single address EventBridge refuses.
 *
 * @throws InvalidPattern
 */
export function cidr(operand: unknown): (value: unknown) => boolean {
  // Of an operand that is no text, EventBridge speaks as it does of a prefix.
  const [address = "", bits = "", ...more] = textOf("prefix", operand).split("/");
  if (!bits || more.length > 0) {
    throw new InvalidPattern("Malformed CIDR, one '/' required");
  }
  if (!/^[+-]?\d{1,9}$/.test(bits)) {
    throw new InvalidPattern("Malformed CIDR, mask bits must be an integer");
  }
  const length = Number(bits);
  const version = isIP(address);
  if (length < 0) {
    throw new InvalidPattern("Malformed CIDR, mask bits must not be negative");
  }
  if (version === 0) {
    throw new InvalidPattern(`Nonstandard IP address: ${address}`);
  }
  const most = version === 6 ? 128 : 32;
  if (length >= most) {
    throw new InvalidPattern(`IPv${version} mask bits must be < ${most}`);
  }
  const family = `ipv${version === 6 ? 6 : 4}` as const;
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return (value) =>
    typeof value === "string" && isIP(value) === version && block.check(value, family);
}
