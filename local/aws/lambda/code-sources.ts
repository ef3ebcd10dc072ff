import { dirname, join, posix, relative, sep } from "node:path";
import { isIn } from "../../watch/watcher";

/** Where the files of a function's archive come from on this machine. */
export class CodeSources {
  /** Absolute paths of files and folders, by path in the archive. */
  #sources: ReadonlyMap<string, string>;
  readonly #sourceDir: string | undefined;

  /** @param sourceDir where a file of which nothing is said has the path that it has in the archive. */
  constructor(sources: ReadonlyMap<string, string> = new Map(), sourceDir?: string) {
    this.#sources = sources;
    this.#sourceDir = sourceDir;
  }

  /** Takes the place of what was said before. */
  replace(sources: ReadonlyMap<string, string>): void {
    this.#sources = sources;
  }

  /** Absolute paths of files and folders. */
  all(): string[] {
    return [...this.#sources.values()];
  }

  /** @returns the absolute path of what `path` in the archive comes from, if that is known. */
  fileOf(path: string): string | undefined {
    for (let folder = path; ; folder = dirname(folder)) {
      const source = this.#sources.get(folder === "." ? "" : folder);
      if (source !== undefined && !source.endsWith(".zip")) {
        return join(source, relative(folder, path));
      }
      if (folder === ".") {
        return this.#sourceDir === undefined ? undefined : join(this.#sourceDir, path);
      }
    }
  }

  /** @returns what the file with the absolute path `file` is in the archive. */
  pathsOf(file: string): string[] {
    return [...this.#sources]
      .filter(([, source]) => isIn(source, file))
      .map(([path, source]) => posix.join(path, relative(source, file).split(sep).join("/")));
  }
}
