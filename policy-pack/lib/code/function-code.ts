import path from "node:path";
import type { CheckedResource } from "../resource";
import { Opaque } from "../values";
import { type Files, filesOf } from "./archive";

/** Endings of files of JavaScript, in the order in which Node.js looks for them. */
const endings = [".js", ".mjs", ".cjs", "/index.js"];

/** What in a file may name another one of the same code. */
const quoted = /"([^"\\\n]{1,200})"|'([^'\\\n]{1,200})'|`([^`\\\n$]{1,200})`/g;

/**
 * The files of a function's code, in JavaScript: the one of the handler, and those that it loads. What
 * comes out of packages is not among them, unless it is bundled.
 *
 * @returns none where the code is not in the program, as in a bucket or an image, or is no JavaScript.
 */
export function codeOf(fn: CheckedResource): string[] {
  const [code, handler] = [fn.declared("code"), fn.declared("handler")];
  if (!(code instanceof Opaque) || typeof handler !== "string") {
    return [];
  }
  const files = filesOf(code.envelope);
  const found = new Map<string, string>();
  const entry = fileOf(files, path.posix.normalize(handler.replace(/\.[^./]*$/, "")));
  const queue = entry === undefined ? [] : [entry];
  for (const file of queue) {
    const text = found.has(file) ? undefined : files(file);
    if (text !== undefined) {
      found.set(file, text);
      queue.push(...namedIn(text, file).flatMap((name) => fileOf(files, name) ?? []));
    }
  }
  return [...found.values()];
}

/** The file that a path without an ending, or with one, stands for. */
function fileOf(files: Files, name: string): string | undefined {
  const names = /\.[cm]?js$/.test(name) ? [name] : endings.map((ending) => name + ending);
  return names.find((one) => files(one) !== undefined);
}

/** Paths in the text of a file, from the root of the code: whatever it quotes may be one. */
function namedIn(text: string, file: string): string[] {
  const folder = path.posix.dirname(file);
  const paths = [...text.matchAll(quoted)]
    .map(([, one, another, third]) => one ?? another ?? third ?? "")
    .filter((name) => /^\.{0,2}\/|\.[cm]?js$/.test(name) && !/[\s*]/.test(name));
  return [...new Set(paths)]
    .flatMap((name) => [path.posix.join(folder, name), path.posix.normalize(name)])
    .filter((name) => !name.startsWith("../") && !/(^|\/)node_modules\//.test(name));
}
