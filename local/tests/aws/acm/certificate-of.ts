import type { AcmCertificate } from "../../../aws/acm/acm";

/** A certificate that is like any other but for these names. */
export function certificateOf(arn: string, ...names: string[]): AcmCertificate {
  return {
    arn,
    names,
    proofs: [],
    keyAlgorithm: "RSA_2048",
    issuedAt: new Date("2026-01-31T12:00:00Z"),
    expiresAt: new Date("2026-08-17T12:00:00Z"),
    tags: {},
  };
}
