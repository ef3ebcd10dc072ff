import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeRunFiles } from "../../cli/run-files";

describe("writeRunFiles", () => {
  const names = [
    "AWS_ENDPOINT_URL",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
  ];
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "it's a run-"));
    const endpoints = {
      aws: "http://127.0.0.1:4001",
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: "it's/$(secret)+\\=",
      region: "eu-west-1",
      oidcIssuer: "http://127.0.0.1:4010",
      page: "http://127.0.0.1:4020",
    };
    await writeRunFiles(dataDir, endpoints, { stackOutputs: {} });
  });

  after(() => rm(dataDir, { recursive: true }));

  it("leads what a shell starts to the run, whatever it had before", async () => {
    const print = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name])))`;
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-euc", '. "$1/aws.env"; exec "$2" -e "$3"', "sh", dataDir, process.execPath, print],
      {
        env: { PATH: process.env.PATH, AWS_PROFILE: "work", AWS_SESSION_TOKEN: "old" },
      },
    );
    assert.deepEqual(JSON.parse(stdout), [
      "http://127.0.0.1:4001",
      "AKIDEXAMPLE",
      "it's/$(secret)+\\=",
      "eu-west-1",
      "eu-west-1",
      null,
      null,
    ]);
  });

  it("writes what holds secrets for the owner only", async () => {
    for (const file of ["aws.env", "endpoints.json", "outputs.json"]) {
      assert.equal((await stat(join(dataDir, file))).mode & 0o777, 0o600, file);
    }
  });
});
