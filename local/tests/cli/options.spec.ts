import assert from "node:assert/strict";
import { outputFormatOf, parseOptions } from "../../cli/options";

describe("parseOptions", () => {
  it("has defaults for everything", () => {
    assert.deepEqual(parseOptions([]), {
      port: 4000,
      host: { address: "127.0.0.1", name: "127.0.0.1" },
      stack: "local",
      data: ".local",
      fresh: false,
      json: false,
      quiet: false,
      yes: false,
      policy: true,
      watch: true,
      config: {},
      configPath: false,
    });
  });

  it("reads how to print, in one way or the other", () => {
    const formatOf = (...args: string[]) => outputFormatOf(parseOptions(args));
    assert.equal(formatOf(), "text");
    assert.equal(formatOf("-q"), "quiet");
    assert.equal(formatOf("--quiet"), "quiet");
    assert.equal(formatOf("--json"), "json");
    assert.throws(() => formatOf("--json", "--quiet"), { code: "commander.conflictingOption" });
  });

  it("leaves the policies out when it is told to", () => {
    assert.equal(parseOptions(["--no-policy"]).policy, false);
  });

  it("watches nothing when it is told to", () => {
    assert.equal(parseOptions(["--no-watch"]).watch, false);
  });

  it("lets debuggers attach to the function that is named, or to any", () => {
    assert.equal(parseOptions([]).inspect, undefined);
    assert.equal(parseOptions(["--inspect"]).inspect, true);
    assert.equal(parseOptions(["--inspect", "get-image"]).inspect, "get-image");
    assert.equal(parseOptions(["--inspect", "--quiet"]).inspect, true);
  });

  it("collects config values, which may contain an equals sign or nothing", () => {
    const { config } = parseOptions([
      "-c",
      "a=b=c",
      "--config",
      "aws:region=",
      "-c",
      "__proto__=x",
    ]);
    assert.deepEqual(Object.entries(config), [
      ["a", "b=c"],
      ["aws:region", ""],
      ["__proto__", "x"],
    ]);
  });

  it("reads faults and their seed", () => {
    const { faults, faultsSeed } = parseOptions(["--faults", "s3=0.1", "--faults-seed", "0"]);
    assert.deepEqual(faults, [{ service: "s3", kind: "error", probability: 0.1 }]);
    assert.equal(faultsSeed, 0);
  });

  it("takes every number of processes that there may be", () => {
    assert.equal(parseOptions(["--processes", "1"]).processes, 1);
    assert.equal(parseOptions(["--processes", "1000"]).processes, 1000);
  });

  it("takes every port number", () => {
    assert.equal(parseOptions(["--port", "0"]).port, 0);
    assert.equal(parseOptions(["--port", "65535"]).port, 65535);
  });
});
