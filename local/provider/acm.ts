import { createHash } from "node:crypto";
import type { Acm, CertificateProof } from "../aws/acm/acm";
import { regionalArn } from "../aws/arn";
import { AwsError } from "../aws/aws-error";
import { withoutDot } from "../aws/route53/names";
import type { Account } from "../aws/types";
import { inRegion } from "./in-region";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid } from "./stable-uuid";

interface CertificateInputs {
  domainName: string;
  keyAlgorithm?: string;
  subjectAlternativeNames?: string[];
  tags?: Record<string, string>;
  validationMethod?: string;
}

interface ValidationInputs {
  certificateArn: string;
  validationRecordFqdns?: string[];
}

/** Inputs of certificates that others issue. */
const certificateInputsNotEmulated = [
  "certificateAuthorityArn",
  "certificateBody",
  "certificateChain",
  "privateKey",
  "privateKeyWo",
  "validationOptions",
];

/** Days for which ACM's certificates are valid. https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const validityDays = 198;

/** The resource types of ACM. */
export function acmResources(acm: Acm, account: Account): ResourceTypes {
  return {
    "aws:acm/certificate:Certificate": (request) => planCertificate(acm, account, request),
    "aws:acm/certificateValidation:CertificateValidation": (request) =>
      planValidation(acm, account, request),
  };
}

/** A certificate that is issued as soon as it is asked for, where AWS waits for its validation. */
function planCertificate(acm: Acm, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, certificateInputsNotEmulated);
  const inputs = request.inputs as unknown as CertificateInputs;
  const { domainName, subjectAlternativeNames = [], validationMethod, tags = {} } = inputs;
  if (validationMethod !== "DNS") {
    throw new NotEmulated(request, `certificates with the validation ${String(validationMethod)}`);
  }
  const names = [...new Set([domainName, ...subjectAlternativeNames])];
  checkNames(names);
  const place = inRegion(account, request);
  const id = stableUuid(request);
  const arn = regionalArn(place, "acm", `certificate/${id}`);
  const proofs = names.map((name) => proofOf(name, place));
  const { keyAlgorithm = "RSA_2048" } = inputs;
  const known = (request.existing?.outputs ?? {}) as { notBefore?: string };
  const issuedAt = new Date(known.notBefore ?? new Date());
  const expiresAt = new Date(issuedAt.getTime() + validityDays * 86_400_000);
  return {
    id: arn,
    outputs: {
      ...inputs,
      arn,
      domainValidationOptions: proofs.map(({ domainName: name, recordName, recordValue }) => ({
        domainName: name,
        resourceRecordName: recordName,
        resourceRecordType: "CNAME",
        resourceRecordValue: recordValue,
      })),
      keyAlgorithm,
      notBefore: issuedAt.toISOString(),
      notAfter: expiresAt.toISOString(),
      options: { certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" },
      pendingRenewal: false,
      region: place.region,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      status: "ISSUED",
      subjectAlternativeNames: names,
      tagsAll: tags,
      type: "AMAZON_ISSUED",
      validationEmails: [],
    },
    create: () => {
      acm.put({ arn, names, proofs, keyAlgorithm, issuedAt, expiresAt, tags });
    },
    remove: () => {
      acm.delete(arn);
    },
  };
}

/** Waits for nothing, but looks whether all records would be there that ACM waits for. */
function planValidation(acm: Acm, account: Account, request: ResourceRequest): PlannedResource {
  const { certificateArn, validationRecordFqdns } = request.inputs as unknown as ValidationInputs;
  const check = () => {
    const proofs = acm.get(certificateArn).proofs.map(({ recordName }) => withoutDot(recordName));
    const given = validationRecordFqdns?.map(withoutDot);
    const missing = proofs.filter((proof) => given !== undefined && !given.includes(proof));
    if (missing.length > 0) {
      throw new Error(`missing ${missing.join(", ")} DNS validation record`);
    }
  };
  return {
    id: new Date().toISOString(),
    outputs: { ...request.inputs, region: inRegion(account, request).region },
    create: check,
  };
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
function checkNames([domainName = "", ...others]: readonly string[]): void {
  const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  const pattern = new RegExp(String.raw`^(\*\.)?(?:${label}\.)+${label}$`);
  const wrong = [domainName, ...others].find((name) => !pattern.test(name) || name.length > 253);
  if (wrong !== undefined) {
    throw new AwsError("ValidationException", `${wrong} is not a valid domain name`);
  }
  if (domainName.length > 64) {
    throw new AwsError(
      "InvalidDomainValidationOptionsException",
      `The first domain name can have no more than 64 characters: ${domainName}`,
    );
  }
}

/** The record by which a name is proved: the same for each certificate of an account, as at AWS. */
function proofOf(domainName: string, { accountId }: Account): CertificateProof {
  const name = domainName.replace(/^\*\./, "");
  const digest = createHash("sha256").update(`${accountId} ${name}`).digest("hex");
  return {
    domainName,
    recordName: `_${digest.slice(0, 32)}.${name}.`,
    recordValue: `_${digest.slice(32)}.local.acm-validations.aws.`,
  };
}
