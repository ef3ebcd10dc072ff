import { invalidRequest, malformedXml } from "./errors";
import type { CorsRule } from "./store/configuration";
import { text, texts } from "./xml";
import type { XmlElement } from "./xml";

/** Reads a `CORSRule` element. */
export function readCorsRule(rule: XmlElement): CorsRule {
  const id = text(rule, "ID");
  const maxAge = text(rule, "MaxAgeSeconds");
  const read: CorsRule = {
    ...(id !== undefined && { id }),
    allowedOrigins: texts(rule, "AllowedOrigin"),
    allowedMethods: texts(rule, "AllowedMethod"),
    allowedHeaders: texts(rule, "AllowedHeader"),
    exposeHeaders: texts(rule, "ExposeHeader"),
    ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
  };
  if (read.allowedOrigins.length === 0 || read.allowedMethods.length === 0) {
    throw malformedXml();
  }
  return read;
}

/** @throws S3Error `InvalidRequest` for a method that S3 does not share, or two `*` in one value. */
export function checkCorsRule(rule: CorsRule): void {
  const methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];
  const method = rule.allowedMethods.find((each) => !methods.includes(each));
  if (method !== undefined) {
    throw invalidRequest(
      `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    );
  }
  const patterns = [...rule.allowedOrigins, ...rule.allowedHeaders];
  const pattern = patterns.find((each) => each.split("*").length > 2);
  if (pattern !== undefined) {
    throw invalidRequest(`AllowedOrigin "${pattern}" can not have more than one wildcard.`);
  }
}

/** The content of a `CORSRule` element. */
export function writeCorsRule(rule: CorsRule): XmlElement {
  return {
    ID: rule.id,
    AllowedHeader: rule.allowedHeaders,
    AllowedMethod: rule.allowedMethods,
    AllowedOrigin: rule.allowedOrigins,
    ExposeHeader: rule.exposeHeaders,
    MaxAgeSeconds: rule.maxAgeSeconds,
  };
}
