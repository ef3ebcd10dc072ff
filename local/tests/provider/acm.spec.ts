import assert from "node:assert/strict";
import { Acm } from "../../aws/acm/acm";
import { acmResources } from "../../provider/acm";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";

const account = { accountId: "123456789012", region: "eu-central-1", partition: "aws" };
const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";

describe("acmResources", () => {
  let acm: Acm;

  beforeEach(() => {
    acm = new Acm();
  });

  function create(type: string, inputs: Properties): Promise<ResourceState> {
    return createPlanned(acmResources(acm, account), plannedRequest(type, inputs));
  }

  it("issue a certificate at once, in the region that is asked for", async () => {
    const { id, outputs } = await create(certificateType, {
      region: "us-east-1",
      domainName: "images.example.com",
      validationMethod: "DNS",
    });
    assert.match(id, /^arn:aws:acm:us-east-1:123456789012:certificate\/[\da-f-]{36}$/);
    assert.equal(outputs.arn, id);
    assert.equal(outputs.status, "ISSUED");
    assert.equal(outputs.region, "us-east-1");
    assert.deepEqual(outputs.subjectAlternativeNames, ["images.example.com"]);
    assert.deepEqual(acm.get(id).names, ["images.example.com"]);
  });

  it("tell the record by which each name is proved, a wildcard as its domain", async () => {
    const { outputs } = await create(certificateType, {
      domainName: "*.example.com",
      subjectAlternativeNames: ["example.com"],
      validationMethod: "DNS",
    });
    const [first = {}, second = {}, ...others] = outputs.domainValidationOptions as Properties[];
    assert.deepEqual(others, []);
    assert.equal(first.domainName, "*.example.com");
    assert.match(String(first.resourceRecordName), /^_[\da-f]{32}\.example\.com\.$/);
    assert.equal(second.resourceRecordName, first.resourceRecordName);
    assert.match(String(first.resourceRecordValue), /\.acm-validations\.aws\.$/);
  });

  it("validate what has all of its records, and nothing else", async () => {
    const { id, outputs } = await create(certificateType, {
      domainName: "images.example.com",
      validationMethod: "DNS",
    });
    const [option] = outputs.domainValidationOptions as Properties[];
    const fqdn = String(option?.resourceRecordName).replace(/\.$/, "");
    const validate = (certificateArn: string, validationRecordFqdns?: string[]) =>
      create(validationType, {
        certificateArn,
        ...(validationRecordFqdns && { validationRecordFqdns }),
      });
    await validate(id, [fqdn]);
    await validate(id);
    await assert.rejects(validate(id, ["other.example.com"]), /missing _.* DNS validation record/);
    await assert.rejects(validate("arn:aws:acm:us-east-1:1:certificate/1", [fqdn]), {
      code: "ResourceNotFoundException",
    });
  });

  const refused: [string, Properties, RegExp][] = [
    ["a name that is none", { domainName: "no name" }, /no name is not a valid domain name/],
    [
      "a first name of 65 characters",
      { domainName: `${"a".repeat(53)}.example.com` },
      /no more than 64 characters/,
    ],
    ["a validation by mail", { validationMethod: "EMAIL" }, /does not emulate .*EMAIL/],
    ["a certificate that is brought along", { certificateBody: "pem" }, /certificateBody/],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuse ${what}`, async () => {
      const inputs = { domainName: "a.example.com", validationMethod: "DNS", ...changes };
      await assert.rejects(create(certificateType, inputs), message);
    });
  }
});
