import {
  arn,
  between,
  block,
  decimal,
  flag,
  integer,
  json,
  length,
  list,
  map,
  matches,
  oneOf,
  required,
  text,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of API Gateway. */
export const apigatewayRules: RulesByType = {
  "aws:apigateway/account:Account": regional({
    cloudwatchRoleArn: text(matches(/^(arn(:[^:]*){4}:.+)?$/, "be an ARN")),
  }),
  "aws:apigateway/apiKey:ApiKey": regional({
    customerId: text(),
    description: text(),
    enabled: flag(),
    name: text(),
    tags: map(),
    value: text(length(20, 128)),
  }),
  "aws:apigateway/deployment:Deployment": regional({
    description: text(),
    restApi: required(text()),
    triggers: map(),
    variables: map(),
  }),
  "aws:apigateway/methodSettings:MethodSettings": regional({
    methodPath: required(text()),
    restApi: required(text()),
    settings: required(
      block({
        cacheDataEncrypted: flag(),
        cacheTtlInSeconds: integer(),
        cachingEnabled: flag(),
        dataTraceEnabled: flag(),
        loggingLevel: text(oneOf("OFF", "ERROR", "INFO")),
        metricsEnabled: flag(),
        requireAuthorizationForCacheControl: flag(),
        throttlingBurstLimit: integer(),
        throttlingRateLimit: decimal(),
        unauthorizedCacheControlHeaderStrategy: text(
          oneOf("FAIL_WITH_403", "SUCCEED_WITH_RESPONSE_HEADER", "SUCCEED_WITHOUT_RESPONSE_HEADER"),
        ),
      }),
    ),
    stageName: required(text()),
  }),
  "aws:apigateway/restApi:RestApi": regional({
    apiKeySource: text(oneOf("HEADER", "AUTHORIZER")),
    binaryMediaTypes: list(text()),
    body: text(),
    description: text(),
    disableExecuteApiEndpoint: flag(),
    endpointAccessMode: text(oneOf("BASIC", "STRICT")),
    endpointConfiguration: block({
      ipAddressType: text(oneOf("ipv4", "dualstack")),
      types: required(text(oneOf("REGIONAL", "EDGE", "PRIVATE"))),
      vpcEndpointIds: list(text(), { min: 1 }),
    }),
    failOnWarnings: flag(),
    minimumCompressionSize: text(matches(/^-?\d*$/, "be a whole number"), between(-1, 10_485_760)),
    name: text(),
    parameters: map(),
    policy: text(json()),
    putRestApiMode: text(oneOf("merge", "overwrite")),
    securityPolicy: text(),
    tags: map(),
  }),
  "aws:apigateway/stage:Stage": regional({
    accessLogSettings: block({
      destinationArn: required(text(arn())),
      format: required(text()),
    }),
    cacheClusterEnabled: flag(),
    cacheClusterSize: text(oneOf("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")),
    canarySettings: block({
      deploymentId: required(text()),
      percentTraffic: decimal(),
      stageVariableOverrides: map(),
      useStageCache: flag(),
    }),
    clientCertificateId: text(),
    deployment: required(text()),
    description: text(),
    documentationVersion: text(),
    restApi: required(text()),
    stageName: required(text()),
    tags: map(),
    variables: map(),
    xrayTracingEnabled: flag(),
  }),
  "aws:apigateway/usagePlan:UsagePlan": regional({
    apiStages: list(
      block({
        apiId: required(text()),
        stage: required(text()),
        throttles: list(
          block({
            burstLimit: integer(),
            path: required(text()),
            rateLimit: decimal(),
          }),
        ),
      }),
    ),
    description: text(),
    name: text(),
    productCode: text(),
    quotaSettings: block({
      limit: required(integer()),
      offset: integer(),
      period: required(text(oneOf("DAY", "WEEK", "MONTH"))),
    }),
    tags: map(),
    throttleSettings: block({
      burstLimit: integer(),
      rateLimit: decimal(),
    }),
  }),
  "aws:apigateway/usagePlanKey:UsagePlanKey": regional({
    keyId: required(text()),
    keyType: required(text()),
    usagePlanId: required(text()),
  }),
};
