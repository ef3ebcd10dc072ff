import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { parseInput, refuseParameters } from "../parse-input";
import { tagList } from "../tag-list";
import { certificateNotFound, type AcmCertificate } from "./acm";
import { keyAlgorithms } from "./key-algorithms";
import { detailOf, summaryOf } from "./views";

/** What the operations of the API work with. */
export interface OperationContext {
  caller: Caller;
  /** Those of the region. */
  certificates: readonly AcmCertificate[];
  /** ARNs of what uses a certificate. */
  usersOf: (certificateArn: string) => readonly string[];
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html */
const listInput = z.object({
  CertificateStatuses: z
    .array(
      z.enum([
        "PENDING_VALIDATION",
        "ISSUED",
        "INACTIVE",
        "EXPIRED",
        "VALIDATION_TIMED_OUT",
        "REVOKED",
        "FAILED",
      ]),
    )
    .default([]),
  Includes: z.object({ keyTypes: z.array(z.enum(keyAlgorithms)).optional() }).default({}),
  MaxItems: z.int().min(1).max(1000).default(1000),
  NextToken: z.string().optional(),
});

/** Of which certificates are listed where nobody asks for others. https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html */
const defaultKeyTypes = ["RSA_1024", "RSA_2048"];

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html */
const arnInput = z.object({
  CertificateArn: z
    .string()
    .min(20)
    .max(2048)
    .regex(/^arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(\/[\w+=,.@-]+)*$/),
});

/** Of ListCertificates, what certificates here are not told apart by. */
const otherFilters = ["CertificateKeyPairOrigins", "RootHierarchyTypes", "SortBy", "SortOrder"];

/** Certificates are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  DescribeCertificate: (input, context) => {
    const certificate = certificateOf(input, "acm:DescribeCertificate", context);
    return { Certificate: detailOf(certificate, context.usersOf(certificate.arn)) };
  },
  ListCertificates: (input, { caller, certificates, usersOf }) => {
    caller.require("acm:ListCertificates", "*");
    const { CertificateStatuses, Includes, MaxItems, NextToken } = parseInput(listInput, input);
    refuseParameters(input, otherFilters, "ListCertificates of ACM");
    refuseFilters(input);
    const { keyTypes = defaultKeyTypes } = Includes;
    const all = certificates
      .filter(({ keyAlgorithm }) => keyTypes.includes(keyAlgorithm))
      .filter(() => CertificateStatuses.length === 0 || CertificateStatuses.includes("ISSUED"));
    const { items, nextToken } = pageOf(all, NextToken, MaxItems, invalidToken);
    return {
      CertificateSummaryList: items.map((each) => summaryOf(each, usersOf(each.arn))),
      NextToken: nextToken,
    };
  },
  ListTagsForCertificate: (input, context): Structure => {
    const { tags } = certificateOf(input, "acm:ListTagsForCertificate", context);
    return { Tags: tagList(tags) };
  },
};

function certificateOf(
  input: unknown,
  action: string,
  { caller, certificates }: OperationContext,
): AcmCertificate {
  const { CertificateArn } = parseInput(arnInput, input);
  if (!/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(CertificateArn)) {
    const message = `The provided ARN ${CertificateArn} is not valid.`;
    throw new AwsError("InvalidArnException", message);
  }
  caller.require(action, CertificateArn);
  const found = certificates.find(({ arn }) => arn === CertificateArn);
  if (!found) {
    throw certificateNotFound(CertificateArn);
  }
  return found;
}

/** @throws AwsError `NotImplemented` for filters other than that by types of keys. */
function refuseFilters(input: unknown): void {
  const { Includes = {} } = input as { Includes?: object };
  const other = Object.keys(Includes).find((name) => name !== "keyTypes");
  if (other !== undefined) {
    throw notEmulated(`the filter ${other} of ListCertificates of ACM`);
  }
}

function invalidToken(): AwsError {
  return new AwsError("ValidationException", "The provided NextToken is not valid.");
}
