import { keyAlgorithms } from "../../aws/acm/key-algorithms";
import {
  arn,
  block,
  conflicts,
  integer,
  length,
  list,
  map,
  matches,
  nonEmpty,
  oneOf,
  regional,
  required,
  requires,
  text,
} from "./rule";
import type { RulesByType } from "./rule";

const noDotAtTheEnd = matches(/[^.]$/, "not end with a dot");

/** What the provider accepts of ACM. */
export const acmRules: RulesByType = {
  "aws:acm/certificate:Certificate": regional(
    {
      certificateAuthorityArn: text(arn()),
      certificateBody: text(),
      certificateChain: text(),
      domainName: text(length(1, 253), noDotAtTheEnd),
      earlyRenewalDuration: text(),
      keyAlgorithm: text(oneOf(...keyAlgorithms)),
      options: block({
        certificateTransparencyLoggingPreference: text(oneOf("ENABLED", "DISABLED")),
        export: text(oneOf("ENABLED", "DISABLED")),
      }),
      privateKey: text(),
      privateKeyWo: text(),
      privateKeyWoVersion: integer(),
      subjectAlternativeNames: list(text(length(1, 253), noDotAtTheEnd)),
      tags: map(),
      validationMethod: text(oneOf("EMAIL", "DNS", "HTTP", "NONE")),
      validationOptions: list(
        block({
          domainName: required(text()),
          validationDomain: required(text()),
        }),
      ),
    },
    conflicts("certificateBody", "certificateAuthorityArn", "domainName", "validationMethod"),
    requires("privateKeyWo", "privateKeyWoVersion"),
  ),
  "aws:acm/certificateValidation:CertificateValidation": regional({
    certificateArn: required(text(arn())),
    validationRecordFqdns: list(text(nonEmpty())),
  }),
};
