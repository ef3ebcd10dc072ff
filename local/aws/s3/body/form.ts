import { Busboy } from "@fastify/busboy";
import type { BusboyInstance } from "@fastify/busboy";
import type { Readable } from "node:stream";
import type { Call } from "../call";
import { incompleteBody, invalidArgument, S3Error } from "../errors";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
const maxFieldBytes = 20 * 1024;

/** A form that a browser posts. */
export interface PostForm {
  /** The fields before the file, by lower-case name. */
  fields: Map<string, string>;
  /** Absent where a client sends the file as any other field. */
  fileName: string | undefined;
  /** Still to be read; fields behind it are ignored. */
  file: Readable;
}

/**
 * Reads a form up to its file.
 *
 * @throws S3Error `MalformedPOSTRequest`, `MaxPostPreDataLengthExceeded`, `InvalidArgument` when
 * there is no file, `PreconditionFailed` when the body is no form.
 */
export async function readForm(call: Call): Promise<PostForm> {
  const contentType = call.header("content-type") ?? "";
  if (!contentType.startsWith("multipart/form-data")) {
    throw new S3Error(
      "PreconditionFailed",
      "At least one of the pre-conditions you specified did not hold",
      412,
      { Condition: "Bucket POST must be of the enclosure-type multipart/form-data" },
    );
  }
  const parser = newParser(contentType);
  const fields = new Map<string, string>();
  return await new Promise<PostForm>((resolve, reject) => {
    parser.on("field", (name, value, _nameTruncated, truncated) => {
      if (truncated) {
        reject(tooLong());
      }
      fields.set(name.toLowerCase(), value);
    });
    parser.on("file", (_name, file, fileName: string | undefined) => {
      // A pipe does not tell its end that the client has gone.
      call.request.body.once("error", (error) => file.destroy(error));
      // A short form comes in one piece, of which the parser goes on to read what is behind the file.
      resolve({ fields: new Map(fields), fileName, file });
    });
    call.request.body.once("error", () => {
      reject(incompleteBody());
    });
    parser.on("error", () => {
      reject(malformedForm());
    });
    parser.on("finish", () => {
      reject(noFile());
    });
    call.request.body.pipe(parser);
  });
}

function newParser(contentType: string): BusboyInstance {
  if (!/;\s*boundary="?[^\s";]/i.test(contentType)) {
    throw malformedForm();
  }
  return new Busboy({
    headers: { "content-type": contentType },
    limits: { fieldSize: maxFieldBytes, fields: 100, files: 1 },
    isPartAFile: (name) => name?.toLowerCase() === "file",
  });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function malformedForm(): S3Error {
  return new S3Error(
    "MalformedPOSTRequest",
    "The body of your POST request is not well-formed multipart/form-data.",
    400,
  );
}

function tooLong(): S3Error {
  return new S3Error(
    "MaxPostPreDataLengthExceeded",
    "Your POST request fields preceding the upload file were too large.",
    400,
  );
}

function noFile(): S3Error {
  return invalidArgument("POST requires exactly one file upload per request.", "file", "0");
}
