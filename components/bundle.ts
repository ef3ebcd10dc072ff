import { mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import * as pulumi from "@pulumi/pulumi";

const projectRoot = realpathSync(path.dirname(__dirname));

/** Folder of the bundles, relative to the project's, in the form that archives keep as it is. */
export const bundleFolder = "./bundle";

/**
 * Bundles `handlers/<operation>.ts` and all it imports into `bundle/<operation>.js`, the same bytes
 * from the same sources on any machine.
 *
 * @returns the bundle's path, relative to the project's folder.
 * @throws RunError when the handler does not compile, or when the program runs in another folder:
 * paths in archives are relative to the working directory.
 */
export function bundleHandler(operation: string): string {
  if (realpathSync(process.cwd()) !== projectRoot) {
    throw new pulumi.RunError(
      `Functions can only be bundled with the project's folder ${projectRoot} as the working ` +
        `directory, which is ${process.cwd()}.`,
    );
  }
  const file = `${bundleFolder}/${operation}.js`;
  writeAtomically(path.join(projectRoot, file), compile(operation));
  return file;
}

function compile(operation: string): Uint8Array {
  try {
    const { outputFiles } = buildSync({
      absWorkingDir: projectRoot,
      entryPoints: [`handlers/${operation}.ts`],
      write: false,
      bundle: true,
      minify: true,
      platform: "node",
      target: "node24",
      format: "cjs",
      // The ES modules of a package, where it has both: only those can be shaken.
      mainFields: ["module", "main"],
      legalComments: "none",
      logLevel: "silent",
    });
    return outputFiles[0]?.contents ?? new Uint8Array();
  } catch (error) {
    throw new pulumi.RunError(`handlers/${operation}.ts cannot be bundled: ${String(error)}`);
  }
}

/** Another run of the program, at the same time, must never read half a file. */
function writeAtomically(file: string, contents: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}
