import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { type GetSchemaResponse, GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { packageSchema } from "../../scripts/package-schema";

const root = path.join(__dirname, "../..");

describe("the package as a plugin", () => {
  let folder: string;
  let plugin: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "plugin-"));
  });

  afterEach(async () => {
    if (plugin?.exitCode === null) {
      plugin.kill();
      await once(plugin, "exit");
    }
    rmSync(folder, { recursive: true });
  });

  it("tells its schema in the folder of a program whose compiler has other settings", async () => {
    const options = { target: "es5", module: "none", strict: false, noEmit: true };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
    const run = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-plugin");
    // As `pulumi-language-nodejs` runs it; no engine listens at the address, and none is asked.
    plugin = spawn(process.execPath, [run, root, "127.0.0.1:1"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    assert.ok(plugin.stdout);
    const [port] = (await once(createInterface(plugin.stdout), "line")) as [string];
    const told = JSON.parse(await schemaAt(port)) as object;
    assert.deepEqual(told, await packageSchema());
  });
});

async function schemaAt(port: string): Promise<string> {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  try {
    return await new Promise((resolve, reject) => {
      client.getSchema(
        new GetSchemaRequest(),
        (error: Error | null, response: GetSchemaResponse) => {
          if (error) {
            reject(error);
          } else {
            resolve(response.getSchema());
          }
        },
      );
    });
  } finally {
    client.close();
  }
}
