import { LambdaClient } from "@aws-sdk/client-lambda";

import type { LocalLambda } from "./local-lambda";

/** AWS's own client of a Lambda. */
export function clientOf({ lambda }: LocalLambda): LambdaClient {
  return new LambdaClient({
    endpoint: lambda.url,
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    maxAttempts: 1,
  });
}
