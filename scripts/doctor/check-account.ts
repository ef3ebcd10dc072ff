import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { StackConfig } from "../../components/config/stack-config";
import { type Finding, good, missing, open } from "./finding";

/** Milliseconds that one answer of AWS is waited for. */
const patience = 3000;

/** Executions that Lambda never lets be reserved. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreservable = 100;

/** Names of errors by which the SDK says that it has found no credentials. */
const noCredentials = /CredentialsProviderError|TokenProviderError/;

function settings(region: string) {
  return {
    region,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: patience,
      requestTimeout: patience,
      throwOnRequestTimeout: true,
    }),
  };
}

/** Whose credentials there are, if any, and what of the account is in the way. */
export async function checkAccount(
  region: string,
  config: StackConfig | undefined,
  backend: string | undefined,
): Promise<Finding[]> {
  const identity = await checkIdentity(region);
  return identity.state === "good"
    ? [identity, ...(await checkBucket(region, backend)), await checkConcurrency(region, config)]
    : [identity, open("quotas", "cannot be told without credentials")];
}

async function checkIdentity(region: string): Promise<Finding> {
  const what = "credentials";
  try {
    const { Account, Arn } = await new STSClient(settings(region)).send(
      new GetCallerIdentityCommand({}),
    );
    return good(what, `${Arn ?? "somebody"} of account ${Account ?? "unknown"}`);
  } catch (error) {
    const { name, message } = error as Error;
    if (noCredentials.test(name)) {
      return open(
        what,
        "none that the AWS SDK finds",
        "aws sso login, or see https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html",
      );
    }
    return "$response" in (error as object) && "$fault" in (error as object)
      ? missing(what, `refused by AWS: ${name}: ${message}`, "aws sso login, or new credentials")
      : open(what, `AWS cannot be asked: ${name}`, "try again where there is a network");
  }
}

/** Of a back end in S3, whether the bucket is there for these credentials. */
async function checkBucket(region: string, backend: string | undefined): Promise<Finding[]> {
  const url = backend?.startsWith("s3://") === true ? new URL(backend) : undefined;
  if (!url) {
    return [];
  }
  const what = "state bucket";
  const client = new S3Client(settings(url.searchParams.get("region") ?? region));
  try {
    await client.send(new HeadBucketCommand({ Bucket: url.hostname }));
    return [good(what, url.hostname)];
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === undefined) {
      return [open(what, `${url.hostname} cannot be asked`)];
    }
    return [
      missing(
        what,
        status === 404
          ? `there is no ${url.hostname}`
          : `${url.hostname} answers ${status} to these credentials`,
        "pulumi up --cwd bootstrap, or the role that it has made: docs/deploy.md",
      ),
    ];
  }
}

async function checkConcurrency(region: string, config: StackConfig | undefined): Promise<Finding> {
  const what = "quotas";
  try {
    const { AccountLimit } = await new LambdaClient(settings(region)).send(
      new GetAccountSettingsCommand({}),
    );
    const all = AccountLimit?.ConcurrentExecutions ?? 0;
    const reserved = Object.values(config?.reservedConcurrency ?? {}).reduce(
      (sum, one) => sum + one,
      0,
    );
    const wayOut = `raise it: https://console.aws.amazon.com/servicequotas/home/services/lambda/quotas/L-B99A9384?region=${region}`;
    return reserved > 0 && reserved > all - unreservable
      ? missing(
          what,
          `Lambda runs ${all} functions at a time, of which ${reserved} cannot be reserved`,
          wayOut,
        )
      : good(what, `Lambda runs ${all} functions at a time`);
  } catch (error) {
    return open(what, `cannot be asked: ${(error as Error).name}`);
  }
}
