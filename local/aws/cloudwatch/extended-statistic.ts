/** A statistic such as `p99.9`. */
export const percentile = /^p(\d{1,2}(\.\d{1,10})?|100)$/;

/** Those that are not emulated. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
export const otherExtendedStatistic =
  /^((tm|tc|ts|wm)(\d{1,2}(\.\d{1,10})?|100)|IQM|(TM|TC|TS|WM|PR)\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\))$/;
