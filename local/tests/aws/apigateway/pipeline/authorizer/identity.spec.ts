import assert from "node:assert/strict";
import { allowed, asked, gatedApi, setGate } from "../../authorizer-lab";
import { inLab, raw } from "../../lab";

describe("identityOf", () => {
  it("reads variables of context and stage", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const identitySource =
        "context.identity.sourceIp, context.httpMethod, context.resourcePath, stageVariables.tier";
      const { url } = await lab.deploy(gatedApi({ identitySource }), {
        stage: { variables: { tier: "gold" } },
      });
      const call = async (path: string, method = "GET") => {
        assert.equal((await raw(url, path, { method })).status, 200);
        return asked(lab).length;
      };
      assert.equal(await call("/things"), 1);
      assert.equal(await call("/things"), 1);
      assert.equal(await call("/things", "POST"), 2);
      assert.equal(await call("/things/1"), 3);
      assert.equal(await call("/things/2"), 3);
    }));

  it("finds nothing in a variable that there is none of", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      for (const identitySource of ["context.nothing", "context.identity", "stageVariables.none"]) {
        const { url } = await lab.deploy(gatedApi({ identitySource }));
        assert.equal((await raw(url, "/things")).status, 401, identitySource);
      }
      assert.equal(asked(lab).length, 0);
    }));

  it("finds no identity where one of several lines is empty", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(
        gatedApi({ identitySource: "method.request.header.a,method.request.querystring.b" }),
      );
      const statusOf = async (a: string[], query: string) =>
        (await raw(url, `/things?${query}`, { headers: { a } })).status;
      assert.equal(await statusOf(["1", ""], "b=1"), 401);
      assert.equal(await statusOf(["", "1"], "b=1"), 401);
      assert.equal(await statusOf(["1"], "b=1&b="), 401);
      assert.equal(await statusOf(["1", "2"], "b=1&b=2"), 200);
    }));

  it("validates what is named even where nothing is kept", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url } = await lab.deploy(gatedApi({ authorizerResultTtlInSeconds: 0 }));
      assert.equal((await raw(url, "/things")).status, 401);
      assert.equal(asked(lab).length, 0);
    }));
});
