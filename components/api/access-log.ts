/** What a line says, without query, body or the key's value. */
const members = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  apiKeyId: "$context.identity.apiKeyId",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  protocol: "$context.protocol",
  status: "$context.status",
  errorType: "$context.error.responseType",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integration.latency",
};

/** And of whoever calls: what stands for a user, and never a name. */
const membersOfCallers = {
  principalId: "$context.authorizer.principalId",
  authorizerLatency: "$context.authorizer.latency",
};

/**
 * A line of the access log: JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 *
 * @param hasAuthorizer whether there is one, which knows who calls.
 */
export function accessLogFormat(hasAuthorizer: boolean): string {
  return JSON.stringify({ ...members, ...(hasAuthorizer && membersOfCallers) });
}
