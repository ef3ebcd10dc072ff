import assert from "node:assert/strict";
import { CustomDomain } from "../../../../components/edge/custom-domain";
import { viewerSettings } from "../../../../components/edge/parts/viewers";
import { outputValue, runMocked } from "../../../support/pulumi";

describe("viewerSettings", () => {
  it("serves CloudFront's own name everywhere, unless told otherwise", () => {
    assert.deepEqual(viewerSettings({}), {
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  });

  it("serves a name of one's own by TLS 1.2 or later", async () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const { result } = await runMocked(() => {
      const domain = new CustomDomain("own", { domainName: "images.example.com", certificateArn });
      return viewerSettings({ domain });
    });
    assert.deepEqual(result.aliases, ["images.example.com"]);
    assert.deepEqual(await outputValue(result.viewerCertificate), {
      acmCertificateArn: certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: "TLSv1.2_2021",
    });
  });

  it("restricts countries, and names the web ACL", () => {
    const geoRestriction = { restrictionType: "blacklist", locations: ["KP"] } as const;
    assert.deepEqual(viewerSettings({ geoRestriction, webAclArn: "arn:acl" }), {
      webAclId: "arn:acl",
      restrictions: { geoRestriction: { restrictionType: "blacklist", locations: ["KP"] } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  });
});
