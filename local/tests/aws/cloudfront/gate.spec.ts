import assert from "node:assert/strict";
import type { DistributionConfig } from "../../../aws/cloudfront/types";
import { LocalDistribution } from "./support/local-distribution";
import { shown } from "../waf/shown";

const aclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/acl/1";

describe("A distribution's gate", () => {
  let local: LocalDistribution;

  beforeEach(() => {
    local = new LocalDistribution();
  });

  const from = async (country?: string) => {
    const headers = { ...(country !== undefined && { "cloudfront-viewer-country": country }) };
    return (await local.get("/a.txt", { headers: { host: "h", ...headers } })).status;
  };

  it("serves the countries of a whitelist, and whoever cannot be placed", async () => {
    local.deploy({ geoRestriction: { type: "whitelist", locations: ["DE", "AT"] } });
    assert.deepEqual([await from("DE"), await from("at"), await from()], [200, 200, 200]);
    assert.equal(await from("FR"), 403);
  });

  it("serves all but the countries of a blacklist", async () => {
    local.deploy({ geoRestriction: { type: "blacklist", locations: ["FR"] } });
    assert.deepEqual([await from("DE"), await from(), await from("FR")], [200, 200, 403]);
  });

  it("asks neither cache nor origin for whom it does not serve", async () => {
    local.deploy({ geoRestriction: { type: "blacklist", locations: ["FR"] } });
    await from("FR");
    assert.deepEqual(local.asked, []);
  });

  it("answers by the page for 403, where there is one", async () => {
    local.bucket = ({ key }) => ({ status: 200, body: `page ${key}` });
    local.deploy({
      geoRestriction: { type: "whitelist", locations: ["DE"] },
      customErrorResponses: [
        {
          errorCode: 403,
          responseCode: 404,
          responsePagePath: "/errors/none.json",
          errorCachingMinTtl: 0,
        },
      ],
    });
    const { status, body, headers } = await local.get("/a.txt", {
      headers: { "cloudfront-viewer-country": "FR" },
    });
    assert.equal(status, 404);
    assert.equal(body.toString(), "page errors/none.json");
    assert.equal(headers["x-cache"], "Error from cloudfront");
  });

  function protect(changes: Partial<DistributionConfig> = {}, isCustom = true): void {
    const response = {
      status: 429,
      headers: { "content-type": "application/json" },
      body: '{"code":"TooManyRequests"}',
    };
    local.waf.putWebAcl({
      arn: aclArn,
      name: "acl",
      shown,
      scope: "CLOUDFRONT",
      defaultAction: { kind: "allow" },
      rules: [
        {
          name: "rate",
          priority: 0,
          statement: { kind: "rate", limit: 2, windowSeconds: 300 },
          action: { kind: "block", ...(isCustom && { response }) },
        },
      ],
    });
    local.deploy({ webAclArn: aclArn, ...changes });
  }

  it("answers as the web ACL says, whatever pages there are", async () => {
    protect({
      customErrorResponses: [
        {
          errorCode: 403,
          responseCode: 404,
          responsePagePath: "/errors/none.json",
          errorCachingMinTtl: 0,
        },
      ],
    });
    assert.deepEqual([await from(), await from()], [200, 200]);
    const { status, body, headers } = await local.get("/a.txt");
    assert.equal(status, 429);
    assert.equal(body.toString(), '{"code":"TooManyRequests"}');
    assert.equal(headers["content-type"], "application/json");
    assert.ok(headers["x-amz-cf-id"]);
  });

  it("answers 403 where the web ACL has no answer of its own", async () => {
    protect({}, false);
    assert.deepEqual([await from(), await from(), await from()], [200, 200, 403]);
  });

  it("counts nobody whom the country keeps out", async () => {
    protect({ geoRestriction: { type: "blacklist", locations: ["FR"] } });
    assert.deepEqual(await Promise.all([from("FR"), from("FR"), from("FR")]), [403, 403, 403]);
    assert.equal(await from("DE"), 200);
  });
});
