import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { nativeModules } from "../../components/native-modules";

/**
 * Bundles functions of a checkout as `NodejsFunction` of the AWS CDK does: without the AWS SDK, which is then
 * found where the runtime of Lambda has it.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html
 *
 * @param functions their names.
 * @param folder gets the bundles, and beside them the packages of the checkout.
 */
export async function bundleWithoutSdk(
  functions: readonly string[],
  checkout: string,
  folder: string,
): Promise<void> {
  await build({
    entryPoints: functions.map((name) => join(checkout, "handlers", `${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    external: ["@aws-sdk/*", "@smithy/*", ...nativeModules],
    logLevel: "error",
  });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
}
