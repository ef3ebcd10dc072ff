import { AwsError } from "../aws-error";

/** A certificate, which is issued at once: nobody has to prove anything to this machine. */
export interface AcmCertificate {
  arn: string;
  /** Such as `images.example.com` and `*.example.com`. */
  names: readonly string[];
  /** FQDNs of the records by which its names would be proved, without a dot at the end. */
  proofs: readonly string[];
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

  find(arn: string): AcmCertificate | undefined {
    return this.#certificates.get(arn);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  get(arn: string): AcmCertificate {
    const certificate = this.find(arn);
    if (!certificate) {
      throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
    }
    return certificate;
  }
}

/** Whether a certificate is for a name; `*` stands for one label. */
export function covers({ names }: AcmCertificate, domainName: string): boolean {
  const parent = domainName.replace(/^[^.]+\./, "");
  return names.includes(domainName) || names.includes(`*.${parent}`);
}
