import { z } from "zod";
import type { Problem } from "../../handlers/http/errors";
import type { GivenConfig } from "./config-problems";
import { areDifferent, flag, integer, list } from "./config-values";

/** Whose tokens are accepted, what they say, and how much each user may have. */
export interface UserSettings {
  /** The OpenID Connect issuer, as `iss` of its tokens names it. */
  issuer: string;
  /** A token is for this API if `aud` has one of these. */
  audience: readonly string[];
  /** The claim that holds the user's id. */
  userClaim: string;
  /**
   * What a token says of those who may see all users' images: the claim's name, or a JSON pointer to
   * it, and the value that it is or has. Left out: nobody may.
   */
  admin?: { claim: string; value: string };
  /** Whether clients may come with an API key instead of a token, and then see all users' images. */
  allowApiKeys: boolean;
  /** Images that a user may have; 0 for any number. */
  maxImages: number;
  /** Bytes that the images of a user may have together; 0 for any number. */
  maxBytes: number;
}

/** Stands for the issuer of a local run, whose address this variable of the environment tells. */
const localIssuer = "local";
const localIssuerVariable = "LOCAL_OIDC_ISSUER";

/** What a local issuer's tokens say, where the config says nothing. */
const localDefaults = { audience: ["darkroom"], admin: { claim: "role", value: "admin" } };

const defaultUserClaim = "sub";
const onlyWithIssuer = "only with an oidcIssuer";

// All of it has to fit into the 4 KB that the environment of a function may have.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

const maxIssuerLength = 255;

/** As clients and APIs are called: visible ASCII characters. */
const audience = /^[\x21-\x7e]{1,128}$/;

/** Names of claims are any text, such as cognito:groups; by the slash, a pointer is told from them. */
const claimName = /^[^/\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]{0,127}$/u;
const claimPointer = /^(?=.{1,128}$)(?:\/(?:[^/~\p{Cc}\p{Cs}]|~[01])+)+$/u;
const claimValue = /^[^\p{Cc}\p{Cs}]{1,128}$/u;

/** Keys of the stack's config that say who its users are. */
export const userShape = {
  oidcIssuer: z
    .string()
    .refine((text) => text === "" || text === localIssuer || isIssuer(text))
    .describe(
      "empty, the https URL of an OpenID Connect issuer, exactly as iss of its tokens, without query and " +
        `fragment and of at most ${maxIssuerLength} characters, or ${localIssuer}, for the issuer of npm start`,
    ),
  oidcAudience: list(
    z.string().regex(audience),
    "a list of at most 10 different texts of 1 to 128 ASCII characters without spaces, and at least one " +
      onlyWithIssuer,
    (texts) => texts.length <= 10 && areDifferent(texts),
  ),
  oidcUserClaim: z
    .string()
    .regex(claimName)
    .describe(
      "a claim's name of 1 to 128 characters, at the top of a token and so not beginning with a slash; " +
        `another than sub ${onlyWithIssuer}`,
    ),
  oidcAdminClaim: z
    .string()
    .refine((text) => text === "" || claimName.test(text) || claimPointer.test(text))
    .describe(
      "empty, or a claim's name or a JSON pointer such as /realm_access/roles, of 1 to 128 characters, " +
        `beside an oidcAdminValue and ${onlyWithIssuer}`,
    ),
  oidcAdminValue: z
    .string()
    .refine((text) => text === "" || claimValue.test(text))
    .describe(
      `empty, or a text of 1 to 128 characters, beside an oidcAdminClaim and ${onlyWithIssuer}`,
    ),
  allowApiKeys: flag(`true ${onlyWithIssuer}`),
  maxImagesPerUser: integer(0, 2_147_483_647, `above 0 ${onlyWithIssuer}`),
  maxBytesPerUser: integer(0, Number.MAX_SAFE_INTEGER, `above 0 ${onlyWithIssuer}`),
};

const keys = z.object(userShape);

type UserConfig = z.output<typeof keys>;

/**
 * Who the stack's users are, or nothing where there is no issuer; or what is wrong with values that
 * are each well formed.
 *
 * @param environment tells where the issuer of a local run is.
 */
export function readUsers(
  given: GivenConfig,
  environment: NodeJS.ProcessEnv,
): { settings?: UserSettings; problems: readonly Problem[] } {
  const { data: config } = keys.safeParse(given);
  if (!config) {
    return { problems: [] };
  }
  if (config.oidcIssuer === "") {
    return { problems: idleKeys(config, given) };
  }
  const complete =
    config.oidcIssuer === localIssuer ? completeLocally(config, environment) : config;
  const problems = missingValues(complete);
  return problems.length > 0 ? { problems } : { problems, settings: toSettings(complete) };
}

/** Keys that say something without an issuer, by which nothing would come of it. */
function idleKeys(config: UserConfig, given: GivenConfig): Problem[] {
  const said: Record<Exclude<keyof UserConfig, "oidcIssuer">, boolean> = {
    oidcAudience: config.oidcAudience.length > 0,
    oidcUserClaim: config.oidcUserClaim !== defaultUserClaim,
    oidcAdminClaim: config.oidcAdminClaim !== "",
    oidcAdminValue: config.oidcAdminValue !== "",
    allowApiKeys: config.allowApiKeys,
    maxImagesPerUser: config.maxImagesPerUser > 0,
    maxBytesPerUser: config.maxBytesPerUser > 0,
  };
  return Object.entries(said)
    .filter(([, isSaid]) => isSaid)
    .map(([field]) => ({
      field,
      problem: `is ${JSON.stringify(given[field])} without an oidcIssuer`,
    }));
}

/** The config with what a local issuer does without being told. */
function completeLocally(config: UserConfig, environment: NodeJS.ProcessEnv): UserConfig {
  const { audience, admin } = localDefaults;
  const saysAdmin = config.oidcAdminClaim !== "" || config.oidcAdminValue !== "";
  return {
    ...config,
    oidcIssuer: environment[localIssuerVariable] ?? "",
    oidcAudience: config.oidcAudience.length > 0 ? config.oidcAudience : audience,
    ...(!saysAdmin && { oidcAdminClaim: admin.claim, oidcAdminValue: admin.value }),
  };
}

function missingValues(config: UserConfig): Problem[] {
  const { oidcIssuer, oidcAudience, oidcAdminClaim, oidcAdminValue } = config;
  const nowhere = `is "${localIssuer}", but no ${localIssuerVariable} in the environment says where that is`;
  const checks: [keyof UserConfig, boolean, string][] = [
    ["oidcIssuer", oidcIssuer === "", nowhere],
    ["oidcAudience", oidcAudience.length === 0, "is empty beside an oidcIssuer"],
    [
      "oidcAdminClaim",
      oidcAdminClaim === "" && oidcAdminValue !== "",
      "is empty beside an oidcAdminValue",
    ],
    [
      "oidcAdminValue",
      oidcAdminValue === "" && oidcAdminClaim !== "",
      "is empty beside an oidcAdminClaim",
    ],
  ];
  return checks
    .filter(([, isMissing]) => isMissing)
    .map(([field, , problem]) => ({ field, problem }));
}

function toSettings(config: UserConfig): UserSettings {
  const { oidcAdminClaim: claim, oidcAdminValue: value } = config;
  return {
    issuer: config.oidcIssuer,
    audience: config.oidcAudience,
    userClaim: config.oidcUserClaim,
    ...(claim !== "" && { admin: { claim, value } }),
    allowApiKeys: config.allowApiKeys,
    maxImages: config.maxImagesPerUser,
    maxBytes: config.maxBytesPerUser,
  };
}

/** Compared with `iss` as text, so that it is taken as it is given: a slash at the end may be part of it. */
function isIssuer(text: string): boolean {
  return (
    /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[\w.~!$&'()*+,;=:@%/-]*)?$/.test(text) &&
    text.length <= maxIssuerLength &&
    URL.canParse(text)
  );
}
