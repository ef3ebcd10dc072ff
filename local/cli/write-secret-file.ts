import { rename, writeFile } from "node:fs/promises";

/** Writes a file that only its owner may read. A reader sees the old content or the new one. */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, path);
}
