import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { bundleWhereChanged, type FolderOptions } from "../bundle";

/** Of `handlers/edge`. */
export type EdgeFunctionName = "image-request" | "image-response";

/**
 * Bytes that a CloudFront Function may have.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const maxEdgeFunctionBytes = 10 * 1024;

const folder = "bundle/edge";

/**
 * The language of runtime 2.0: ES 5.1 and what is listed here. Whatever else is used is rewritten by
 * esbuild, or, where it cannot do that, refused: destructuring, for-of, spread, classes, defaults of
 * arguments.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const options: FolderOptions = {
  entryPoints: ["handlers/edge/image-request.ts", "handlers/edge/image-response.ts"],
  outdir: folder,
  bundle: true,
  minify: true,
  charset: "ascii",
  platform: "neutral",
  format: "esm",
  target: "es5",
  supported: {
    arrow: true,
    "const-and-let": true,
    "exponent-operator": true,
    "template-literal": true,
  },
  legalComments: "none",
};

/** What the functions are told. */
export interface EdgeSettings {
  /** What may be asked for. */
  settings: RenditionSettings;
  /** Origins of pages whose scripts may read images; `*` alone for any. */
  allowedOrigins: readonly string[];
}

/**
 * Code for a CloudFront Function with runtime 2.0, from `handlers/edge`, in which the settings are
 * constants: such functions have no environment. The same code for the same settings.
 *
 * @throws RunError when it would be larger than CloudFront takes, as for too many presets.
 */
export function edgeFunctionCode(name: EdgeFunctionName, told: EdgeSettings): string {
  bundleWhereChanged(`${folder}/record.json`, options);
  const built = readFileSync(`${folder}/${name}.js`, "utf8");
  const code = constants(name, told) + asScript(built);
  const bytes = Buffer.byteLength(code);
  if (bytes > maxEdgeFunctionBytes) {
    throw new pulumi.RunError(
      `The CloudFront Function ${name} would have ${bytes} bytes, of ${maxEdgeFunctionBytes} at most: ` +
        `the ${Object.keys(told.settings.presets).length} presets of the stack's config are too many. ` +
        "Configure fewer, or let them ask for less.",
    );
  }
  return code;
}

/** What a function goes by; the rest would take up room. */
function constants(name: EdgeFunctionName, { settings, allowedOrigins }: EdgeSettings): string {
  const [origin = "", ...otherOrigins] = allowedOrigins;
  const values = {
    settings: known(settings),
    ...(name === "image-request" && { allowedOrigin: otherOrigins.length > 0 ? "*" : origin }),
  };
  const texts = Object.entries(values).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `const ${texts.join(",")};\n`;
}

function known({ presets, presetsOnly, watermark }: RenditionSettings) {
  return {
    presets,
    presetsOnly,
    ...(watermark && { watermark: { ...watermark, imageId: undefined } }),
  };
}

/** CloudFront calls a function of the name `handler`, and knows no exports. */
function asScript(module: string): string {
  const [exported, inner] = /export\{(\w+) as handler\};\s*$/.exec(module) ?? [];
  if (exported === undefined || inner === undefined) {
    throw new Error("A CloudFront Function exports nothing but its handler.");
  }
  return `${module.slice(0, -exported.length)}function handler(event){return ${inner}(event)}\n`;
}
