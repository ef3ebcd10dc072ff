// Loaded before tsx: packages in CommonJS are then loaded by Node.js itself. tsx would read through the text of each
// of their files, to find out whether it is an ES module, which takes as long as running it.
import { readFileSync } from "node:fs";
import { findPackageJSON, Module } from "node:module";
import { dirname, sep } from "node:path";
import { pathToFileURL } from "node:url";

const inPackage = `${sep}node_modules${sep}`;
const loadByNode = Module._extensions[".js"];
let loadByTsx = loadByNode;

/** By folder. */
const known = new Map();

function isCommonJs(file) {
  const folder = dirname(file);
  if (!known.has(folder)) {
    const manifest = findPackageJSON(pathToFileURL(file));
    const { type } = manifest === undefined ? {} : JSON.parse(readFileSync(manifest, "utf8"));
    known.set(folder, type !== "module");
  }
  return known.get(folder);
}

Object.defineProperty(Module._extensions, ".js", {
  configurable: true,
  enumerable: true,
  get: () => (module, file) =>
    file.includes(inPackage) && isCommonJs(file)
      ? loadByNode(module, file)
      : loadByTsx(module, file),
  set: (load) => {
    loadByTsx = load;
  },
});
