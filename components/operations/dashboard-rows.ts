import type { BusinessMetric } from "../../handlers/aws/business-metrics";
import type { MetricsLocation } from "./business-metrics";
import type { KnownSubjects } from "./dashboard-subjects";
import { graph, type GraphedMetric, line, type Widget } from "./dashboard-widgets";

/** CloudFront publishes here, wherever a stack is. */
const cdnRegion = "us-east-1";

/** S3 measures buckets once a day. */
const daySeconds = 24 * 60 * 60;

/** What clients ask, how long it takes, and what fails of it. */
export function apiRow({ api, functions, region }: KnownSubjects): Widget[] {
  const of = (name: string): GraphedMetric => ({
    namespace: "AWS/ApiGateway",
    name,
    dimensions: { ApiName: api.name, Stage: api.stage },
  });
  return [
    graph({
      title: "Requests to the API",
      region,
      lines: [
        line(of("Count"), { label: "all" }),
        line(of("4XXError"), { label: "4xx" }),
        line(of("5XXError"), { label: "5xx" }),
      ],
    }),
    graph({
      title: "Latency of the API",
      region,
      unit: "ms",
      lines: ["p50", "p99"].flatMap((stat) => [
        line(of("Latency"), { stat, label: `${stat}, whole` }),
        line(of("IntegrationLatency"), { stat, label: `${stat}, function` }),
      ]),
    }),
    graph({
      title: "Errors and throttles of functions",
      region,
      lines: ["Errors", "Throttles"].flatMap((name) =>
        Object.entries(functions).map(([operation, FunctionName]) =>
          line(
            { namespace: "AWS/Lambda", name, dimensions: { FunctionName } },
            { label: `${operation} ${name.toLowerCase()}` },
          ),
        ),
      ),
    }),
  ];
}

/** What viewers ask of the distributions, and how much of it had to be rendered. */
export function edgeRow({ distributions, functions, region }: KnownSubjects): Widget[] {
  const of = (id: string, name: string): GraphedMetric => ({
    namespace: "AWS/CloudFront",
    name,
    dimensions: { DistributionId: id, Region: "Global" },
  });
  const ofAll = (name: string) =>
    Object.entries(distributions).map(([title, id]) => line(of(id, name), { label: title }));
  return [
    graph({ title: "Requests of viewers", region: cdnRegion, lines: ofAll("Requests") }),
    renditionsGraph(of(distributions.images, "Requests"), functions["render-image"] ?? "", region),
    graph({
      title: "Requests of viewers that fail",
      region: cdnRegion,
      stat: "Average",
      unit: "%",
      lines: ["4xxErrorRate", "5xxErrorRate"].flatMap((name) =>
        Object.entries(distributions).map(([title, id]) =>
          line(of(id, name), { label: `${title} ${name.slice(0, 3)}` }),
        ),
      ),
    }),
  ];
}

/**
 * How many of the viewers' requests needed no rendition to be made: the edge, or the bucket behind it, had it. The
 * edge's own rate of hits would be a metric that is billed; this one is made of two that are not. They are in one
 * region only where the stack is in CloudFront's: elsewhere both are drawn, and no rate.
 */
function renditionsGraph(requests: GraphedMetric, renderer: string, region: string): Widget {
  const made = {
    namespace: "AWS/Lambda",
    name: "Invocations",
    dimensions: { FunctionName: renderer },
  };
  const title = "Renditions that were there";
  if (region !== cdnRegion) {
    return graph({
      title: `${title}: asked for, and made`,
      region,
      lines: [
        line(requests, { region: cdnRegion, label: "asked for" }),
        line(made, { label: "made" }),
      ],
    });
  }
  const expression = "IF(asked > 0, 100 * (1 - FILL(made, 0) / asked))";
  return graph({
    title,
    region,
    unit: "%",
    lines: [
      [{ expression, id: "there", label: "needed no rendering" }],
      line(requests, { id: "asked", visible: false }),
      line(made, { id: "made", visible: false }),
    ],
  });
}

/** What is kept. */
export function storageRow({ buckets, tables, region }: KnownSubjects): Widget[] {
  const ofBuckets = (name: string, StorageType: string) =>
    Object.entries(buckets).map(([title, BucketName]) =>
      line(
        { namespace: "AWS/S3", name, dimensions: { BucketName, StorageType } },
        { label: title },
      ),
    );
  const daily = { region, stat: "Average", period: daySeconds };
  return [
    graph({
      title: "Bytes in buckets, day by day",
      ...daily,
      lines: ofBuckets("BucketSizeBytes", "StandardStorage"),
    }),
    graph({
      title: "Objects in buckets, day by day",
      ...daily,
      lines: ofBuckets("NumberOfObjects", "AllStorageTypes"),
    }),
    graph({
      title: "Units that tables read and write",
      region,
      stacked: true,
      lines: ["Read", "Write"].flatMap((kind) =>
        Object.entries(tables).map(([title, TableName]) =>
          line(
            {
              namespace: "AWS/DynamoDB",
              name: `Consumed${kind}CapacityUnits`,
              dimensions: { TableName },
            },
            { label: `${title}, ${kind.toLowerCase()}` },
          ),
        ),
      ),
    }),
  ];
}

/** What is counted for the business. */
export function businessRow({ namespace, dimensions }: MetricsLocation, region: string): Widget[] {
  const of = (name: BusinessMetric, stat?: string) =>
    line(
      { namespace, name, dimensions: { ...dimensions } },
      stat === undefined ? {} : { stat, label: `${name} ${stat}` },
    );
  return [
    graph({
      title: "Images",
      region,
      lines: [of("ImagesReady"), of("ImagesRejected"), of("ImagesDeleted"), of("RenditionsMade")],
    }),
    graph({
      title: "Bytes of images, and results",
      region,
      lines: [of("BytesStored"), of("ResultsStored"), of("RecordsMerged")],
    }),
    graph({
      title: "Until an image or a rendition is there",
      region,
      unit: "s",
      lines: ["p50", "p99"].flatMap((stat) => [
        of("UploadSeconds", stat),
        of("RenditionSeconds", stat),
      ]),
    }),
  ];
}

/** What is billed by use, and grows with it. */
export function costRow({ functions, logGroups, distributions, region }: KnownSubjects): Widget[] {
  const hourly = { period: 3600, stacked: true };
  return [
    graph({
      title: "Cost: milliseconds that functions run",
      region,
      ...hourly,
      lines: Object.entries(functions).map(([operation, FunctionName]) =>
        line(
          { namespace: "AWS/Lambda", name: "Duration", dimensions: { FunctionName } },
          { label: operation },
        ),
      ),
    }),
    graph({
      title: "Cost: bytes that are logged",
      region,
      ...hourly,
      lines: Object.entries(logGroups).map(([title, LogGroupName]) =>
        line(
          { namespace: "AWS/Logs", name: "IncomingBytes", dimensions: { LogGroupName } },
          { label: title },
        ),
      ),
    }),
    graph({
      title: "Cost: bytes to viewers",
      region: cdnRegion,
      ...hourly,
      lines: Object.entries(distributions).map(([title, id]) =>
        line(
          {
            namespace: "AWS/CloudFront",
            name: "BytesDownloaded",
            dimensions: { DistributionId: id, Region: "Global" },
          },
          { label: title },
        ),
      ),
    }),
  ];
}
