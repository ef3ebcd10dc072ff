import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl, S3RequestPresigner } from "@aws-sdk/s3-request-presigner";

const commands = { GET: GetObjectCommand, HEAD: HeadObjectCommand };

/** What an object may be asked for by. */
export type ObjectMethod = keyof typeof commands;

/** A request for an object, but for its key. */
interface Template {
  method: ObjectMethod;
  protocol: string;
  hostname: string;
  port?: number;
  query: Record<string, string>;
  /** What URLs begin with, up to their path. */
  origin: string;
  /** What paths begin with, up to the key. */
  prefix: string;
}

/**
 * Makes URLs by which anyone can get an object of a bucket. The SDK makes the first one; the others differ
 * from it in nothing but key, time and signature, so that they are made without all that it does to find
 * out where a bucket is, which takes several times as long as to sign.
 */
export class PresignedUrls {
  readonly #s3: S3Client;
  readonly #bucket: string;
  readonly #presigner: S3RequestPresigner;
  readonly #templates = new Map<ObjectMethod, Template>();

  constructor(s3: S3Client, bucket: string) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#presigner = new S3RequestPresigner(s3.config);
  }

  /** @param seconds for which the URL works, unless the credentials that sign it end before. */
  async sign(key: string, seconds: number, method: ObjectMethod = "GET"): Promise<string> {
    const template = this.#templates.get(method);
    if (!template) {
      const command = new commands[method]({ Bucket: this.#bucket, Key: key });
      const url = await getSignedUrl(this.#s3, command, { expiresIn: seconds });
      this.#templates.set(method, templateOf(url, key, method));
      return url;
    }
    const { origin, prefix, ...request } = template;
    const { query = {}, path } = await this.#presigner.presign(
      { ...request, path: prefix + encodedKey(key), headers: {} },
      { expiresIn: seconds },
    );
    return `${origin}${path}?${queryText(query)}`;
  }
}

function templateOf(url: string, key: string, method: ObjectMethod): Template {
  const { protocol, hostname, port, origin, searchParams } = new URL(url);
  return {
    method,
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    // The others are what signing adds.
    query: Object.fromEntries([...searchParams].filter(([name]) => !name.startsWith("X-Amz-"))),
    origin,
    // As it stands there: URL leaves out what a key may have, such as `./`.
    prefix: url.slice(origin.length, url.indexOf("?") - encodedKey(key).length),
  };
}

function encodedKey(key: string): string {
  return key.split("/").map(encoded).join("/");
}

function queryText(query: Readonly<Record<string, string | string[] | null>>): string {
  return Object.entries(query)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`)
    .join("&");
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
