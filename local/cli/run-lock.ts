import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../is-alive";
import { UserError } from "./user-error";

const lockFile = /^run-(\d+)\.lock$/;

/** The name of this process's lock file. */
export const ownLockFile = `run-${process.pid}.lock`;

/**
 * Claims a folder for this process. Each run has a file of its own, named by its process id, so
 * that removing one that a dead process left behind can never hit a living one.
 *
 * @returns releases the folder.
 * @throws UserError when another process that is alive has claimed it. Of two that start in the
 * same moment, both may be refused.
 */
export async function claim(dir: string): Promise<() => Promise<void>> {
  const own = join(dir, ownLockFile);
  const release = () => rm(own, { force: true });
  await writeFile(own, "", { mode: 0o600 });
  try {
    await requireNoOther(dir);
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}

async function requireNoOther(dir: string): Promise<void> {
  for (const file of await readdir(dir)) {
    const pid = Number(lockFile.exec(file)?.[1] ?? process.pid);
    if (pid === process.pid) {
      continue;
    }
    if (isAlive(pid)) {
      throw new UserError(
        `The folder ${dir} is in use by process ${pid}; stop that, or choose another one with ` +
          `--data. (If process ${pid} is something else, delete ${join(dir, file)}.)`,
      );
    }
    await rm(join(dir, file), { force: true });
  }
}
