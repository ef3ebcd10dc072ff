import { dirname, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** The folder of the program that uses the package: Pulumi runs plugins in it. */
export const programFolder = process.cwd();

/** This project's folder, where bundles are made and which their paths are relative to. */
export const projectFolder = dirname(__dirname);

/**
 * Goes to work in this project's folder. The process is a plugin's, which has nothing else to do; what a
 * program says of its own files is relative to `programFolder`.
 */
export function workInProject(): void {
  process.chdir(projectFolder);
}

/**
 * Makes paths of files in functions' archives absolute, for `transformations` of a component: relative ones would be
 * looked for in the program's folder, where the engine is. Names within archives stay as they are.
 */
export function withAbsoluteFiles({
  type,
  props,
  opts,
}: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult | undefined {
  if (type !== "aws:lambda/function:Function") {
    return undefined;
  }
  const { code } = props as { code: pulumi.Input<pulumi.asset.Archive> };
  return { props: { ...props, code: pulumi.output(code).apply(absoluteArchive) }, opts };
}

function absoluteArchive(archive: pulumi.asset.Archive): pulumi.asset.Archive {
  const { assets = {} } = archive as { assets?: Readonly<Record<string, KnownAsset>> };
  const absolute = Object.entries(assets).map(([name, asset]) => [name, absoluteAsset(asset)]);
  return new pulumi.asset.AssetArchive(Object.fromEntries(absolute) as pulumi.asset.AssetMap);
}

/** An asset as it is in an output, which resolves what is in it. */
interface KnownAsset {
  path?: string;
}

function absoluteAsset(asset: KnownAsset): KnownAsset | pulumi.asset.FileAsset {
  const { path } = asset;
  return path === undefined ? asset : new pulumi.asset.FileAsset(resolve(projectFolder, path));
}
