import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { gatewayDocument } from "../../components/openapi/gateway";
import { policies } from "../../policy-pack/policies";
import { apigatewayApiRestrictOrigins } from "../../policy-pack/policies/apigateway-api-restrict-origins";
import { assertAccepted, assertRefused, resource } from "./support/harness";

describe("the pack in this program's stacks", () => {
  it("is mandatory in production, every rule of it", () => {
    const { config } = parse(readFileSync("Pulumi.production.yaml", "utf8")) as {
      config: Record<string, Record<string, string | { enforcementLevel: string }>>;
    };
    const levels = config["darkroom-policy:config"] ?? {};
    for (const { name } of policies) {
      const level = levels[name] ?? levels.all;
      assert.equal(typeof level === "object" ? level.enforcementLevel : level, "mandatory", name);
    }
  });

  describe("about the origins that may read answers", () => {
    const authorizer = { invokeArn: "arn:aws:apigateway:us-east-1:lambda:f", allowApiKeys: false };

    function api(allowedOrigins: readonly string[], hasUsers: boolean) {
      const document = gatewayDocument(
        {},
        {
          maxUploadBytes: 1,
          maxDirectUploadBytes: 2,
          dailyRequestQuota: 3,
          allowedOrigins,
          ...(hasUsers && { authorizer }),
        },
      );
      return resource("aws:apigateway/restApi:RestApi", "api", { body: JSON.stringify(document) });
    }

    it("advises against any, where users are known", async () => {
      await assertRefused(
        apigatewayApiRestrictOrigins,
        [api(["*"], true)],
        'aws.apigateway.RestApi "api" has an authorizer, and lets any page read its answers: its document sets Access-Control-Allow-Origin to *',
      );
    });

    it("is content with some, and with any where users are not known", async () => {
      for (const one of [
        api(["*"], false),
        api(["https://app.example.com"], true),
        api(["https://app.example.com", "https://admin.example.com"], true),
      ]) {
        await assertAccepted(apigatewayApiRestrictOrigins, [one]);
      }
    });
  });
});
