import type { Exchange } from "../exchange";
import { GatewayError } from "../gateway-error";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const maxBytes = 1600;

/**
 * The ARN of what a client calls, with the path as it sent it:
 * `arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/images/1`.
 *
 * @throws GatewayError `DEFAULT_4XX` with 414 when it is too long.
 */
export function methodArn({ api, stage, httpMethod, path }: Exchange): string {
  const arn = `${api.executionArn}/${stage.name}/${httpMethod}${path}`;
  if (Buffer.byteLength(arn) > maxBytes) {
    throw new GatewayError("DEFAULT_4XX", { statusCode: 414, message: "Request URI too long" });
  }
  return arn;
}
