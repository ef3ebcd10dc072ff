import type { OpenAPIV3 } from "openapi-types";
import { idempotencyKey, idParameter } from "../parameters";
import { jsonBody } from "../request-bodies";
import { jsonResponse, repeatErrors, responses } from "../responses";
import type { Operation } from "../routes";
import { apiKeySecurity as security } from "./security";

const tags = ["Uploads"];

/** Operations on images that go straight to S3. */
export const uploadOperations = {
  "create-upload": {
    operationId: "createUpload",
    tags,
    summary: "Presigns a form by which an image too large for POST /images goes straight to S3",
    description:
      "Send the form as multipart/form-data to upload.url: first all of upload.fields, then the image as the " +
      "field file. GET /uploads/{id} then tells what has become of it.",
    security,
    parameters: [idempotencyKey],
    requestBody: jsonBody("DirectUploadBody", "What is going to be sent"),
    responses: responses(
      { 201: jsonResponse("The form is ready", "CreatedUpload", "Idempotency-Replayed") },
      415,
      ...repeatErrors,
    ),
  },
  "get-upload": {
    operationId: "getUpload",
    tags,
    summary: "Tells whether what was sent by a form has become an image",
    description:
      "An upload is pending until the form was sent and its image is looked at; then it is ready, an " +
      "image of the same id, or rejected, and says why.",
    security,
    parameters: [idParameter],
    responses: responses(
      { 200: jsonResponse("How the upload stands", "Upload", "Cache-Control") },
      404,
    ),
  },
} satisfies Partial<Record<Operation, OpenAPIV3.OperationObject>>;
