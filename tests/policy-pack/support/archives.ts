import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";

/** An archive of files with these texts, as it travels between a program and the engine. */
export function archiveOf(texts: Readonly<Record<string, string>>): object {
  const assets = Object.entries(texts).map(([file, text]) => [file, assetOf({ text })]);
  return { [specialSigKey]: specialArchiveSig, assets: Object.fromEntries(assets) as object };
}

/** What is in a folder or in an archive of the machine. */
export function archiveAt(path: string): object {
  return { [specialSigKey]: specialArchiveSig, path };
}

/** A text, or a file of the machine, whose hash the engine has written down. */
export function assetOf(content: { text: string } | { path: string; hash?: string }): object {
  return { [specialSigKey]: specialAssetSig, ...content };
}
