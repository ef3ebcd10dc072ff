import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stop as stopBundler } from "esbuild";
import { ApiGateway } from "./aws/apigateway/apigateway";
import { CloudFront, type CloudFrontOptions } from "./aws/cloudfront/cloudfront";
import { CloudWatch } from "./aws/cloudwatch/cloudwatch";
import { DynamoDb } from "./aws/dynamodb/dynamodb";
import { Endpoint } from "./aws/endpoint/endpoint";
import { Events } from "./aws/events/events";
import { GuardDuty } from "./aws/guardduty/guardduty";
import { Iam } from "./aws/iam/iam";
import { rootArn } from "./aws/iam/policy-principals";
import { Kms } from "./aws/kms/kms";
import { Lambda } from "./aws/lambda/lambda";
import { Logs } from "./aws/logs/logs";
import { Sns } from "./aws/sns/sns";
import { Sqs } from "./aws/sqs/sqs";
import { Ssm } from "./aws/ssm/ssm";
import type { MetricSink, Service, ServiceOptions } from "./aws/types";
import type { CloudOptions, LocalCloud, RecordedOptions } from "./cli/local-cloud";
import { answersOf, endpointsOf, functionEndpoints, type Services } from "./endpoints";
import { writeSecretFile } from "./cli/write-secret-file";
import { makeCodeDeploy } from "./make-codedeploy";
import { makeS3 } from "./make-s3";
import { cloudSources } from "./page/cloud-sources";
import { accountInvokes } from "./provider/account";
import { apigatewayResources } from "./provider/apigateway";
import { cloudfrontResources } from "./provider/cloudfront";
import { cloudwatchResources } from "./provider/cloudwatch";
import { codedeployResources } from "./provider/codedeploy";
import { dynamodbResources } from "./provider/dynamodb";
import { eventsResources } from "./provider/events";
import { guarddutyResources } from "./provider/guardduty";
import { iamResources } from "./provider/iam";
import { Identity } from "./provider/identity";
import { Inventory } from "./provider/inventory";
import { kmsResources } from "./provider/kms";
import { lambdaResources } from "./provider/lambda";
import { LocalProvider } from "./provider/local-provider";
import { logsResources } from "./provider/logs";
import { randomResources } from "./provider/random";
import { route53Invokes } from "./provider/route53";
import { s3Resources } from "./provider/s3";
import { snsResources } from "./provider/sns";
import { sqsResources } from "./provider/sqs";
import { ssmResources } from "./provider/ssm";
import { tlsInvokes, tlsResources } from "./provider/tls";
import { makeRegistries, registryResources, type Registries } from "./registries";
import { recording } from "./trace/recording";

/** The local cloud, with the services in it, which tests look into. */
export interface RunningCloud extends LocalCloud {
  iam: Iam;
  services: Services;
  provider: LocalProvider;
}

/**
 * Starts the local cloud: makes its services, wires them together and starts them in order. When it
 * stops, it writes what each role was granted, used and refused to `iam-usage.json`.
 *
 * @throws the system's error, such as `EADDRINUSE`, when a port cannot be had; nothing is left
 * running then.
 */
export async function startCloud(options: CloudOptions): Promise<RunningCloud> {
  const recorded = recording(options);
  const iam = new Iam(serviceOptions("iam", recorded));
  const registries = makeRegistries(recorded.notify);
  const services = makeServices(iam, registries, recorded);
  const order = Object.values<Service>({ ...services });
  await startAll(order);
  // It has no more to do, and would keep 50 MB.
  await stopBundler();
  const inventory = new Inventory(join(options.dataDir, "resources"));
  return {
    iam,
    services,
    provider: makeProvider(iam, { ...services, ...registries }, inventory, options),
    inventory,
    traces: recorded.recorder,
    functions: services.lambda,
    get endpoints() {
      return endpointsOf(iam, services, options.account);
    },
    page: cloudSources(
      { iam, ...services, inboxDir: inboxOf(options) },
      { kind: "root", arn: rootArn(options.account) },
    ),
    resume: () => {
      services.lambda.resume();
      services.codedeploy.resume();
    },
    stop: async () => {
      await stopAll(order.toReversed());
      await writeSecretFile(join(options.dataDir, "iam-usage.json"), JSON.stringify(iam.usage()));
    },
  };
}

/** The services in the order in which they start: each after those that it calls. */
function makeServices(iam: Iam, registries: Registries, options: RecordedOptions): Services {
  const access = { authenticator: iam, authorizer: iam };
  const common = (name: string) => ({ ...serviceOptions(name, options), ...access });
  const endpoint = new Endpoint({ ...common("endpoint"), services: () => answers });
  // Each is made with the other: what functions log becomes metrics.
  const logs: Logs = new Logs({ ...common("logs"), metrics: madeLater(() => cloudwatch) });
  const kms = new Kms(common("kms"));
  const s3 = makeS3({ ...common("s3"), keys: kms }, () => services);
  const inboxDir = inboxOf(options);
  const sns = new Sns({ ...common("sns"), keys: kms, inboxDir });
  const cloudwatch = new CloudWatch({
    ...common("cloudwatch"),
    publish: (publication) => sns.publish(publication),
    ...options.cloudwatch,
  });
  const dynamodb = new DynamoDb({ ...common("dynamodb"), metrics: cloudwatch, keys: kms });
  const sqs = new Sqs({ ...common("sqs"), metrics: cloudwatch });
  const ssm = new Ssm({ ...common("ssm"), keys: kms });
  const lambda = new Lambda({
    ...common("lambda"),
    logs,
    metrics: cloudwatch,
    queues: sqs,
    streams: dynamodb.readers,
    credentials: (session) => iam.assumeRole({ ...session, service: "lambda.amazonaws.com" }),
    endpoints: () => functionEndpoints(services),
    ...options.lambda,
  });
  const events = new Events({ ...common("events"), invoker: lambda, queues: sqs });
  const guardduty = new GuardDuty({
    ...{ ...common("guardduty"), objects: s3, bus: events, metrics: cloudwatch },
    assumeRole: (request) => iam.assumeRole(request),
  });
  const codedeploy = makeCodeDeploy(common("codedeploy"), { iam, lambda, cloudwatch });
  const { cloudfront, apigateway } = makeFronts(
    { iam, s3, logs, lambda, cloudwatch, ...registries },
    common,
    options,
  );
  const services: Services = {
    endpoint,
    logs,
    kms,
    s3,
    dynamodb,
    sns,
    cloudwatch,
    sqs,
    ssm,
    lambda,
    events,
    guardduty,
    codedeploy,
    cloudfront,
    apigateway,
  };
  const answers = answersOf(iam, services, registries, common("endpoint"));
  return services;
}

function madeLater(sink: () => MetricSink): MetricSink {
  return {
    put: (datum) => {
      sink().put(datum);
    },
  };
}

/** What is made for each service by its name. */
type Common = (
  name: string,
) => Pick<CloudFrontOptions, keyof ServiceOptions | "authenticator" | "authorizer">;

/** What others call from outside, through web ACLs and by names of their own. */
function makeFronts(
  others: Pick<Services, "s3" | "logs" | "lambda" | "cloudwatch"> & Registries & { iam: Iam },
  common: Common,
  { port }: RecordedOptions,
): Pick<Services, "cloudfront" | "apigateway"> {
  const { iam, s3, logs, lambda, cloudwatch, acm, waf } = others;
  const cloudfront = new CloudFront({
    ...common("cloudfront"),
    logs,
    acm,
    waf,
    origin: s3,
    credentials: (arn) => iam.serviceCredentials("cloudfront.amazonaws.com", arn),
  });
  const apigateway = new ApiGateway({
    ...common("apigateway"),
    port,
    invoker: lambda,
    logs,
    metrics: cloudwatch,
    waf,
    trust: (ca) => {
      cloudfront.trust(ca);
    },
  });
  return { cloudfront, apigateway };
}

function serviceOptions(name: string, options: RecordedOptions): ServiceOptions {
  const { account, dataDir, notify, faults, recorder, host } = options;
  const own = join(dataDir, name);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const common = { account, notify, clock: () => new Date(), dataDir: own };
  return { ...common, faults, recorder, ...(host && { host }) };
}

function makeProvider(
  iam: Iam,
  services: Services & Registries,
  inventory: Inventory,
  { account, dataDir, notify }: CloudOptions,
): LocalProvider {
  return new LocalProvider({
    inventory,
    account,
    identity: new Identity(dataDir),
    invokes: { ...accountInvokes(account), ...route53Invokes(services.route53), ...tlsInvokes },
    types: {
      ...apigatewayResources(services.apigateway, account, services),
      ...cloudfrontResources(services.cloudfront, account),
      ...cloudwatchResources(services.cloudwatch, account),
      ...codedeployResources(services.codedeploy, account),
      ...dynamodbResources(services.dynamodb, account),
      ...eventsResources(services.events, account),
      ...guarddutyResources(services.guardduty, account),
      ...iamResources(iam, account),
      ...kmsResources(services.kms, account),
      ...lambdaResources(services.lambda, account),
      ...logsResources(services.logs, account),
      ...s3Resources(services.s3, account),
      ...snsResources(services.sns, account),
      ...sqsResources(services.sqs, account),
      ...ssmResources(services.ssm, account),
      ...registryResources(services, account, notify),
      ...randomResources,
      ...tlsResources,
    },
  });
}

/** The folder of the mails that SNS sends. */
function inboxOf({ dataDir }: CloudOptions): string {
  return join(dataDir, "inbox");
}

async function startAll(services: readonly Service[]): Promise<void> {
  const started: Service[] = [];
  try {
    for (const service of services) {
      started.unshift(service);
      await service.start();
    }
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

/** Stops them one by one, in this order. */
async function stopAll(services: readonly Service[]): Promise<void> {
  for (const service of services) {
    await service.stop();
  }
}
