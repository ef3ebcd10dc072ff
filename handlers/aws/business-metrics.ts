import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/**
 * What is counted for whoever runs the product, and in which unit. CloudWatch bills each by the month, for
 * each set of dimensions: so there is one set, of service and stage, and nothing of users or images in it.
 */
export const businessMetrics = {
  /** Images that can be fetched from now on. */
  ImagesReady: MetricUnit.Count,
  /** Uploads that are no acceptable image. */
  ImagesRejected: MetricUnit.Count,
  /** Bytes of images that are ready. */
  BytesStored: MetricUnit.Bytes,
  /** From when an image has arrived whole until it is ready. */
  UploadSeconds: MetricUnit.Seconds,
  /** Images, and uploads under way, that clients have deleted. */
  ImagesDeleted: MetricUnit.Count,
  /** Renditions that were made, since nobody had asked for them before or they had expired. */
  RenditionsMade: MetricUnit.Count,
  /** From the request for a rendition until it is stored. */
  RenditionSeconds: MetricUnit.Seconds,
  /** Results of POST /process. */
  ResultsStored: MetricUnit.Count,
  /** Results for which there was a record to merge. */
  RecordsMerged: MetricUnit.Count,
} as const satisfies Record<string, string>;

export type BusinessMetric = keyof typeof businessMetrics;

/** Namespace of the metrics in CloudWatch, and variables that name their dimensions. */
export const metricVariables = {
  namespace: "POWERTOOLS_METRICS_NAMESPACE",
  service: "METRICS_SERVICE",
  stage: "METRICS_STAGE",
} as const;

/** Counts what has happened. */
export interface BusinessCounts {
  /** Writes the values down at once, in one line of the log, which CloudWatch makes metrics of. */
  add(values: Readonly<Partial<Record<BusinessMetric, number>>>): void;
}

const nothing: BusinessCounts = { add: () => undefined };

/**
 * What counts, where the environment names a namespace for metrics, and does nothing elsewhere.
 *
 * The log is the way: no call of AWS, no grant, no time of the client's. A line that is lost is not counted,
 * and a function that is run again for the same event may count twice: this is to be looked at, not to be billed by.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createBusinessCounts(settings: NodeJS.ProcessEnv): BusinessCounts {
  const namespace = settings[metricVariables.namespace];
  if (!namespace) {
    return nothing;
  }
  const metrics = new Metrics({
    namespace,
    serviceName: settings[metricVariables.service] ?? "",
    defaultDimensions: { stage: settings[metricVariables.stage] ?? "" },
  });
  return {
    add: (values) => {
      for (const [name, value] of Object.entries(values)) {
        // What has been done must not fail for how long it took being unknown.
        if (Number.isFinite(value)) {
          metrics.addMetric(name, businessMetrics[name as BusinessMetric], value);
        }
      }
      metrics.publishStoredMetrics();
    },
  };
}

/** Seconds since a time in milliseconds; clocks of two machines may differ. */
export function secondsSince(milliseconds: number): number {
  return Math.max(0, Date.now() - milliseconds) / 1000;
}
