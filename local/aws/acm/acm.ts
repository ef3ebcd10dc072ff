import { regionOf } from "../arn";
import { AwsError } from "../aws-error";

/** A certificate, which is issued at once: nobody has to prove anything to this machine. */
export interface AcmCertificate {
  arn: string;
  /** Such as `images.example.com` and `*.example.com`. */
  names: readonly string[];
  /** How its names would be proved, each once. */
  proofs: readonly CertificateProof[];
  /** Such as `RSA_2048`. */
  keyAlgorithm: string;
  issuedAt: Date;
  expiresAt: Date;
  tags: Readonly<Record<string, string>>;
}

/** The record by which whoever has a name proves it. */
export interface CertificateProof {
  domainName: string;
  /** FQDN with a dot at the end. */
  recordName: string;
  recordValue: string;
}

/** Certificates of ACM, by their ARNs. */
export class Acm {
  readonly #certificates = new Map<string, AcmCertificate>();

  put(certificate: AcmCertificate): void {
    this.#certificates.set(certificate.arn, certificate);
  }

  delete(arn: string): void {
    this.#certificates.delete(arn);
  }

  inRegion(region: string): AcmCertificate[] {
    return [...this.#certificates.values()].filter(({ arn }) => regionOf(arn) === region);
  }

  find(arn: string): AcmCertificate | undefined {
    return this.#certificates.get(arn);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  get(arn: string): AcmCertificate {
    const certificate = this.find(arn);
    if (!certificate) {
      throw certificateNotFound(arn);
    }
    return certificate;
  }
}

export function certificateNotFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
}

/** Whether a certificate is for a name; `*` stands for one label. */
export function covers({ names }: AcmCertificate, domainName: string): boolean {
  const parent = domainName.replace(/^[^.]+\./, "");
  return names.includes(domainName) || names.includes(`*.${parent}`);
}
