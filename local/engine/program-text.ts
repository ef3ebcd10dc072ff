import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Project } from "./project";

/**
 * The code of a program, without its packages; undefined where it cannot be put together, which is not
 * to say that it does not run.
 */
export async function programText(project: Project): Promise<string | undefined> {
  try {
    const { outputFiles } = await build({
      entryPoints: [entryFile(project)],
      bundle: true,
      packages: "external",
      platform: "node",
      write: false,
      logLevel: "silent",
    });
    return outputFiles.map(({ text }) => text).join("\n");
  } catch {
    return undefined;
  }
}

/** As Node.js finds it: the folder's `main`, or its index. */
function entryFile({ programDir, entryPoint }: Project): string {
  const manifest = join(programDir, "package.json");
  if (entryPoint !== "." || !existsSync(manifest)) {
    return join(programDir, entryPoint);
  }
  const { main = "." } = JSON.parse(readFileSync(manifest, "utf8")) as { main?: string };
  return join(programDir, main);
}
