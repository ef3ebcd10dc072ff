import { apiEvent, type RequestParts } from "../../tests/handlers/support";

/** The ways to upload an image. */
export const uploadKinds = ["json", "raw", "multipart"] as const;

export type SentUpload = (typeof uploadKinds)[number];

const boundary = "----------boundary";

/** The event of an upload of a JPEG, as the text that a function's runtime gets. */
export function uploadEvent(kind: SentUpload, image: Buffer): string {
  return JSON.stringify(
    apiEvent({ method: "POST", resource: "/images", ...uploadOf(kind, image) }),
  );
}

function uploadOf(kind: SentUpload, image: Buffer): RequestParts {
  const userId = "ada";
  switch (kind) {
    case "json": {
      const body = { userId, contentType: "image/jpeg", imageData: image.toString("base64") };
      return { ...typed("application/json"), body: JSON.stringify(body) };
    }
    case "raw":
      return { ...typed("image/jpeg"), query: { userId }, body: image };
    case "multipart":
      return { ...typed(`multipart/form-data; boundary=${boundary}`), body: formOf(userId, image) };
  }
}

function typed(contentType: string): RequestParts {
  return { headers: { "content-type": contentType } };
}

function formOf(userId: string, image: Buffer): Buffer {
  const field = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  return Buffer.concat([
    Buffer.from(`${field("userId")}\r\n\r\n${userId}\r\n`),
    Buffer.from(`${field("image")}; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}
