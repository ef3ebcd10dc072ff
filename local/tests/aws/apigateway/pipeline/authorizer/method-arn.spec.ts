import assert from "node:assert/strict";
import { allowed, bearer, gated, gatedApi, question, setGate } from "../../authorizer-lab";
import { inLab, raw } from "../../lab";

describe("methodArn", () => {
  it("is of what the client calls: verb and path as sent, whatever the method's own", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const any = { "x-amazon-apigateway-any-method": gated() };
      const { url, api } = await lab.deploy(
        gatedApi({ authorizerResultTtlInSeconds: 0 }, { "/": any, "/a/{rest+}": any }),
      );
      for (const [method, path, expected] of [
        ["GET", "/", "prod/GET/"],
        ["PUT", "/a/b/c?d=1", "prod/PUT/a/b/c"],
        ["DELETE", "/a/b%2Fc%20d", "prod/DELETE/a/b%2Fc%20d"],
      ] as const) {
        await raw(url, path, { method, headers: bearer });
        assert.equal(question(lab).methodArn, `${api.executionArn}/${expected}`);
      }
    }));

  it("may be 1600 bytes long", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url, api } = await lab.deploy(gatedApi());
      const longest = 1600 - `${api.executionArn}/prod/GET/things/`.length;
      const statusOf = async (length: number) =>
        (await raw(url, `/things/${"x".repeat(length)}`, { headers: bearer })).status;
      assert.equal(await statusOf(longest), 200);
      assert.equal(await statusOf(longest + 1), 414);
    }));
});
