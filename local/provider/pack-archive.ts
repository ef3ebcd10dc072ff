import { readFile, readdir, stat } from "node:fs/promises";
import { join, posix, resolve } from "node:path";
import { crc32 } from "node:zlib";

import * as asset from "@pulumi/pulumi/asset";
import { strToU8, unzipSync, Zip, ZipPassThrough, zipSync } from "fflate";

/** A file of an archive: its path there, with slashes, and its content. */
type Entry = readonly [string, Uint8Array<ArrayBuffer>];

/** Where an archive's files come from: absolute paths of files, folders and zips, by path in the archive. */
export type ArchiveSources = ReadonlyMap<string, string>;

/** The earliest time that a zip can hold. A fixed one gives the same bytes for the same files. */
const mtime = new Date(1980, 0, 1);

/** Up to so many bytes are stored as they are: compressing takes longer than all else of a function. */
const storedBytes = 40 * 1024 * 1024;

/** Archives that somebody may still hold, by what they were made of. */
const packed = new Map<string, WeakRef<Uint8Array>>();

/** A file that was changed so recently may have been changed again without another time. */
const settledMs = 100;

/**
 * Packs an archive into a zip, as Pulumi's AWS provider does before it uploads a function.
 *
 * @param projectDir relative paths start here.
 * @throws Error when a file is missing, and for remote assets.
 */
export async function packArchive(archive: asset.Archive, projectDir: string): Promise<Uint8Array> {
  if (archive instanceof asset.FileArchive) {
    const path = resolve(projectDir, await archive.path);
    if (path.endsWith(".zip")) {
      return readFile(path);
    }
  }
  const sources = await fingerprintOf(archive, projectDir);
  const known = sources === undefined ? undefined : packed.get(sources)?.deref();
  if (known) {
    return known;
  }
  const zip = await pack(archive, projectDir);
  if (sources !== undefined) {
    packed.forEach((held, key) => held.deref() ?? packed.delete(key));
    packed.set(sources, new WeakRef(zip));
  }
  return zip;
}

/**
 * Tells archives of the same files and texts, or nothing where that would need more than looking at the
 * files: a function is packed once to compare it with the last run and once to create it.
 */
async function fingerprintOf(
  archive: asset.Archive,
  projectDir: string,
): Promise<string | undefined> {
  if (!(archive instanceof asset.AssetArchive)) {
    return undefined;
  }
  const members = Object.entries(await archive.assets);
  const told = await Promise.all(
    members.map(async ([name, member]) => {
      if (member instanceof asset.StringAsset) {
        return [name, "text", await member.text];
      }
      const file = member instanceof asset.FileAsset ? resolve(projectDir, await member.path) : "";
      const stats =
        file === "" ? undefined : await stat(file, { bigint: true }).catch(() => undefined);
      const isSettled = stats !== undefined && Number(stats.ctimeMs) < Date.now() - settledMs;
      return (
        isSettled && [
          name,
          file,
          ...[stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].map(String),
        ]
      );
    }),
  );
  return told.every((each) => each !== false) ? JSON.stringify(told) : undefined;
}

async function pack(archive: asset.Archive, projectDir: string): Promise<Uint8Array> {
  const entries = await entriesOf(archive, projectDir);
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  const bytes = entries.reduce((sum, [, content]) => sum + content.length, 0);
  const files = Object.fromEntries(entries);
  return bytes > storedBytes ? zipSync(files, { mtime, level: 6 }) : store(files);
}

function store(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) {
      throw error;
    }
    chunks.push(chunk);
  });
  for (const [name, content] of Object.entries(files)) {
    const file = new StoredFile(name);
    zip.add(file);
    file.push(content);
  }
  zip.end();
  return Buffer.concat(chunks);
}

/** A file that is stored whole. Its checksum in JavaScript would take longer than all else of a pack. */
class StoredFile extends ZipPassThrough {
  override mtime = mtime;

  override push(content: Uint8Array<ArrayBuffer>): void {
    this.size = content.length;
    this.crc = crc32(content);
    this.ondata(null, content, true);
  }
}

/**
 * Where the files of an archive lie on this machine; of texts nothing is said. A folder stands for all
 * that is in it.
 *
 * @param projectDir as for {@link packArchive}.
 */
export async function sourcesOf(
  archive: asset.Archive,
  projectDir: string,
): Promise<ArchiveSources> {
  if (archive instanceof asset.AssetArchive) {
    const members = Object.entries(await archive.assets);
    const found = await Promise.all(
      members.map(async ([name, member]) => {
        const inner = await sourcesOfMember(member, projectDir);
        return [...inner].map(([path, file]) => [posix.join(name, path), file] as const);
      }),
    );
    return new Map(found.flat());
  }
  return sourcesOfMember(archive, projectDir);
}

async function sourcesOfMember(
  member: asset.Archive | asset.Asset,
  projectDir: string,
): Promise<ArchiveSources> {
  if (member instanceof asset.FileAsset || member instanceof asset.FileArchive) {
    return new Map([["", resolve(projectDir, await member.path)]]);
  }
  return member instanceof asset.AssetArchive ? sourcesOf(member, projectDir) : new Map();
}

async function entriesOf(archive: asset.Archive, projectDir: string): Promise<Entry[]> {
  if (archive instanceof asset.AssetArchive) {
    const members = Object.entries(await archive.assets);
    const entries = await Promise.all(
      members.map(([name, member]) => entriesOfMember(name, member, projectDir)),
    );
    return entries.flat();
  }
  if (archive instanceof asset.FileArchive) {
    const path = resolve(projectDir, await archive.path);
    return path.endsWith(".zip")
      ? Object.entries(unzipSync(await readFile(path)))
      : entriesOfFolder(path);
  }
  throw notLocal();
}

async function entriesOfMember(
  name: string,
  member: asset.Archive | asset.Asset,
  projectDir: string,
): Promise<Entry[]> {
  // Pulumi's CallbackFunction names files as the program gives them, such as "./bundle".
  const path = posix.normalize(name);
  if (member instanceof asset.StringAsset) {
    return [[path, strToU8(await member.text)]];
  }
  if (member instanceof asset.FileAsset) {
    return [[path, await readFile(resolve(projectDir, await member.path))]];
  }
  if (asset.Asset.isInstance(member)) {
    throw notLocal();
  }
  const entries = await entriesOf(member, projectDir);
  return entries.map(([inner, content]) => [posix.join(path, inner), content]);
}

async function entriesOfFolder(folder: string): Promise<Entry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => !entry.isDirectory());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path)] as const;
    }),
  );
}

function notLocal(): Error {
  return new Error("Only local files and texts can be packed into a function's archive.");
}
