import { z } from "zod";
import { AwsError } from "../aws-error";
import { element, escapeXml, queryDocument } from "../api/query-xml";
import { xmlReader } from "../api/xml-document";
import type { Invalidation, InvalidationRequest } from "./invalidations";
import { listXml, type ListPage } from "./list-xml";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/ */
export const namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

const read = xmlReader((name) => name === "Path");

const batch = z.object({
  InvalidationBatch: z.object({
    CallerReference: z.string(),
    Paths: z.object({
      Quantity: z.string().regex(/^\d+$/),
      Items: z
        .union([z.string().regex(/^\s*$/), z.object({ Path: z.array(z.string()) })])
        .optional(),
    }),
  }),
});

/** @throws AwsError `MissingBody`, `MalformedXML`, `InconsistentQuantities`. */
export function parseInvalidationBatch(text: string): InvalidationRequest {
  if (text === "") {
    throw new AwsError("MissingBody", "This operation requires a body.");
  }
  const result = batch.safeParse(read(text));
  if (!result.success) {
    throw new AwsError("MalformedXML", "The XML that you provided is not an invalidation batch.");
  }
  const { CallerReference: callerReference, Paths } = result.data.InvalidationBatch;
  const paths = typeof Paths.Items === "object" ? Paths.Items.Path : [];
  if (Number(Paths.Quantity) !== paths.length) {
    throw new AwsError(
      "InconsistentQuantities",
      "The value of Quantity and the size of Items don't match.",
    );
  }
  return { callerReference, paths };
}

export function invalidationXml({ paths, ...invalidation }: Invalidation): string {
  const items = paths.map((path) => element("Path", escapeXml(path))).join("");
  const quantity = element("Quantity", String(paths.length));
  const batchXml = element("Paths", quantity + element("Items", items));
  const reference = element("CallerReference", escapeXml(invalidation.callerReference));
  return queryDocument(
    "Invalidation",
    namespace,
    summary(invalidation) + element("InvalidationBatch", batchXml + reference),
  );
}

export function invalidationListXml(page: ListPage<Invalidation>): string {
  return listXml("InvalidationList", namespace, page, (item) =>
    element("InvalidationSummary", summary(item)),
  );
}

function summary({ id, status, createdAt }: Omit<Invalidation, "paths">): string {
  return (
    element("Id", id) + element("CreateTime", createdAt.toISOString()) + element("Status", status)
  );
}
