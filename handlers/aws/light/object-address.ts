import { extendedEncodeURIComponent } from "@smithy/core/protocols";

/** Where an object or a bucket is asked for. */
export interface ObjectAddress {
  /** Of the endpoint, if the bucket has a host of its own there. */
  subdomain?: string;
  /** Encoded. */
  path: string;
}

/** The names that may be parts of hosts under a certificate: without dots. */
const hostName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * The address of an object, or of its bucket without a key: at a host of the bucket's own, unless its
 * name cannot be one, or the endpoint is an IP address.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function addressOf(endpoint: URL, bucket: string, key = ""): ObjectAddress {
  const path = `/${key.split("/").map(extendedEncodeURIComponent).join("/")}`;
  return hostName.test(bucket) && !isIpAddress(endpoint.hostname)
    ? { subdomain: bucket, path }
    : { path: `/${extendedEncodeURIComponent(bucket)}${key === "" ? "" : path}` };
}

function isIpAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(hostname);
}
