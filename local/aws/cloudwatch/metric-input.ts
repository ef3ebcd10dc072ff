import { z } from "zod";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html */
export const namespace = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^:].*$/);

/** As {@link namespace}. */
export const metricName = z.string().min(1).max(255);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const dimension = z.object({
  Name: z.string().min(1).max(255),
  Value: z.string().min(1).max(1024),
});

/** Of one metric. */
export const dimensions = z.array(dimension).max(30);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DimensionFilter.html */
export const dimensionFilters = z
  .array(dimension.extend({ Value: dimension.shape.Value.optional() }))
  .max(10);
