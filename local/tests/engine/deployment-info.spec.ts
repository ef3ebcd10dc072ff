import assert from "node:assert/strict";
import { javaScript, runSource } from "./run-source";

/** Asks the engine what the SDK asks it, by a method of its service, and prints the answer. */
const program = `
  const { getMonitor } = require("@pulumi/pulumi/runtime/settings");
  const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
  const { SupportsFeatureRequest } = require("@pulumi/pulumi/proto/resource_pb");
  const ask = (method: string, request: object) => new Promise((resolve, reject) =>
    getMonitor()[method](request, (error: Error, response: object) => error ? reject(error) : resolve(response)));
  const names = ["aliasSpecs", "deletedWith", "errorHooks", "invokeTransforms", "outputValues", "parameterization",
    "replaceWith", "resourceHooks", "resourceReferences", "secrets", "transforms"];
  module.exports = async () => {
    const info: any = await ask("getDeploymentInfo", new Empty());
    const supported = [];
    for (const name of names) {
      const answer: any = await ask("supportsFeature", new SupportsFeatureRequest().setId(name));
      if (answer.getHassupport()) supported.push(name);
    }
    console.log(JSON.stringify({ info: info.toObject(), supported }));
  };`;

describe("What a program is told of its deployment", function () {
  this.timeout(60_000);

  for (const dryRun of [false, true]) {
    it(`is that of ${dryRun ? "a preview" : "an update"}, with all that the engine can do`, async () => {
      const config = {
        values: { "source:size": "5", "source:word": "sesame" },
        secretKeys: ["source:word"],
        secrets: ["sesame"],
      };
      const { messages } = await runSource(javaScript(program), { config, dryRun });
      const { info, supported } = JSON.parse(messages[0]?.replace("info: ", "") ?? "") as {
        info: Record<string, unknown>;
        supported: string[];
      };
      const { supportedfeaturesList, ...told } = info;
      assert.deepEqual(told, {
        project: "source",
        stack: "dev",
        organization: "organization",
        configMap: [
          ["source:size", "5"],
          ["source:word", "sesame"],
        ],
        configsecretkeysList: ["source:word"],
        dryrun: dryRun,
        parallel: 0,
      });
      // By the numbers that the protocol has for what older versions of the SDK ask for by name.
      assert.deepEqual(supportedfeaturesList, [3, 5, 11, 8, 2, 6, 10, 0, 7]);
      assert.deepEqual(supported, [
        "aliasSpecs",
        "deletedWith",
        "errorHooks",
        "invokeTransforms",
        "outputValues",
        "replaceWith",
        "resourceHooks",
        "secrets",
        "transforms",
      ]);
    });
  }
});
