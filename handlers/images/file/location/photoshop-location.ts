import { blankUnknown } from "./zeros";

/** What a resource begins with: of Photoshop, and of other programs of its maker. */
const signatures: readonly string[] = ["8BIM", "PHUT", "DCSR", "AgHg", "MeSa"];

const signatureBytes = 4;

/** Whether data begin as resources of Photoshop. */
export function isResources(data: Buffer): boolean {
  return signatures.includes(data.toString("latin1", 0, signatureBytes));
}

/**
 * Blanks what the resources of Photoshop hold of others, and all from where they cannot be read: in a
 * segment that goes on with what did not fit into the one before, that is all of it.
 * https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/#50577409_38034
 *
 * @param held how it is blanked, by the ids of resources.
 * @returns whether there was anything; `resources` is changed.
 */
export function blankHeld(
  resources: Buffer,
  held: ReadonlyMap<number, (data: Buffer) => boolean>,
): boolean {
  let isBlanked = false;
  let at = 0;
  while (isResources(resources.subarray(at))) {
    const nameLength = (resources[at + 6] ?? 0) + 1;
    const sizeAt = at + 6 + nameLength + (nameLength % 2);
    if (sizeAt + 4 > resources.length) {
      break;
    }
    const start = sizeAt + 4;
    const size = resources.readUInt32BE(sizeAt);
    const isFound = held.get(resources.readUInt16BE(at + 4))?.(
      resources.subarray(start, start + size),
    );
    isBlanked ||= isFound ?? false;
    at = start + size + (size % 2);
  }
  return blankUnknown(resources.subarray(at)) || isBlanked;
}
