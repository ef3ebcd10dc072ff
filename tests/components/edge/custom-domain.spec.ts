import assert from "node:assert/strict";
import { CustomDomain } from "../../../components/edge/custom-domain";
import { outputValue, runMocked } from "../../support/pulumi";

const recordType = "aws:route53/record:Record";
const target = { name: "d1.cloudfront.net", zoneId: "Z2FDTNDATAQYW2" };

describe("CustomDomain", () => {
  it("has a certificate issued by DNS, in the region that is asked for", async () => {
    const { run, result } = await runMocked(
      () =>
        new CustomDomain("test", {
          domainName: "images.example.com",
          zoneId: "Z1",
          certificateRegion: "us-east-1",
        }),
    );
    assert.deepEqual(run.inputs("aws:acm/certificate:Certificate", "test-certificate"), {
      region: "us-east-1",
      domainName: "images.example.com",
      validationMethod: "DNS",
    });
    assert.deepEqual(run.inputs(recordType, "test-validation"), {
      zoneId: "Z1",
      name: "_test-certificate.example.",
      type: "CNAME",
      records: ["_test-certificate.acm-validations.aws."],
      ttl: 300,
    });
    const validationType = "aws:acm/certificateValidation:CertificateValidation";
    assert.deepEqual(run.inputs(validationType, "test-issued"), {
      region: "us-east-1",
      certificateArn: "arn:mock:aws:acm/certificate:Certificate:test-certificate",
      validationRecordFqdns: ["test-validation.example"],
    });
    assert.equal(
      await outputValue(result.certificateArn),
      "arn:mock:aws:acm/certificate:Certificate:test-certificate",
    );
  });

  it("has it issued in the stack's region where none is asked for", async () => {
    const { run } = await runMocked(
      () => new CustomDomain("test", { domainName: "api.example.com", zoneId: "Z1" }),
    );
    for (const [type, name] of [
      ["aws:acm/certificate:Certificate", "test-certificate"],
      ["aws:acm/certificateValidation:CertificateValidation", "test-issued"],
    ] as const) {
      assert.equal("region" in run.inputs(type, name), false);
    }
  });

  it("leads to what it is pointed to, by IPv4 and IPv6", async () => {
    const { run, result } = await runMocked(() =>
      new CustomDomain("test", { domainName: "images.example.com", zoneId: "Z1" }).pointTo(target),
    );
    assert.equal(await outputValue(result), "https://images.example.com");
    for (const type of ["A", "AAAA"]) {
      assert.deepEqual(run.inputs(recordType, `test-${type.toLowerCase()}`), {
        zoneId: "Z1",
        name: "images.example.com",
        type,
        aliases: [{ ...target, evaluateTargetHealth: false }],
      });
    }
  });

  it("takes a certificate that is there, and makes no records without a zone", async () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const { run, result } = await runMocked(() => {
      const domain = new CustomDomain("test", { domainName: "images.example.com", certificateArn });
      return { domain, url: domain.pointTo(target) };
    });
    assert.equal(await outputValue(result.domain.certificateArn), certificateArn);
    assert.equal(await outputValue(result.url), "https://images.example.com");
    assert.deepEqual(
      run.resources.filter(({ type }) => type.startsWith("aws:")),
      [],
    );
  });

  it("refuses a name for which no certificate can be had", async () => {
    await assert.rejects(
      runMocked(() => new CustomDomain("test", { domainName: "images.example.com" })),
      /^Error: test: images\.example\.com has neither a certificateArn nor a zoneId/,
    );
  });
});
