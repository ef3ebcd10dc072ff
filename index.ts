import * as pulumi from "@pulumi/pulumi";
import { timelineIndex, userIndex } from "./handlers/shared/images-table";
import { Alerts } from "./components/alerts";
import { Api } from "./components/api";
import { Edge } from "./components/edge";
import { readStackConfig } from "./components/stack-config";
import { Storage } from "./components/storage";
import { tagResources } from "./components/tags";

const config = readStackConfig();

pulumi.runtime.registerResourceTransform(
  tagResources({
    Environment: config.environment,
    Project: pulumi.getProject(),
    Stack: pulumi.getStack(),
    ManagedBy: "Pulumi",
  }),
);

const storage = new Storage(config.prefix, {
  readCapacity: config.dynamoReadCapacity,
  writeCapacity: config.dynamoWriteCapacity,
  resultsLockDays: config.resultsLockDays,
  protectData: config.protectData,
});

const edge = new Edge(config.prefix, { results: storage.results });

const api = new Api(config.prefix, {
  storage,
  cdnUrl: edge.url,
  maxUploadBytes: config.maxUploadBytes,
  logRetentionDays: config.logRetentionDays,
  dailyRequestQuota: config.dailyRequestQuota,
  throttle: { rateLimit: config.apiThrottleRate, burstLimit: config.apiThrottleBurst },
  processThrottle: {
    rateLimit: config.processThrottleRate,
    burstLimit: config.processThrottleBurst,
  },
  manageAccount: config.manageApiGatewayAccount,
});

const alerts = new Alerts(config.prefix, {
  email: config.alertEmail,
  functions: api.functions,
  api: { name: api.restApi.name, stage: api.stage.stageName },
  tables: {
    images: { table: storage.imagesTable, indexes: [userIndex, timelineIndex] },
    records: { table: storage.recordsTable },
  },
});

export const apiUrl = api.url;
export const apiKey = api.apiKey;
export const cdnUrl = edge.url;
export const imagesBucket = storage.images.bucket.bucket;
export const resultsBucket = storage.results.bucket.bucket;
export const imagesTable = storage.imagesTable.name;
export const recordsTable = storage.recordsTable.name;
export const alertTopicArn = alerts.topicArn;
