import { randomBytes, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loopback } from "../http";

/** The longest that browsers accept of a server's certificate. */
const validityDays = 825;
const dayMs = 86_400_000;

export interface Certificate {
  /** PEM. */
  cert: string;
  /** PEM. */
  key: string;
  /** Path of the PEM file of the authority that viewers have to trust. */
  caFile: string;
}

/**
 * The certificate for `127.0.0.1`, `localhost`, `address` and a name, signed by an authority made for it
 * alone. It is kept in `folder` and made anew when it has expired or is for another address.
 *
 * The authority's own key is thrown away: who trusts the authority trusts this one certificate,
 * whatever happens to the folder.
 */
export async function loadCertificate(
  folder: string,
  address: string = loopback,
  domainName?: string,
): Promise<Certificate> {
  const certFile = join(folder, "certificate.pem");
  const keyFile = join(folder, "key.pem");
  const caFile = join(folder, "ca.pem");
  const isThere = [certFile, keyFile, caFile].every((file) => existsSync(file));
  if (!isThere || !(await isUsable(certFile, address))) {
    const { ca, cert, key } = await makeCertificate(address, domainName);
    await mkdir(folder, { recursive: true });
    await writeFile(keyFile, key, { mode: 0o600 });
    await writeFile(certFile, cert);
    await writeFile(caFile, ca);
  }
  return { cert: await readFile(certFile, "utf8"), key: await readFile(keyFile, "utf8"), caFile };
}

// By the real time: viewers check the certificate by it, whatever the injected clock says.
async function isUsable(certFile: string, address: string): Promise<boolean> {
  const certificate = new X509Certificate(await readFile(certFile));
  const isValid = certificate.validToDate.getTime() >= Date.now() + dayMs;
  return isValid && certificate.checkIP(address) !== undefined;
}

async function makeCertificate(
  address: string,
  domainName: string | undefined,
): Promise<{ ca: string; cert: string; key: string }> {
  // Loaded only when needed: it takes longer than all the rest of the service's start.
  const { generate } = await import("selfsigned");
  const common = {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + (validityDays - 1) * dayMs),
  } as const;
  // Of authorities of one name, clients would take one for the other.
  const authorityName = `Local CloudFront authority ${randomBytes(4).toString("hex")}`;
  const authority = await generate([{ name: "commonName", value: authorityName }], {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: loopback }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...[...new Set([loopback, address])].map((ip) => ({ type: 7 as const, ip })),
          ...["localhost", domainName]
            .filter((name) => name !== undefined)
            .map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  });
  return { ca: authority.cert, cert: leaf.cert, key: leaf.private };
}
