import * as pulumi from "@pulumi/pulumi";
import { Api } from "./components/api/api";
import { readStackConfig } from "./components/config/stack-config";
import { CdnAccessLogs } from "./components/edge/cdn-access-logs";
import { Domains } from "./components/edge/domains";
import { Edge } from "./components/edge/edge";
import { Firewall } from "./components/edge/firewall";
import { ImageEdge } from "./components/edge/image-edge";
import { Renderer } from "./components/edge/renderer";
import { UrlSigning } from "./components/edge/url-signing";
import { Events } from "./components/functions/events";
import type { FunctionSettings } from "./components/functions/function-settings";
import { Ingest } from "./components/functions/ingest";
import { Rollout } from "./components/functions/rollout";
import { Alerts } from "./components/operations/alerts";
import { metricsLocation } from "./components/operations/business-metrics";
import { Dashboard } from "./components/operations/dashboard";
import { LogQueries } from "./components/operations/log-queries";
import { MonthlyBudget } from "./components/operations/monthly-budget";
import { boundRoles } from "./components/permissions-boundary";
import { BucketAccessLogs } from "./components/storage/bucket-access-logs";
import { Storage } from "./components/storage/storage";
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
boundRoles(config.permissionsBoundary);

const functionSettings: FunctionSettings = {
  logRetentionDays: config.logRetentionDays,
  tracing: config.xrayTracing,
  reservedConcurrency: config.reservedConcurrency,
  ...(config.rollout !== "" && { versioned: true }),
  ...(config.businessMetrics && { metrics: metricsLocation(config.prefix) }),
};

const storage = new Storage(config.prefix, {
  recordsCapacity: config.recordsCapacity,
  resultsLockDays: config.resultsLockDays,
  renditionExpireDays: config.renditionExpireDays,
  protectData: config.protectData,
  allowedOrigins: config.allowedOrigins,
  scansUploads: config.malwareScan,
  hasUsers: config.users !== undefined,
  tellsChanges: config.publishEvents,
});

const { domain, firewall, geoRestriction, hsts, accessLogDays } = config.edge;
const domains = domain && new Domains(config.prefix, domain);
const cdnFirewall =
  firewall && new Firewall(`${config.prefix}-cdn-firewall`, { scope: "CLOUDFRONT", ...firewall });
const viewers = { webAclArn: cdnFirewall?.arn, geoRestriction, hsts };

const edge = new Edge(config.prefix, {
  results: storage.results,
  allowedOrigins: config.allowedOrigins,
  domain: domains?.results,
  ...viewers,
});

const urlSigning = new UrlSigning(config.prefix, { keyNames: config.urlSigningKeys });

const renderer = new Renderer(`${config.prefix}-render-image`, {
  storage,
  settings: config.renditions,
  ...functionSettings,
});

const imageEdge = new ImageEdge(`${config.prefix}-images`, {
  renditions: storage.renditions,
  renderer,
  keyGroup: urlSigning.keyGroup,
  settings: config.renditions,
  originShieldRegion: config.originShieldRegion,
  allowedOrigins: config.allowedOrigins,
  domain: domains?.images,
  ...viewers,
});

const cdnLogs =
  accessLogDays === undefined
    ? undefined
    : new CdnAccessLogs(`${config.prefix}-cdn-logs`, {
        distributions: { images: imageEdge.distribution, results: edge.distribution },
        retentionDays: accessLogDays,
        protect: config.protectData,
      });

if (config.bucketAccessLogs) {
  new BucketAccessLogs(`${config.prefix}-access-logs`, {
    buckets: {
      images: storage.images.bucket,
      renditions: storage.renditions.bucket,
      results: storage.results.bucket,
      ...(cdnLogs && { "cdn-logs": cdnLogs.bucket }),
    },
    retentionDays: config.bucketAccessLogDays,
    protect: config.protectData,
  });
}

const api = new Api(config.prefix, {
  storage,
  renditions: imageEdge.renditions,
  cdnUrl: edge.url,
  urls: {
    edgeUrl: imageEdge.url,
    signingKey: urlSigning.parameter,
    renditions: config.renditions,
    maxSeconds: config.maxUrlSeconds,
    windowSeconds: config.urlWindowSeconds,
  },
  maxUploadBytes: config.maxUploadBytes,
  maxDirectUploadBytes: config.maxDirectUploadBytes,
  maxImagePixels: config.maxImagePixels,
  stripLocation: config.stripLocation,
  scansUploads: config.malwareScan,
  allowedOrigins: config.allowedOrigins,
  users: config.users,
  ...functionSettings,
  apiKeyNames: config.apiKeys,
  dailyRequestQuota: config.dailyRequestQuota,
  throttle: { rateLimit: config.apiThrottleRate, burstLimit: config.apiThrottleBurst },
  processThrottle: {
    rateLimit: config.processThrottleRate,
    burstLimit: config.processThrottleBurst,
  },
  detailedMetrics: config.detailedMetrics,
  detailedLogs: config.detailedLogs,
  manageAccount: config.manageApiGatewayAccount,
  domain: domains?.api,
  hsts: domains && hsts,
});

if (firewall) {
  new Firewall(`${config.prefix}-api-firewall`, { scope: "REGIONAL", ...firewall }).protect(
    api.stage.arn,
  );
}

const ingest = new Ingest(config.prefix, {
  storage,
  renditions: imageEdge.renditions,
  maxImagePixels: config.maxImagePixels,
  stripLocation: config.stripLocation,
  scansUploads: config.malwareScan,
  users: config.users,
  ...functionSettings,
});

const events = config.publishEvents
  ? new Events(config.prefix, { storage, failures: ingest.failures, ...functionSettings })
  : undefined;
const alerts = new Alerts(config.prefix, {
  email: config.alertEmail,
  api: { name: api.restApi.name, stage: api.stage.stageName },
  urlFunctions: { "render-image": renderer.function },
  eventFunctions: ingest.functions,
  ...(config.rollout !== "" && {
    releasedFunctions: {
      ...ingest.functions,
      ...(events && { "publish-events": events.function }),
    },
  }),
  tables: {
    images: { table: storage.imagesTable },
    "image-tags": { table: storage.tagsTable },
    idempotency: { table: storage.idempotencyTable },
    // On demand it refuses nothing but what fails a request to the API, which has its own alarms.
    ...(config.recordsCapacity && {
      records: { table: storage.recordsTable, isProvisioned: true },
    }),
    results: { table: storage.resultsTable },
    ...(storage.usersTable && { users: { table: storage.usersTable } }),
  },
  queues: { failures: ingest.failures },
  scans: ingest.scans,
  repositoryUrl: config.repositoryUrl,
});

const functions = {
  ...api.functions,
  ...ingest.functions,
  ...(events && { "publish-events": events.function }),
  "render-image": renderer.function,
};

const rollout =
  config.rollout === ""
    ? undefined
    : new Rollout(`${config.prefix}-rollout`, {
        configuration: config.rollout,
        targets: {
          ...api.targets,
          ...ingest.targets,
          ...(events && { "publish-events": events.target }),
          "render-image": renderer.target,
        },
        alarms: alerts.releaseAlarms,
      });

if (config.dashboard) {
  new Dashboard(config.prefix, {
    alerts,
    api: { name: api.restApi.name, stage: api.stage.stageName },
    functions,
    accessLog: api.accessLog,
    distributions: { images: imageEdge.distribution, results: edge.distribution },
    buckets: {
      images: storage.images.bucket,
      renditions: storage.renditions.bucket,
      results: storage.results.bucket,
    },
    tables: storage.tables,
    metrics: functionSettings.metrics,
    repositoryUrl: config.repositoryUrl,
  });
}

if (config.logQueries) {
  new LogQueries(config.prefix, {
    functions,
    accessLog: api.accessLog,
    hasUsers: config.users !== undefined,
  });
}

if (config.monthlyBudget > 0) {
  new MonthlyBudget(config.prefix, {
    dollars: config.monthlyBudget,
    scope: config.budgetScope,
    email: config.alertEmail,
  });
}

module.exports = {
  apiUrl: api.url,
  apiKey: api.apiKey,
  // Where there are others than the first.
  ...(config.apiKeys.length > 1 && { apiKeys: api.apiKeys }),
  cdnUrl: edge.url,
  imagesCdnUrl: imageEdge.url,
  // What to point each name at, where DNS is elsewhere; and where it answers before DNS knows.
  ...(domains && {
    domainTargets: {
      [domains.api.domainName]: api.domain?.target,
      [domains.images.domainName]: imageEdge.distribution.domainName,
      [domains.results.domainName]: edge.distribution.domainName,
    },
  }),
  imagesBucket: storage.images.bucket.bucket,
  renditionsBucket: storage.renditions.bucket.bucket,
  resultsBucket: storage.results.bucket.bucket,
  imagesTable: storage.imagesTable.name,
  tagsTable: storage.tagsTable.name,
  recordsTable: storage.recordsTable.name,
  resultsTable: storage.resultsTable.name,
  // Only where users are known: of an output without a value, Pulumi warns.
  ...(storage.usersTable && { usersTable: storage.usersTable.name }),
  ...(config.users && { oidcIssuer: config.users.issuer }),
  ...(events && { eventBusName: events.bus.name, eventBusArn: events.bus.arn }),
  failuresQueueUrl: ingest.failures.url,
  finaliseFunction: ingest.functions["finalise-upload"].name,
  sweepFunction: ingest.functions["sweep-images"].name,
  alertTopicArn: alerts.topicArn,
  ...(rollout && { rollout: rollout.outputs }),
};
