import assert from "node:assert/strict";
import { CommanderError } from "commander";
import { parseSoakOptions, proofNames } from "../../../scripts/soak/options";

describe("parseSoakOptions", () => {
  it("carries out all proofs by default, by a seed of its own", () => {
    const { seed, ...options } = parseSoakOptions([]);
    assert.ok(Number.isSafeInteger(seed) && seed > 0);
    assert.deepEqual(options, {
      only: [...proofNames],
      operations: 2000,
      requests: 20_000,
      seconds: 60,
      kills: 3,
      config: {},
      patience: 60,
    });
  });

  it("takes the proofs in their own order", () => {
    const { only, seed } = parseSoakOptions(["--only", "kill,ingest", "--seed", "7"]);
    assert.deepEqual([only, seed], [["ingest", "kill"], 7]);
  });

  it("takes config values", () => {
    const args = ["-c", "maxImagesPerUser=10", "--config", "oidcAudience[0]=darkroom"];
    assert.deepEqual(parseSoakOptions(args).config, {
      maxImagesPerUser: "10",
      "oidcAudience[0]": "darkroom",
    });
  });

  it("lets the API key in, which clients have, beside users", () => {
    const configOf = (...values: string[]) =>
      parseSoakOptions(values.flatMap((value) => ["-c", value])).config;
    assert.deepEqual(configOf("oidcIssuer=local"), { oidcIssuer: "local", allowApiKeys: "true" });
    assert.deepEqual(configOf("darkroom:oidcIssuer=local", "darkroom:allowApiKeys=true"), {
      "darkroom:oidcIssuer": "local",
      "darkroom:allowApiKeys": "true",
    });
  });

  for (const args of [
    ["--only", "ingest,nothing"],
    ["-c", "oidcIssuer=local", "-c", "allowApiKeys=false"],
    ["--operations", "0"],
    ["--seconds", "1.5"],
    ["-c", "maxImagesPerUser"],
    ["more"],
  ]) {
    it(`refuses ${args.join(" ")}`, () => {
      assert.throws(() => parseSoakOptions(args), CommanderError);
    });
  }
});
