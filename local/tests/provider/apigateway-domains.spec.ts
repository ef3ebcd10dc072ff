import assert from "node:assert/strict";
import { Acm } from "../../aws/acm/acm";
import { apigatewayResources } from "../../provider/apigateway";
import type { Properties, ResourceState } from "../../provider/resource";
import { account, inLab, type Lab, mocked, openApi } from "../aws/apigateway/lab";
import { view } from "../aws/cloudfront/viewer";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";
import { certificateOf } from "../aws/acm/certificate-of";

const domainType = "aws:apigateway/domainName:DomainName";
const mappingType = "aws:apigateway/basePathMapping:BasePathMapping";
const regionalCertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
const domain = {
  domainName: "api.example.com",
  regionalCertificateArn,
  endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
  securityPolicy: "TLS_1_2",
};

/** Makes a resource. */
type Create = (type: string, inputs: Properties) => Promise<ResourceState>;

function inAccount(test: (create: Create, lab: Lab, acm: Acm) => Promise<void>): Promise<void> {
  return inLab((lab) => {
    const acm = new Acm();
    const types = apigatewayResources(lab.gateway, account, { acm });
    return test((type, inputs) => createPlanned(types, plannedRequest(type, inputs)), lab, acm);
  });
}

describe("Domain names of API Gateway", () => {
  it("lead to a port of this machine, where their mappings are served", () =>
    inAccount(async (create, lab) => {
      const { api } = await lab.deploy(openApi({ "/health": { get: mocked("fine") } }));
      const { id, outputs } = await create(domainType, domain);
      assert.equal(id, "api.example.com");
      assert.match(String(outputs.regionalDomainName), /^127\.0\.0\.1:\d+$/);
      assert.equal(outputs.arn, "arn:aws:apigateway:us-east-1::/domainnames/api.example.com");
      const mapping = await create(mappingType, {
        domainName: id,
        restApi: api.id,
        stageName: "prod",
        basePath: "v1",
      });
      assert.equal(mapping.id, "api.example.com/v1");
      const { body } = await view(`http://${String(outputs.regionalDomainName)}/v1/health`);
      assert.equal(body.toString(), "fine");
    }));

  it("need a certificate that is for them", () =>
    inAccount(async (create, _lab, acm) => {
      acm.put(certificateOf(regionalCertificateArn, "other.example.com"));
      await assert.rejects(create(domainType, domain), /must be valid for the domain name/);
      acm.put(certificateOf(regionalCertificateArn, "api.example.com"));
      await assert.doesNotReject(create(domainType, domain));
    }));

  const refused: [string, Properties, RegExp][] = [
    [
      "a certificate of another region",
      { regionalCertificateArn: regionalCertificateArn.replace("us-east-1", "eu-west-1") },
      /must be in us-east-1/,
    ],
    [
      "edge-optimized ones",
      { endpointConfiguration: { types: "EDGE" } },
      /does not emulate .*not regional/,
    ],
    [
      "those without a certificate",
      { regionalCertificateArn: undefined },
      /does not emulate .*certificate of ACM/,
    ],
    [
      "mutual TLS",
      { mutualTlsAuthentication: { truststoreUri: "s3://a/b" } },
      /does not emulate mutualTlsAuthentication/,
    ],
    [
      "an enhanced policy without an access mode",
      { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" },
      /access mode is required/,
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuse ${what}`, () =>
      inAccount(async (create) => {
        await assert.rejects(create(domainType, { ...domain, ...changes }), message);
      }));
  }
});
