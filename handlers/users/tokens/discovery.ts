import * as z from "zod/mini";
import { fetchJson, IssuerUnavailableError } from "./fetch-json";

const loopbackHosts: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];

const maxUrlLength = 2048;

const Discovery = z.looseObject({
  issuer: z.string().check(z.maxLength(maxUrlLength)),
  jwks_uri: z.string().check(z.maxLength(maxUrlLength)),
});

/**
 * Checks the address of an issuer: `https`, or `http` of the machine itself.
 *
 * @throws Error when it is another.
 */
export function checkIssuer(issuer: string): void {
  const url = URL.parse(issuer);
  if (url?.protocol !== "https:" && !(url && isLoopback(url))) {
    throw new Error(`The issuer ${issuer} has no https URL.`);
  }
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && loopbackHosts.includes(hostname);
}

/**
 * Where an issuer says that its keys are.
 *
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 *
 * @throws IssuerUnavailableError when it does not say so, says that it is another issuer, or names a
 * place from which keys cannot be trusted.
 */
export async function discoverKeySet(issuer: string, signal: AbortSignal): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const found = await fetchJson(url, "a discovery document", Discovery, signal);
  if (found.issuer !== issuer) {
    throw new IssuerUnavailableError(
      `${url} is about the issuer ${JSON.stringify(found.issuer)}, not ${issuer}.`,
    );
  }
  if (!isTrusted(found.jwks_uri, issuer)) {
    throw new IssuerUnavailableError(
      `${url} has the keys at ${JSON.stringify(found.jwks_uri)}: an https URL is accepted.`,
    );
  }
  return found.jwks_uri;
}

/** Of the machine itself, only an issuer that is there, too, may have its keys by `http`. */
function isTrusted(keySet: string, issuer: string): boolean {
  const url = URL.parse(keySet);
  if (url?.username !== "" || url.password !== "") {
    return false;
  }
  const isBeside = isLoopback(url) && url.hostname === URL.parse(issuer)?.hostname;
  return url.protocol === "https:" || (isBeside && issuer.startsWith("http:"));
}
