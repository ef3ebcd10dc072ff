import { createHash } from "node:crypto";
import { existsSync, readFileSync, readlinkSync, statSync } from "node:fs";
import path from "node:path";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { unzipSync } from "fflate";
import { at, entriesOf } from "../values";

/** The text of a file of an archive, by its path there; `undefined` where there is none, or it cannot be read. */
export type Files = (file: string) => string | undefined;

const none: Files = () => undefined;

/** The files of an asset or an archive, as it travels between the engine and a pack. */
export function filesOf(envelope: unknown): Files {
  if (at(envelope, specialSigKey) === specialAssetSig) {
    return (file) => (file === "" ? textOf(envelope) : undefined);
  }
  if (at(envelope, specialSigKey) !== specialArchiveSig) {
    return none;
  }
  const location = at(envelope, "path");
  return typeof location === "string" ? filesAt(location) : filesAmong(at(envelope, "assets"));
}

/** Of an archive that is made of assets and of other archives, by their paths. */
function filesAmong(assets: unknown): Files {
  const parts = entriesOf(assets).map(
    ([name, content]) => [path.posix.normalize(name), content] as const,
  );
  return (file) => {
    for (const [name, content] of parts) {
      const inner = file === name ? "" : within(name, file);
      const text = inner === undefined ? undefined : filesOf(content)(inner);
      if (text !== undefined) {
        return text;
      }
    }
    return undefined;
  };
}

function within(folder: string, file: string): string | undefined {
  const prefix = folder === "." ? "" : `${folder.replace(/\/$/, "")}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : undefined;
}

/** Of a folder, or of an archive in the format of ZIP. */
function filesAt(location: string): Files {
  const found = candidates(location).find((one) => existsSync(one));
  if (found === undefined) {
    return none;
  }
  if (statSync(found).isDirectory()) {
    return (file) => readText(path.join(found, file));
  }
  return /\.(zip|jar)$/.test(found) ? zippedFiles(readFileSync(found)) : none;
}

function zippedFiles(archive: Uint8Array): Files {
  return (file) => {
    const isFile = ({ name }: { name: string }) => path.posix.normalize(name) === file;
    const [content] = Object.values(unzipSync(archive, { filter: isFile }));
    return content && new TextDecoder().decode(content);
  };
}

/** The engine hashes what it has read: a file that has changed, or another one, is not taken for it. */
function textOf(asset: unknown): string | undefined {
  const [text, location, hash] = ["text", "path", "hash"].map((key) => at(asset, key));
  if (typeof text === "string") {
    return text;
  }
  const texts = typeof location === "string" ? candidates(location).map(readText) : [];
  return texts.find(
    (one) =>
      one !== undefined &&
      (typeof hash !== "string" || createHash("sha256").update(one).digest("hex") === hash),
  );
}

function readText(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
}

/** Where a path may lead: relative ones start in the folder of the program, which no pack is told. */
function candidates(location: string): string[] {
  return path.isAbsolute(location)
    ? [location]
    : programFolders().map((folder) => path.join(folder, location));
}

/**
 * Where the program may be: where the language host runs that has started the pack, where the pack
 * itself runs, or where the shell was. None of them is the pack's own folder.
 */
function programFolders(): string[] {
  const folders = [parentFolder(), process.cwd(), process.env.PWD, process.env.INIT_CWD];
  return folders.filter(
    (folder): folder is string =>
      folder !== undefined && !existsSync(path.join(folder, "PulumiPolicy.yaml")),
  );
}

function parentFolder(): string | undefined {
  const link = `/proc/${String(process.ppid)}/cwd`;
  try {
    return readlinkSync(link);
  } catch {
    // Only Linux has it, and only of a process of one's own.
    return undefined;
  }
}
