import { readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import type { BuildOptions, Metafile } from "esbuild";
import { parseJson } from "../parse-json";
import { isIn } from "./watcher";

/**
 * The file by which a program's bundler tells how it has built what lies beside it: `options`, those of
 * esbuild, and of its `metafile` the outputs. Paths in it are relative to the program's folder.
 */
const recipeFile = "esbuild.json";

/** What a recipe says. */
interface Recipe {
  options: BuildOptions;
  metafile: Pick<Metafile, "outputs">;
}

/** A file of functions' code that can be built again. */
export interface Bundle {
  /** An absolute path. */
  file: string;
  /** Such as `get-image` for `bundle/get-image.js`. */
  name: string;
  /** The folder that paths in `options` and `entryPoint` are relative to. */
  programDir: string;
  entryPoint: string;
  options: BuildOptions;
  /** Absolute paths of the sources that it was made of. */
  inputs: readonly string[];
}

/**
 * Finds what can be built again of the code of a function.
 *
 * @param sources absolute paths of the files and folders that its archive is made of.
 */
export function findBundles(sources: readonly string[], programDir: string): Bundle[] {
  const folders = sources.flatMap((source) =>
    isIn(programDir, source) ? foldersAround(source, programDir) : [],
  );
  return [...new Set(folders)]
    .flatMap((folder) => bundlesOf(join(folder, recipeFile), programDir))
    .filter(({ file }) => sources.some((source) => isIn(source, file)));
}

/** From the path itself, which may be a folder, up to the program's folder. */
function foldersAround(path: string, programDir: string): string[] {
  return path === programDir ? [path] : [path, ...foldersAround(dirname(path), programDir)];
}

function bundlesOf(file: string, programDir: string): Bundle[] {
  const { options, metafile } = readRecipe(file) ?? {};
  // Files that several bundles share cannot be built for one of them alone.
  if (options === undefined || metafile === undefined || options.splitting === true) {
    return [];
  }
  return Object.entries(metafile.outputs).flatMap(([path, { entryPoint, inputs }]) =>
    entryPoint === undefined
      ? []
      : {
          file: resolve(programDir, path),
          name: basename(path, extname(path)),
          programDir,
          entryPoint,
          options,
          inputs: Object.keys(inputs).map((input) => resolve(programDir, input)),
        },
  );
}

function readRecipe(file: string): Partial<Recipe> | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // Most folders have none.
    return undefined;
  }
  return parseJson(text) as Partial<Recipe> | undefined;
}

/** The absolute path of the source that everything else in a bundle is imported from. */
export function entryOf({ programDir, entryPoint }: Bundle): string {
  return join(programDir, entryPoint);
}

/** The path of a file as people know it: from the program's folder, if it lies there. */
export function shownPath(programDir: string, file: string): string {
  return isIn(programDir, file) ? relative(programDir, file) : file;
}

/** What people call a function: its bundle's name, if that is in its own. */
export function shownNameOf(name: string, [bundle, ...others]: readonly Bundle[]): string {
  return bundle && others.length === 0 && name.includes(bundle.name) ? bundle.name : name;
}
