import type { Project } from "../engine/project";
import type { StackConfig } from "../engine/stack-config";
import { LocalIssuer } from "../issuer/issuer";
import type { LocalIssuerOptions } from "../issuer/issuer";
import { parseJson } from "../parse-json";
import type { Shutdown } from "./shutdown";

/** Starts an issuer that is stopped at the end of the command. */
export async function startLocalIssuer(
  options: LocalIssuerOptions,
  shutdown: Shutdown,
): Promise<LocalIssuer> {
  const issuer = new LocalIssuer(options);
  shutdown.add(() => issuer.stop());
  await issuer.start();
  return issuer;
}

/** The variable by which a program finds the local issuer, as functions find services by theirs. */
export function issuerEnvironment(url: string): { LOCAL_OIDC_ISSUER: string } {
  return { LOCAL_OIDC_ISSUER: url };
}

/** What access tokens are for: the first that the stack accepts, or the project as such. */
export function audienceOf({ name }: Project, { values }: StackConfig): string {
  const accepted = parseJson(values[`${name}:oidcAudience`] ?? "");
  const [first] = Array.isArray(accepted) ? (accepted as unknown[]) : [];
  return typeof first === "string" && first !== "" ? first : name;
}
