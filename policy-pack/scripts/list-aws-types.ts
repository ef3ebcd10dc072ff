import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What the SDK tells about the types of AWS's resources, as `data/aws-types.json` holds it. */
export interface AwsTypes {
  /** Types that take tags. */
  taggable: string[];
  /** Types of services that have no regions. */
  global: string[];
}

const dataFile = path.join(__dirname, "../data/aws-types.json");

/** Reads the sources of the installed `@pulumi/aws`. */
export function listAwsTypes(): AwsTypes {
  const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));
  const types: AwsTypes = { taggable: [], global: [] };
  for (const file of globSync("*/*.js", { cwd: sdk }).sort()) {
    const source = readFileSync(path.join(sdk, file), "utf8");
    const [, type] = /static __pulumiType = '(aws:[^']+)'/.exec(source) ?? [];
    if (type === undefined) {
      continue;
    }
    if (source.includes('resourceInputs["tags"]')) {
      types.taggable.push(type);
    }
    if (!source.includes('resourceInputs["region"]')) {
      types.global.push(type);
    }
  }
  return types;
}

if (require.main === module) {
  writeFileSync(dataFile, `${JSON.stringify(listAwsTypes(), null, 2)}\n`);
}
