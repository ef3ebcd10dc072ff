import { createHash } from "node:crypto";
import type { Structure } from "../api/output";
import type { AcmCertificate } from "./acm";

/** Of RSA keys; others sign by their own algorithm. */
const rsaSignature = "SHA256WITHRSA";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
export function detailOf(certificate: AcmCertificate, users: readonly string[]): Structure {
  const { arn, names, keyAlgorithm, issuedAt, expiresAt } = certificate;
  const [domainName = ""] = names;
  return {
    ...common(certificate, users),
    CertificateArn: arn,
    SubjectAlternativeNames: names,
    DomainValidationOptions: validationsOf(certificate),
    Serial: serialOf(arn),
    Subject: `CN=${domainName}`,
    Issuer: "Amazon",
    SignatureAlgorithm: keyAlgorithm.startsWith("EC_")
      ? `SHA${keyAlgorithm.includes("384") ? "384" : "256"}WITHECDSA`
      : rsaSignature,
    InUseBy: users,
    NotBefore: issuedAt,
    NotAfter: expiresAt,
    KeyUsages: keyUsages.map((Name) => ({ Name })),
    ExtendedKeyUsages: extendedKeyUsages,
    Options: { CertificateTransparencyLoggingPreference: "ENABLED", Export: "DISABLED" },
  };
}

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html */
export function summaryOf(certificate: AcmCertificate, users: readonly string[]): Structure {
  const { arn, names, issuedAt, expiresAt } = certificate;
  return {
    ...common(certificate, users),
    CertificateArn: arn,
    SubjectAlternativeNameSummaries: names,
    HasAdditionalSubjectAlternativeNames: false,
    InUse: users.length > 0,
    NotBefore: issuedAt,
    NotAfter: expiresAt,
    KeyUsages: keyUsages,
    ExtendedKeyUsages: extendedKeyUsages.map(({ Name }) => Name),
    ExportOption: "DISABLED",
    Exported: false,
  };
}

const keyUsages = ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"];
const extendedKeyUsages = [{ Name: "TLS_WEB_SERVER_AUTHENTICATION", OID: "1.3.6.1.5.5.7.3.1" }];

/** What a detail and a summary both have; one that nobody uses is not renewed. */
function common(
  { names: [domainName = ""], keyAlgorithm, issuedAt }: AcmCertificate,
  users: readonly string[],
): Structure {
  return {
    DomainName: domainName,
    Type: "AMAZON_ISSUED",
    Status: "ISSUED",
    // Certificates are asked for as `RSA_2048`, and shown as `RSA-2048`.
    KeyAlgorithm: keyAlgorithm.replaceAll("_", "-"),
    CreatedAt: issuedAt,
    IssuedAt: issuedAt,
    RenewalEligibility: users.length > 0 ? "ELIGIBLE" : "INELIGIBLE",
  };
}

/** Such as `0a:1b:…`: 16 bytes, the same at every start. */
function serialOf(arn: string): string {
  const digest = createHash("md5").update(arn).digest("hex");
  return (digest.match(/../g) ?? []).join(":");
}

function validationsOf({ proofs }: AcmCertificate): Structure[] {
  return proofs.map(({ domainName, recordName, recordValue }) => ({
    DomainName: domainName,
    ValidationDomain: domainName,
    ValidationStatus: "SUCCESS",
    ValidationMethod: "DNS",
    ResourceRecord: { Name: recordName, Type: "CNAME", Value: recordValue },
  }));
}
