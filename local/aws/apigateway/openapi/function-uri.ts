import type { Account } from "../../types";

const pattern =
  /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** The ARN of the function that a URI of API Gateway calls; `undefined` when it calls none. */
export function functionArnOf(uri: string | undefined): string | undefined {
  return pattern.exec(uri ?? "")?.[1];
}

/** Where API Gateway invokes a function, a version or an alias, as integrations and authorizers name it. */
export function functionUri(
  { partition, region }: Account,
  functionArn: string,
  version = "2015-03-31",
  path = "invocations",
): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/${version}/functions/${functionArn}/${path}`;
}
