import type { Account } from "../types";

/**
 * Of a resource of API Gateway's control plane, such as `arn:aws:apigateway:us-east-1::/restapis/abc`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function gatewayArn({ partition, region }: Account, path: string): string {
  return `arn:${partition}:apigateway:${region}::/${path}`;
}
