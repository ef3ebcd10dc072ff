import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import type { SourceMapPayload } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { CodeSources } from "./code-sources";

/** Most frames of a stack that are shown. */
const maxFrames = 5;

/** A place in a file, as a stack has it. */
interface Place {
  /** An absolute path. */
  file: string;
  line: number;
  column: number;
}

/** What {@link SourceFrames} goes by. */
export interface SourceFramesOptions {
  /** The folder that holds the function's unzipped archive. */
  taskRoot: string;
  sources: CodeSources;
  /** Paths of sources are shown relative to it. Default: as in the archive. */
  sourceDir: string | undefined;
}

/** Source maps of one file, and the folder that paths in it start from. */
interface FileMap {
  map: SourceMap;
  folder: string;
}

/**
 * Finds the lines of sources that a function's stack comes from: by the map that a file of its archive has
 * inside or beside it, or that lies beside the file that it comes from, and is no part of the archive.
 */
export class SourceFrames {
  readonly #options: SourceFramesOptions;
  readonly #maps = new Map<string, FileMap | undefined>();

  constructor(options: SourceFramesOptions) {
    this.#options = options;
  }

  /**
   * The lines of the function's own code in a stack, innermost first, such as `handlers/a.ts:12:7`; where
   * there is no source map, those of its archive. Code of packages and of Node.js is left out.
   */
  of(stack: readonly string[]): string[] {
    const places = stack.map(placeIn).filter((place) => place !== undefined);
    const inArchive = places.filter(({ file }) => file.startsWith(this.#options.taskRoot + sep));
    return inArchive
      .map((place) => this.#describe(place))
      .filter((text) => !text.includes("node_modules/"))
      .slice(0, maxFrames);
  }

  /** A line of a function's log, in which places in its code are those of the sources. */
  inLine(line: string): string {
    const root = this.#options.taskRoot + sep;
    if (!line.includes(root)) {
      return line;
    }
    return line.replace(
      /(?:file:\/\/)?(\/[^\s:"'()]+):(\d+):(\d+)/g,
      (frame, file: string, row: string, column: string) =>
        file.startsWith(root)
          ? this.#describe({ file, line: Number(row), column: Number(column) })
          : frame,
    );
  }

  #describe(place: Place): string {
    const { taskRoot, sourceDir } = this.#options;
    const path = relative(taskRoot, place.file);
    const { map, folder = "" } = this.#mapOf(path) ?? {};
    // Lines and columns of a stack begin with 1, those of a map with 0.
    const entry = map?.findEntry(place.line - 1, place.column - 1);
    if (entry === undefined || !("originalSource" in entry)) {
      return `${path}:${place.line}:${place.column}`;
    }
    const { originalSource } = entry;
    const source = originalSource.startsWith("file:")
      ? fileURLToPath(originalSource)
      : resolve(folder, originalSource);
    const shown = relative(sourceDir ?? taskRoot, source);
    return `${shown}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }

  #mapOf(path: string): FileMap | undefined {
    if (!this.#maps.has(path)) {
      this.#maps.set(path, this.#findMap(path));
    }
    return this.#maps.get(path);
  }

  #findMap(path: string): FileMap | undefined {
    const { taskRoot, sources } = this.#options;
    const file = join(taskRoot, path);
    const code = read(file);
    const inside = /^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/m.exec(
      code.slice(code.lastIndexOf("\n//# sourceMappingURL=") + 1),
    )?.[1];
    if (inside !== undefined) {
      return parseMap(Buffer.from(inside, "base64").toString(), dirname(file));
    }
    const origin = sources.fileOf(path);
    // Of code that has been replaced since, the map would tell of other lines.
    const isCurrent = origin !== undefined && read(origin) === code;
    return (
      parseMap(read(`${file}.map`), dirname(file)) ??
      (isCurrent ? parseMap(read(`${origin}.map`), dirname(origin)) : undefined)
    );
  }
}

/** The file's text; an empty one where there is no such file. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Without a map the line of the archive has to do.
    return "";
  }
}

function parseMap(text: string, folder: string): FileMap | undefined {
  try {
    return { map: new SourceMap(JSON.parse(text) as SourceMapPayload), folder };
  } catch {
    return undefined;
  }
}

/** Such as `    at act (/tmp/lambda/bundle/a.js:1:234)`. */
function placeIn(frame: string): Place | undefined {
  const [, file, line, column] =
    /^\s*at (?:.*\()?(?:file:\/\/)?(\/[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
