/**
 * The one threat that is known here: the file by which all scanners are tried out, harmless and of 68 characters. It is
 * not written out, so that no scanner takes this file for it. https://www.eicar.org/download-anti-malware-testfile/
 */
export const eicar = {
  name: "EICAR-Test-File (not a virus)",
  text: Buffer.from(
    "WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FSLVNUQU5EQVJELUFOVElWSVJVUy1URVNULUZJTEUhJEgrSCo=",
    "base64",
  ),
};

/** Whether it is anywhere in what comes a piece at a time. */
export async function hasEicar(pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  let end = Buffer.alloc(0);
  let isFound = false;
  for await (const piece of pieces) {
    // All is read, so that whoever sends it is not left with the rest.
    const known = Buffer.concat([end, piece]);
    isFound ||= known.includes(eicar.text);
    end = known.subarray(Math.max(0, known.length - eicar.text.length + 1));
  }
  return isFound;
}
