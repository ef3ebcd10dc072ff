import { join } from "node:path";

import { build } from "esbuild";
import { localFolder } from "../../folder";

/**
 * Makes one JavaScript file of the runtime. Were Node to strip the types in each process instead,
 * every cold start would take some 50 ms and 18 MB more, which no function has in AWS.
 */
export async function bundleRuntime(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(localFolder, "aws/lambda/runtime/bootstrap.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node24",
    // Nothing of the project's own configuration may change what a function runs in.
    tsconfigRaw: {},
  });
}
