import type { Action } from "../action";
import { checkAcl } from "../acl";
import { readForm } from "../body/form";
import type { PostForm } from "../body/form";
import { receiveFormFile } from "../body/receive";
import { Call } from "../call";
import { commitObject } from "../commit";
import { requestContext } from "../context";
import { s3Faults } from "../../iam/sigv4-faults";
import type { Principal } from "../../iam/types";
import { encrypted } from "../encryption";
import { accessDenied, invalidArgument } from "../errors";
import { asHeaderValue } from "../headers";
import { readAttributes, writePermissions } from "../object-attributes";
import { checksumHeaders, encryptionHeaders, quoted, writtenHeaders } from "../object-headers";
import { objectUrl } from "../object-url";
import { checkPostPolicy, readPostPolicy, sizeRange } from "../post-policy";
import type { SizeRange } from "../post-policy";
import type { Reply, ReplyHeaders } from "../reply";
import { readObjectTags } from "../tags";
import { checkKeyLength } from "../target";
import { findXml, renderXml } from "../xml";

/**
 * A browser's form upload.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export const postObject: Action = {
  // Who asks, and for which key, is in the form.
  permissions: () => [],
  run: async (outer) => {
    try {
      const form = await readForm(outer);
      const { call, range } = readUpload(outer, form);
      return await upload(call, form, range);
    } catch (error) {
      // What is left of the form is not to be collected by its parser.
      outer.request.body.unpipe();
      throw error;
    }
  },
};

async function upload(call: Call, form: PostForm, range: SizeRange): Promise<Reply> {
  for (const permission of writePermissions(call)) {
    call.authorize(permission);
  }
  checkAcl(call);
  const { bucket } = call;
  const attributes = readAttributes(call, bucket);
  const received = await receiveFormFile(call, bucket, form.file, range);
  const blob = encrypted(received, attributes.encryption);
  const version = commitObject(call, bucket, "Post", { kind: "object", ...attributes, ...blob });
  return answer(call, form.fields, blob.etag, {
    ...writtenHeaders(bucket, version),
    ...encryptionHeaders(attributes.encryption),
    ...checksumHeaders(blob.checksum),
  });
}

/** The form as the PutObject that it stands for, and the sizes that it may have. */
function readUpload(outer: Call, { fields, fileName }: PostForm): { call: Call; range: SizeRange } {
  const given = fields.get("key");
  const key = fileName === undefined ? given : given?.replaceAll("${filename}", fileName);
  if (key === undefined || key === "") {
    throw missingField("key");
  }
  checkKeyLength(key);
  const { principal, range } = authenticate(outer, fields);
  const { request, environment } = outer;
  const headers = headersOf(outer, fields);
  const context = {
    ...request.context,
    ...requestContext(headers, new URLSearchParams(), outer.now),
    "s3:authType": "POST",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
  };
  const identify = () => principal;
  const standIn = { ...request, key, identify, headers, context };
  const call = new Call(standIn, environment, outer.changes);
  call.identify();
  return { call, range };
}

/** The fields of a signature as S3 spells them, which finds them in any spelling. */
const signatureFields = {
  "x-amz-algorithm": "X-Amz-Algorithm",
  "x-amz-credential": "X-Amz-Credential",
  "x-amz-date": "X-Amz-Date",
  "x-amz-signature": "X-Amz-Signature",
} as const;

function missingField(name: string): Error {
  return invalidArgument(
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    "",
  );
}

function authenticate(
  outer: Call,
  fields: ReadonlyMap<string, string>,
): { principal: Principal; range: SizeRange } {
  const policy = fields.get("policy");
  if (policy === undefined) {
    return { principal: { kind: "anonymous" }, range: { min: 0, max: Number.POSITIVE_INFINITY } };
  }
  if (fields.has("awsaccesskeyid")) {
    throw s3Faults(false).unsupported("AWS");
  }
  const required = (name: keyof typeof signatureFields): string => {
    const value = fields.get(name);
    if (value === undefined) {
      throw missingField(signatureFields[name]);
    }
    return value;
  };
  if (!Object.keys(signatureFields).some((name) => fields.has(name))) {
    throw accessDenied();
  }
  const securityToken = fields.get("x-amz-security-token");
  const principal = outer.environment.authenticator.verifyForm({
    algorithm: required("x-amz-algorithm"),
    credential: required("x-amz-credential"),
    date: required("x-amz-date"),
    signature: required("x-amz-signature"),
    policy,
    ...(securityToken !== undefined && { securityToken }),
  });
  const document = readPostPolicy(policy);
  checkPostPolicy(document, new Map([...fields, ["bucket", outer.request.bucket]]), outer.now);
  return { principal, range: sizeRange(document) };
}

/** The form's fields as the headers that a PutObject has for them. */
function headersOf(outer: Call, fields: ReadonlyMap<string, string>): Record<string, string> {
  const headers: Record<string, string> = {
    "content-length": outer.header("content-length") ?? "",
  };
  for (const [name, value] of fields) {
    if (/^(x-amz-.+|content-.+|cache-control|expires)$/.test(name)) {
      headers[name] = name.startsWith("x-amz-meta-") ? asHeaderValue(value) : inLatin1(value);
    }
  }
  const acl = fields.get("acl");
  const tagging = fields.get("tagging");
  // S3 finds no tags in a document of another root.
  const tags = tagging && readObjectTags(findXml(tagging, "Tagging") ?? {});
  return {
    ...headers,
    ...(acl !== undefined && { "x-amz-acl": acl }),
    ...(tags && { "x-amz-tagging": new URLSearchParams(tags).toString() }),
  };
}

/** What a header of an object holds of a text: S3 has a space for each character that ISO-8859-1 lacks. */
function inLatin1(text: string): string {
  return text.replaceAll(/[^\0-\u00ff]/gu, " ");
}

function answer(
  call: Call,
  fields: ReadonlyMap<string, string>,
  etag: string,
  headers: ReplyHeaders,
): Reply {
  const { bucket, key } = call.request;
  const location = objectUrl(call.environment.account, call.request);
  const redirect = fields.get("success_action_redirect");
  if (redirect !== undefined && URL.canParse(redirect)) {
    const target = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag: quoted(etag) })) {
      target.searchParams.append(name, value);
    }
    return { status: 303, headers: { ...headers, location: target.href } };
  }
  const told = { ...headers, etag: quoted(etag), location };
  const status = fields.get("success_action_status");
  if (status !== "201") {
    return { status: status === "200" ? 200 : 204, headers: told };
  }
  const document = { Location: location, Bucket: bucket, Key: key, ETag: quoted(etag) };
  return {
    status: 201,
    headers: { ...told, "content-type": "application/xml" },
    body: renderXml("PostResponse", document),
  };
}
