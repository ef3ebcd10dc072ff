import assert from "node:assert/strict";
import {
  ACMClient,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  paginateListCertificates,
} from "@aws-sdk/client-acm";
import { Acm } from "../../../aws/acm/acm";
import { acmApi } from "../../../aws/acm/api";
import { ApiLab } from "../api/api-lab";
import { certificateOf } from "./certificate-of";

const arnOf = (id: string, region = "eu-west-1") =>
  `arn:aws:acm:${region}:123456789012:certificate/${id}`;
const distribution = "arn:aws:cloudfront::123456789012:distribution/E1";

describe("acmApi", () => {
  let acm: Acm;
  let lab: ApiLab;
  let client: ACMClient;

  beforeEach(async () => {
    acm = new Acm();
    acm.put({
      ...certificateOf(arnOf("1"), "a.example", "*.a.example"),
      proofs: [{ domainName: "a.example", recordName: "_1.a.example.", recordValue: "_2.aws." }],
      tags: { Team: "one" },
    });
    acm.put({ ...certificateOf(arnOf("2"), "b.example"), keyAlgorithm: "EC_prime256v1" });
    acm.put(certificateOf(arnOf("3"), "c.example"));
    acm.put(certificateOf(arnOf("4", "us-east-1"), "d.example"));
    const usersOf = (arn: string) => (arn === arnOf("1") ? [distribution] : []);
    lab = await ApiLab.start((access) => acmApi(access, acm, usersOf));
    client = lab.client(ACMClient);
  });

  afterEach(() => lab.stop());

  it("shows a certificate with the records that prove its names, and what uses it", async () => {
    const CertificateArn = arnOf("1");
    const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
    assert.partialDeepStrictEqual(Certificate, {
      CertificateArn,
      DomainName: "a.example",
      SubjectAlternativeNames: ["a.example", "*.a.example"],
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      KeyAlgorithm: "RSA-2048",
      SignatureAlgorithm: "SHA256WITHRSA",
      InUseBy: [distribution],
      RenewalEligibility: "ELIGIBLE",
      NotBefore: new Date("2026-01-31T12:00:00Z"),
      NotAfter: new Date("2026-08-17T12:00:00Z"),
      DomainValidationOptions: [
        {
          DomainName: "a.example",
          ValidationStatus: "SUCCESS",
          ValidationMethod: "DNS",
          ResourceRecord: { Name: "_1.a.example.", Type: "CNAME", Value: "_2.aws." },
        },
      ],
    });
  });

  it("shows serials, and what keys are of as ACM writes it, in lists, too", async () => {
    const describe = new DescribeCertificateCommand({ CertificateArn: arnOf("2") });
    const { Certificate } = await client.send(describe);
    assert.match(Certificate?.Serial ?? "", /^([\da-f]{2}:){15}[\da-f]{2}$/);
    const Includes = { keyTypes: ["EC_prime256v1" as const] };
    const { CertificateSummaryList } = await client.send(new ListCertificatesCommand({ Includes }));
    const summary = CertificateSummaryList?.[0] ?? assert.fail();
    assert.deepEqual(
      [Certificate?.KeyAlgorithm, summary.KeyAlgorithm, summary.Exported],
      ["EC-prime256v1", "EC-prime256v1", false],
    );
  });

  it("lists certificates of RSA, and others where it is asked for them", async () => {
    const list = async (keyTypes?: "EC_prime256v1"[]) => {
      const command = new ListCertificatesCommand({ ...(keyTypes && { Includes: { keyTypes } }) });
      const { CertificateSummaryList = [] } = await client.send(command);
      return CertificateSummaryList.map(({ DomainName, InUse }) => [DomainName, InUse]);
    };
    assert.deepEqual(await list(), [
      ["a.example", true],
      ["c.example", false],
    ]);
    assert.deepEqual(await list(["EC_prime256v1"]), [["b.example", false]]);
  });

  it("lists by pages, and those of a status", async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListCertificates({ client, pageSize: 1 }, {})) {
      assert.equal(page.CertificateSummaryList?.length, 1);
      names.push(...page.CertificateSummaryList.map(({ DomainName }) => DomainName));
    }
    assert.deepEqual(names, ["a.example", "c.example"]);
    const pending = new ListCertificatesCommand({ CertificateStatuses: ["PENDING_VALIDATION"] });
    assert.deepEqual((await client.send(pending)).CertificateSummaryList, []);
    const none = new ListCertificatesCommand({ CertificateStatuses: ["NONE" as "ISSUED"] });
    await assert.rejects(client.send(none), { name: "ValidationException" });
    const wrong = new ListCertificatesCommand({ NextToken: "wrong" });
    await assert.rejects(client.send(wrong), { name: "ValidationException" });
  });

  it("lists those of the region that is asked, which may be CloudFront's", async () => {
    const global = lab.client(ACMClient, { region: "us-east-1" });
    const { CertificateSummaryList } = await global.send(new ListCertificatesCommand());
    assert.deepEqual(
      CertificateSummaryList?.map(({ DomainName }) => DomainName),
      ["d.example"],
    );
    const other = lab.client(ACMClient, { region: "us-west-2" });
    await assert.rejects(other.send(new ListCertificatesCommand()), {
      name: "InvalidSignatureException",
    });
  });

  it("shows tags", async () => {
    const command = new ListTagsForCertificateCommand({ CertificateArn: arnOf("1") });
    assert.deepEqual((await client.send(command)).Tags, [{ Key: "Team", Value: "one" }]);
  });

  it("says what is not there, and what is no ARN of a certificate", async () => {
    const describe = (CertificateArn: string) =>
      client.send(new DescribeCertificateCommand({ CertificateArn }));
    await assert.rejects(describe(arnOf("9")), { name: "ResourceNotFoundException" });
    await assert.rejects(describe(arnOf("1").replace("certificate", "account")), {
      name: "InvalidArnException",
    });
    await assert.rejects(describe("arn:aws:s3:::not-a-certificate"), {
      name: "ValidationException",
      message: /at 'certificateArn' failed to satisfy constraint: .* pattern: arn:/,
    });
  });

  it("refuses who may not, and what is not emulated", async () => {
    const credentials = lab.roleThatMay(["acm:DescribeCertificate"], [arnOf("1")]);
    const reader = lab.client(ACMClient, { credentials });
    const refused = { name: "AccessDeniedException" };
    await reader.send(new DescribeCertificateCommand({ CertificateArn: arnOf("1") }));
    const other = new DescribeCertificateCommand({ CertificateArn: arnOf("3") });
    await assert.rejects(reader.send(other), refused);
    await assert.rejects(reader.send(new ListCertificatesCommand()), refused);
    const pem = new GetCertificateCommand({ CertificateArn: arnOf("1") });
    await assert.rejects(client.send(pem), { name: "NotImplemented" });
    const byOrigin = new ListCertificatesCommand({ CertificateKeyPairOrigins: ["ACME"] });
    await assert.rejects(client.send(byOrigin), { name: "NotImplemented" });
  });
});
