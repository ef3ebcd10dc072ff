import assert from "node:assert/strict";
import {
  ACMClient,
  DescribeCertificateCommand,
  ListCertificatesCommand,
} from "@aws-sdk/client-acm";
import type { Properties } from "../../../provider/resource";
import { CloudOfClients } from "../endpoint/support/cloud-of-clients";

describe("a certificate of ACM", () => {
  let lab: CloudOfClients;

  before(async () => {
    lab = await CloudOfClients.start();
  });

  after(() => lab.stop());

  /** Makes a resource, as a program's start does. */
  async function declare(type: string, inputs: Properties): Promise<string> {
    const urn = `urn:pulumi:local::test::${type}::thing`;
    const named = { type, name: "thing", urn, inputs, projectDir: "" };
    const planned = await lab.cloud.provider.plan(named);
    await planned.create();
    return planned.id;
  }

  /** What is shown of the only certificate of a name: whether it is used, and by what. */
  async function shown(domainName: string) {
    const acm = lab.client(ACMClient);
    const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand());
    const found = CertificateSummaryList.find(({ DomainName }) => DomainName === domainName);
    const { CertificateArn, InUse } = found ?? assert.fail();
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    return { InUse, InUseBy: Certificate?.InUseBy, renewal: Certificate?.RenewalEligibility };
  }

  it("says which domain names of API Gateway use it", async () => {
    const domainName = "api.example.com";
    const certificate = { domainName, validationMethod: "DNS" };
    const regionalCertificateArn = await declare("aws:acm/certificate:Certificate", certificate);
    assert.deepEqual(await shown(domainName), {
      InUse: false,
      InUseBy: [],
      renewal: "INELIGIBLE",
    });
    const endpointConfiguration = { types: "REGIONAL" };
    const domain = { domainName, regionalCertificateArn, endpointConfiguration };
    await declare("aws:apigateway/domainName:DomainName", domain);
    assert.deepEqual(await shown(domainName), {
      InUse: true,
      InUseBy: ["arn:aws:apigateway:eu-west-1::/domainnames/api.example.com"],
      renewal: "ELIGIBLE",
    });
  });
});
