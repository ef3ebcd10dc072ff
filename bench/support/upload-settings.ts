/** Environment of POST /images that leads to no deployed resource. */
export const uploadSettings: Readonly<Record<string, string>> = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  IMAGES_BUCKET: "images",
  IMAGES_TABLE: "images",
  TAGS_TABLE: "tags",
  IDEMPOTENCY_TABLE: "idempotency",
  MAX_UPLOAD_BYTES: "4500000",
  MAX_IMAGE_PIXELS: "100000000",
  STRIP_LOCATION: "false",
  CALLERS: "anyone",
  ALLOWED_ORIGINS: '["*"]',
};
