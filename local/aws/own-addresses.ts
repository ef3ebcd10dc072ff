import { BlockList } from "node:net";
import { networkInterfaces, type NetworkInterfaceInfo } from "node:os";

/** The IPv4 addresses of this machine, those of other machines' networks first. */
export function ownAddresses(): string[] {
  const all = ownInterfaces();
  const outer = all.filter(({ internal }) => !internal);
  return [...outer, ...all.filter(({ internal }) => internal)].map(({ address }) => address);
}

/** Whether `text` is an IPv4 address that leads to this machine. */
export function isOwnAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) && (ownAddresses().includes(text) || loopbacks().check(text));
}

/** Of its loopback interface, Linux has all addresses; other systems have those that it lists. */
function loopbacks(): BlockList {
  const list = new BlockList();
  if (process.platform === "linux") {
    for (const { internal, address, cidr } of ownInterfaces()) {
      if (internal) {
        list.addSubnet(address, Number(cidr?.split("/")[1] ?? 32));
      }
    }
  }
  return list;
}

function ownInterfaces(): NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === "IPv4");
}
