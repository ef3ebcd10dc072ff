import type { AwsCredentialIdentity } from "@smithy/types";
import { setting } from "../settings";

/**
 * The credentials that Lambda gives a function, for as long as its process lives.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 *
 * @throws Error when there are none.
 */
export function environmentCredentials(): AwsCredentialIdentity {
  const { AWS_SESSION_TOKEN: sessionToken } = process.env;
  return {
    accessKeyId: setting(process.env, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: setting(process.env, "AWS_SECRET_ACCESS_KEY"),
    ...(sessionToken && { sessionToken }),
  };
}

/** @throws Error when the environment names none. */
export function environmentRegion(): string {
  return setting(process.env, "AWS_REGION");
}
