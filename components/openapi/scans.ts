import type { OpenAPIV3 } from "openapi-types";
import { jsonResponse } from "./responses";
import type { ByOperation } from "./routes";

/** The operations where uploads are scanned for malware: what is sent to the API waits, too. */
export function withScans(
  objects: ByOperation<OpenAPIV3.OperationObject>,
): ByOperation<OpenAPIV3.OperationObject> {
  const { "upload-image": upload, ...others } = objects;
  if (!upload) {
    return objects;
  }
  const errors = Object.entries(upload.responses).filter(([status]) => status !== "201");
  const scanned: OpenAPIV3.OperationObject = {
    ...upload,
    description:
      "The image is there once a scan has found no malware in its file. GET /uploads/{id} tells whether it is, or " +
      "was rejected. Larger images go by POST /uploads.",
    responses: {
      202: jsonResponse("The image waits to be scanned", "StagedUpload", "Idempotency-Replayed"),
      ...Object.fromEntries(errors),
    },
  };
  return { "upload-image": scanned, ...others };
}
