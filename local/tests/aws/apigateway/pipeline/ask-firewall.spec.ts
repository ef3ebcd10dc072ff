import assert from "node:assert/strict";
import { stageArn } from "../../../../aws/apigateway/apigateway";
import type { BlockResponse } from "../../../../aws/waf/types";
import { account, inLab, type Lab, mocked, openApi, raw } from "../lab";
import { shown } from "../../waf/shown";

const aclArn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/acl/1";

/** A stage that a web ACL protects, which lets one request pass. */
async function deploy(lab: Lab, response?: BlockResponse) {
  const gatewayResponses = {
    WAF_FILTERED: {
      responseParameters: { "gatewayresponse.header.X-By": "'the gateway'" },
      responseTemplates: { "application/json": '{"code":"Refused"}' },
    },
  };
  const { api, url } = await lab.deploy(
    openApi(
      { "/health": { get: mocked("fine") } },
      { "x-amazon-apigateway-gateway-responses": gatewayResponses },
    ),
  );
  lab.waf.putWebAcl({
    arn: aclArn,
    name: "acl",
    shown,
    scope: "REGIONAL",
    defaultAction: { kind: "allow" },
    rules: [
      {
        name: "rate",
        priority: 0,
        statement: { kind: "rate", limit: 1, windowSeconds: 300 },
        action: { kind: "block", ...(response && { response }) },
      },
    ],
  });
  lab.waf.associate(stageArn(account, api.id, "prod"), aclArn);
  return url;
}

describe("askFirewall", () => {
  it("answers what is refused by the API's own response for that", () =>
    inLab(async (lab) => {
      const url = await deploy(lab);
      assert.equal((await raw(url, "/health")).status, 200);
      const { status, headers, body } = await raw(url, "/health");
      assert.equal(status, 403);
      assert.equal(headers["x-by"], "the gateway");
      assert.equal(headers["x-amzn-errortype"], "ForbiddenException");
      assert.equal(body.toString(), '{"code":"Refused"}');
    }));

  it("comes before all else, unknown routes among them", () =>
    inLab(async (lab) => {
      const url = await deploy(lab);
      assert.equal((await raw(url, "/nothing")).status, 403);
      const { body } = await raw(url, "/nothing");
      assert.equal(body.toString(), '{"code":"Refused"}');
    }));

  it("answers as the web ACL says, if it does", () =>
    inLab(async (lab) => {
      const url = await deploy(lab, { status: 429, headers: {}, body: "slow down" });
      await raw(url, "/health");
      const { status, body } = await raw(url, "/health");
      assert.deepEqual([status, body.toString()], [429, "slow down"]);
    }));
});
