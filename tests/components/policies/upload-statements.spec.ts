import assert from "node:assert/strict";
import {
  createUploadStatements,
  describeImageStatements,
  finaliseUploadStatements,
  getUploadStatements,
  stageImageStatements,
  sweepImagesStatements,
  uploadImageStatements,
} from "../../../components/policies/upload-statements";
import { removesRenditions } from "./rendition-grants";

const imagesBucket = "arn:bucket";
const imagesTable = "arn:images";
const tagsTable = "arn:tags";
const renditions = { renditionsBucket: "arn:renditions", imageDistribution: "arn:distribution" };
const idempotencyTable = "arn:answers";

const rememberAnswers = {
  Sid: "RememberAnswers",
  Effect: "Allow",
  Action: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  Resource: ["arn:answers"],
};

const storeImages = {
  Sid: "StoreImages",
  Effect: "Allow",
  Action: ["s3:PutObject"],
  Resource: ["arn:bucket/images/*"],
};

describe("uploadImageStatements", () => {
  it("store an image, presign its URL, take it back, and remember the answer", () => {
    const arns = { imagesBucket, imagesTable, tagsTable, idempotencyTable };
    assert.deepEqual(uploadImageStatements(arns), [
      storeImages,
      {
        Sid: "ReadImages",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:bucket/images/*"],
      },
      {
        Sid: "FindVersions",
        Effect: "Allow",
        Action: ["s3:ListBucketVersions"],
        Resource: ["arn:bucket"],
        Condition: { StringLike: { "s3:prefix": ["images/*"] } },
      },
      {
        Sid: "RemoveVersions",
        Effect: "Allow",
        Action: ["s3:DeleteObjectVersion"],
        Resource: ["arn:bucket/images/*"],
      },
      {
        Sid: "StoreMetadata",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:GetItem"],
        Resource: ["arn:images"],
      },
      {
        Sid: "StoreTags",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource: ["arn:tags"],
      },
      rememberAnswers,
    ]);
  });
});

describe("stageImageStatements", () => {
  it("store an image among uploads, take it back, and remember the answer; and read none", () => {
    assert.deepEqual(stageImageStatements({ imagesBucket, imagesTable, idempotencyTable }), [
      {
        Sid: "StageImages",
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: ["arn:bucket/uploads/*"],
      },
      {
        Sid: "FindVersions",
        Effect: "Allow",
        Action: ["s3:ListBucketVersions"],
        Resource: ["arn:bucket"],
        Condition: { StringLike: { "s3:prefix": ["images/*", "uploads/*"] } },
      },
      {
        Sid: "RemoveVersions",
        Effect: "Allow",
        Action: ["s3:DeleteObjectVersion"],
        Resource: ["arn:bucket/images/*", "arn:bucket/uploads/*"],
      },
      {
        Sid: "NoteUploads",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:GetItem"],
        Resource: ["arn:images"],
      },
      rememberAnswers,
    ]);
  });
});

describe("createUploadStatements", () => {
  it("presign forms for uploads alone, note them, and remember the answer", () => {
    const arns = { imagesBucket, imagesTable, idempotencyTable };
    assert.deepEqual(createUploadStatements(arns), [
      {
        Sid: "PresignForms",
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: ["arn:bucket/uploads/*"],
      },
      {
        Sid: "NoteUploads",
        Effect: "Allow",
        Action: ["dynamodb:PutItem"],
        Resource: ["arn:images"],
      },
      rememberAnswers,
    ]);
  });
});

describe("getUploadStatements", () => {
  it("read uploads", () => {
    assert.deepEqual(getUploadStatements({ imagesTable }), [
      {
        Sid: "ReadUploads",
        Effect: "Allow",
        Action: ["dynamodb:GetItem"],
        Resource: ["arn:images"],
      },
    ]);
  });
});

describe("finaliseUploadStatements", () => {
  it("read versions of uploads, store images, and remove what is no longer needed", () => {
    assert.deepEqual(finaliseUploadStatements({ imagesBucket, imagesTable, tagsTable }), [
      {
        Sid: "ReadUploads",
        Effect: "Allow",
        Action: ["s3:GetObjectVersion"],
        Resource: ["arn:bucket/uploads/*"],
      },
      storeImages,
      {
        Sid: "RemoveUploads",
        Effect: "Allow",
        Action: ["s3:DeleteObjectVersion"],
        Resource: ["arn:bucket/uploads/*"],
      },
      {
        Sid: "FindVersions",
        Effect: "Allow",
        Action: ["s3:ListBucketVersions"],
        Resource: ["arn:bucket"],
        Condition: { StringLike: { "s3:prefix": ["images/*"] } },
      },
      {
        Sid: "RemoveVersions",
        Effect: "Allow",
        Action: ["s3:DeleteObjectVersion"],
        Resource: ["arn:bucket/images/*"],
      },
      {
        Sid: "StoreMetadata",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:PutItem"],
        Resource: ["arn:images"],
      },
      {
        Sid: "StoreTags",
        Effect: "Allow",
        Action: ["dynamodb:PutItem"],
        Resource: ["arn:tags"],
      },
    ]);
  });
});

describe("describeImageStatements", () => {
  it("reads and hides images, notes how they look or that they are none, and removes renditions", () => {
    const statements = describeImageStatements({
      imagesBucket: "arn:bucket",
      imagesTable: "arn:images",
      tagsTable: "arn:tags",
      renditionsBucket: "arn:renditions",
      imageDistribution: "arn:distribution",
    });
    assert.deepEqual(statements, [
      {
        Sid: "ReadAndHideImages",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:DeleteObject"],
        Resource: ["arn:bucket/images/*"],
      },
      {
        Sid: "DescribeImages",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:PutItem"],
        Resource: ["arn:images"],
      },
      {
        Sid: "RemoveTags",
        Effect: "Allow",
        Action: ["dynamodb:DeleteItem"],
        Resource: ["arn:tags"],
      },
      ...removesRenditions,
    ]);
  });
});

describe("sweepImagesStatements", () => {
  it("find what is unfinished by its index, hide it, and remove its versions and its row", () => {
    assert.deepEqual(sweepImagesStatements({ imagesBucket, imagesTable, ...renditions }), [
      {
        Sid: "FindUnfinished",
        Effect: "Allow",
        Action: ["dynamodb:Query"],
        Resource: ["arn:images/index/SweepIndex"],
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["sweep", "renditions"] },
          Null: { "dynamodb:LeadingKeys": ["false"] },
        },
      },
      {
        Sid: "RemoveMetadata",
        Effect: "Allow",
        Action: [
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
        ],
        Resource: ["arn:images"],
      },
      {
        Sid: "FindVersions",
        Effect: "Allow",
        Action: ["s3:ListBucketVersions"],
        Resource: ["arn:bucket"],
        Condition: { StringLike: { "s3:prefix": ["images/*", "uploads/*"] } },
      },
      {
        Sid: "RemoveVersions",
        Effect: "Allow",
        Action: ["s3:DeleteObjectVersion"],
        Resource: ["arn:bucket/images/*", "arn:bucket/uploads/*"],
      },
      ...removesRenditions,
    ]);
  });
});
