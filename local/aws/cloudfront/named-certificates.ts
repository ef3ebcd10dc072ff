import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, loadCertificate } from "./certificate";

/** Certificates for names of one's own, in place of ACM's, which nobody would trust on this machine either. */
export class NamedCertificates {
  readonly #folder: string;
  readonly #address: string;
  readonly #trusted: () => string;
  readonly #certificates = new Map<string, Certificate>();

  /**
   * @param folder where they are kept.
   * @param address that they are for, too.
   * @param trusted path of the PEM file of all authorities that clients trust.
   */
  constructor(folder: string, address: string, trusted: () => string) {
    this.#folder = folder;
    this.#address = address;
    this.#trusted = trusted;
  }

  get(name: string): Certificate | undefined {
    return this.#certificates.get(name);
  }

  /** Has a certificate for each name, which clients trust. */
  async certify(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const certificate = await loadCertificate(join(this.#folder, name), this.#address, name);
      this.#certificates.set(name, certificate);
      this.trust(readFileSync(certificate.caFile, "utf8"));
    }
  }

  /** Lets clients trust another authority, too. @param ca PEM. */
  trust(ca: string): void {
    const file = this.#trusted();
    if (!readFileSync(file, "utf8").includes(ca)) {
      appendFileSync(file, `\n${ca}`);
    }
  }
}
