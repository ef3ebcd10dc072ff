import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Most frames of a stack that are shown. */
const maxFrames = 5;

/** A place in a file, as a stack has it. */
interface Place {
  /** An absolute path. */
  file: string;
  line: number;
  column: number;
}

/** Finds the lines of sources that a function's stack comes from. */
export class SourceFrames {
  readonly #taskRoot: string;
  readonly #sourceDir: string | undefined;
  readonly #maps = new Map<string, SourceMap | undefined>();

  /**
   * @param taskRoot the folder that holds the function's unzipped archive.
   * @param sourceDir the folder that paths in the archive are relative to where they come from: beside
   * the file of the same path there may be its source map, which is no part of the archive.
   */
  constructor(taskRoot: string, sourceDir: string | undefined) {
    this.#taskRoot = taskRoot;
    this.#sourceDir = sourceDir;
  }

  /**
   * The lines of the function's own code in a stack, innermost first, such as `handlers/a.ts:12:7`; where
   * there is no source map, those of its archive. Code of packages and of Node.js is left out.
   */
  of(stack: readonly string[]): string[] {
    const places = stack.map(placeIn).filter((place) => place !== undefined);
    const inArchive = places.filter(({ file }) => file.startsWith(this.#taskRoot + sep));
    return inArchive
      .map((place) => this.#describe(place))
      .filter((text) => !text.includes("node_modules/"))
      .slice(0, maxFrames);
  }

  #describe(place: Place): string {
    const path = relative(this.#taskRoot, place.file);
    const map = this.#mapOf(path);
    // Lines and columns of a stack begin with 1, those of a map with 0.
    const entry = map?.findEntry(place.line - 1, place.column - 1);
    if (entry === undefined || !("originalSource" in entry)) {
      return `${path}:${place.line}:${place.column}`;
    }
    const folder = this.#sourceDir ?? this.#taskRoot;
    const source = relative(folder, resolve(folder, dirname(path), entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }

  #mapOf(path: string): SourceMap | undefined {
    if (!this.#maps.has(path)) {
      this.#maps.set(path, readMap([this.#taskRoot, this.#sourceDir], `${path}.map`));
    }
    return this.#maps.get(path);
  }
}

function readMap(folders: readonly (string | undefined)[], path: string): SourceMap | undefined {
  for (const folder of folders.filter((each) => each !== undefined)) {
    try {
      const payload = JSON.parse(readFileSync(join(folder, path), "utf8")) as SourceMapPayload;
      return new SourceMap(payload);
    } catch {
      // Without a map the line of the archive has to do.
    }
  }
  return undefined;
}

/** Such as `    at act (/tmp/lambda/bundle/a.js:1:234)`. */
function placeIn(frame: string): Place | undefined {
  const [, file, line, column] =
    /^\s*at (?:.*\()?(?:file:\/\/)?(\/[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
