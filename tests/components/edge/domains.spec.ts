import assert from "node:assert/strict";
import type { DomainSettings } from "../../../components/config/edge-config";
import { Domains } from "../../../components/edge/domains";
import { outputValue, runMocked } from "../../support/pulumi";

const certificateType = "aws:acm/certificate:Certificate";

async function create(settings: DomainSettings) {
  return await runMocked(() => new Domains("test", settings));
}

describe("Domains", () => {
  it("names API, images and results under the domain, CloudFront's certificates in us-east-1", async () => {
    const { run, result } = await create({ domainName: "img.example.com", hostedZone: "Z1" });
    assert.deepEqual(
      [result.api, result.images, result.results].map(({ domainName }) => domainName),
      ["api.img.example.com", "images.img.example.com", "results.img.example.com"],
    );
    assert.deepEqual(
      run.ofType(certificateType).map(({ inputs: { domainName, region } }) => [domainName, region]),
      [
        ["api.img.example.com", undefined],
        ["images.img.example.com", "us-east-1"],
        ["results.img.example.com", "us-east-1"],
      ],
    );
  });

  it("looks up a zone by its name, and takes its id as it is", async () => {
    const zoneOf = async (hostedZone: string) => {
      const { run } = await create({ domainName: "img.example.com", hostedZone });
      return run.inputs("aws:route53/record:Record", "test-api-domain-validation").zoneId;
    };
    assert.equal(await zoneOf("example.com"), "Z-example.com");
    assert.equal(await zoneOf("Z0123456789"), "Z0123456789");
  });

  it("takes certificates that are there, one for both distributions", async () => {
    const [cdnCertificateArn, apiCertificateArn] = ["arn:cdn", "arn:api"];
    const { run, result } = await create({
      domainName: "img.example.com",
      cdnCertificateArn,
      apiCertificateArn,
    });
    assert.deepEqual(run.ofType(certificateType), []);
    assert.equal(await outputValue(result.images.certificateArn), cdnCertificateArn);
    assert.equal(await outputValue(result.results.certificateArn), cdnCertificateArn);
    assert.equal(await outputValue(result.api.certificateArn), apiCertificateArn);
  });
});
