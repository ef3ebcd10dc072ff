import { requestEvent } from "./handler-events";

/** The ways to upload an image. */
export const uploadKinds = ["json", "raw", "multipart"] as const;

export type SentUpload = (typeof uploadKinds)[number];

const boundary = "----------boundary";

/** The event of an upload of a JPEG, as the text that a function's runtime gets. */
export function uploadEvent(kind: SentUpload, image: Buffer): string {
  const userId = "ada";
  const route = { method: "POST", resource: "/images" };
  switch (kind) {
    case "json": {
      const body = { userId, contentType: "image/jpeg", imageData: image.toString("base64") };
      const contentType = "application/json";
      return JSON.stringify(requestEvent({ ...route, contentType, body: JSON.stringify(body) }));
    }
    case "raw": {
      const request = { ...route, contentType: "image/jpeg", query: { userId }, body: image };
      return JSON.stringify(requestEvent(request));
    }
    case "multipart": {
      const contentType = `multipart/form-data; boundary=${boundary}`;
      return JSON.stringify(requestEvent({ ...route, contentType, body: formOf(userId, image) }));
    }
  }
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
