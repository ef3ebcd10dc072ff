import { existsSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Where Linux keeps files in memory. */
const inMemory = "/dev/shm";

/** Several times what all processes of tests have there at a time, in bytes. Containers often have 64 MiB. */
const roomBytes = 2 * 2 ** 30;

/** What the system says of its folder in memory. */
export interface MemoryFolder {
  /** `/proc/mounts`: https://man7.org/linux/man-pages/man5/fstab.5.html */
  mounts: string;
  freeBytes: number;
}

/**
 * The folder for what tests write, unless `TMPDIR` names one: in memory where there is room. They make and
 * delete tens of thousands of files, each of which takes a file system on a disk up to half a millisecond of the
 * processor, and of what they write to the disk nothing is ever read from there.
 *
 * @param asked the variable `TMPDIR`.
 */
export function tempFolder(
  asked: string | undefined,
  lookUp: () => MemoryFolder | undefined = memoryFolder,
): string {
  return asked === undefined && isFit(lookUp()) ? inMemory : tmpdir();
}

/** Some tests run what they have written. */
function isFit(folder: MemoryFolder | undefined): boolean {
  const mount = folder?.mounts
    .split("\n")
    .map((line) => line.split(" "))
    .findLast(([, target]) => target === inMemory);
  const [, , type, options = ""] = mount ?? [];
  return (
    folder !== undefined &&
    folder.freeBytes >= roomBytes &&
    type === "tmpfs" &&
    !options.split(",").some((option) => option === "noexec" || option === "ro")
  );
}

/** @returns nothing where there is none, as on macOS. */
function memoryFolder(): MemoryFolder | undefined {
  if (process.platform !== "linux" || !existsSync(inMemory)) {
    return undefined;
  }
  const { bavail, bsize } = statfsSync(inMemory);
  return { mounts: readFileSync("/proc/mounts", "utf8"), freeBytes: bavail * bsize };
}
