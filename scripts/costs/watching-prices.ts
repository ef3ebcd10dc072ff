import type { Price } from "./price";

const cloudWatch = "https://aws.amazon.com/cloudwatch/pricing/";

/** List prices of what watches a stack, of the first tier of each. */
export const watchingPrices = {
  alarmMetrics: {
    what: "CloudWatch, metric of an alarm",
    dollars: 0.1,
    per: 1,
    unit: "metric-months",
    source: cloudWatch,
    isRead: false,
    free: "10",
  },
  compositeAlarms: {
    what: "CloudWatch, composite alarm",
    dollars: 0.5,
    per: 1,
    unit: "alarm-months",
    source: cloudWatch,
    isRead: false,
  },
  dashboards: {
    what: "CloudWatch, dashboard of more than 50 metrics",
    dollars: 3,
    per: 1,
    unit: "dashboard-months",
    source: cloudWatch,
    isRead: false,
    free: "3, of 50 metrics at most",
  },
  customMetrics: {
    what: "CloudWatch, metric of one's own",
    dollars: 0.3,
    per: 1,
    unit: "metric-months",
    source: cloudWatch,
    isRead: false,
    free: "10",
  },
  logs: {
    what: "CloudWatch Logs, ingestion",
    dollars: 0.5,
    per: 1,
    unit: "GB",
    source: cloudWatch,
    isRead: false,
    free: "5 GB",
  },
  logsRead: {
    what: "CloudWatch Logs, read by queries",
    dollars: 0.005,
    per: 1,
    unit: "GB",
    source: cloudWatch,
    isRead: false,
    free: "5 GB",
  },
  traces: {
    what: "X-Ray, traces",
    dollars: 5,
    per: 1_000_000,
    unit: "traces",
    source: "https://aws.amazon.com/xray/pricing/",
    isRead: true,
    free: "100,000",
  },
} as const satisfies Record<string, Price>;
