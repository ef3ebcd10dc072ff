import assert from "node:assert/strict";
import {
  deleteImageStatements,
  getImageContentStatements,
  getImageStatements,
  getImageUrlStatements,
  listImagesStatements,
  updateImageStatements,
} from "../../../components/policies/image-statements";
import { removesRenditions } from "./rendition-grants";

const imagesBucket = "arn:bucket";
const imagesTable = "arn:images";
const tagsTable = "arn:tags";
const renditions = { renditionsBucket: "arn:renditions", imageDistribution: "arn:distribution" };

const signingKey = "arn:parameter";

const readSigningKey = {
  Sid: "ReadSigningKey",
  Effect: "Allow",
  Action: ["ssm:GetParameter"],
  Resource: ["arn:parameter"],
};

const findImage = {
  Sid: "ReadMetadata",
  Effect: "Allow",
  Action: ["dynamodb:GetItem"],
  Resource: ["arn:images"],
};

const readImages = {
  Sid: "ReadImages",
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: ["arn:bucket/images/*"],
};

describe("listImagesStatements", () => {
  it("query indexes alone, read the images found, and presign URLs", () => {
    const arns = { imagesBucket, imagesTable, tagsTable, signingKey };
    assert.deepEqual(listImagesStatements(arns), [
      {
        Sid: "QueryIndexes",
        Effect: "Allow",
        Action: ["dynamodb:Query"],
        Resource: [
          "arn:images/index/UserIndex",
          "arn:images/index/SimilarIndex",
          "arn:tags/index/TagIndex",
          "arn:tags/index/UserTagIndex",
        ],
      },
      {
        Sid: "QueryTimeline",
        Effect: "Allow",
        Action: ["dynamodb:Query"],
        Resource: ["arn:images/index/TimelineIndex"],
        Condition: {
          "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["images"] },
          Null: { "dynamodb:LeadingKeys": ["false"] },
        },
      },
      {
        Sid: "ReadMetadata",
        Effect: "Allow",
        Action: ["dynamodb:BatchGetItem", "dynamodb:GetItem"],
        Resource: ["arn:images"],
      },
      readImages,
      readSigningKey,
    ]);
  });
});

describe("getImageStatements", () => {
  it("read metadata and images, and the key that signs URLs", () => {
    const statements = getImageStatements({ imagesBucket, imagesTable, signingKey });
    assert.deepEqual(statements, [findImage, readImages, readSigningKey]);
  });
});

describe("getImageUrlStatements", () => {
  it("read metadata and the key that signs URLs, and no image", () => {
    const statements = getImageUrlStatements({ imagesTable, signingKey });
    assert.deepEqual(statements, [findImage, readSigningKey]);
  });
});

describe("getImageContentStatements", () => {
  it("read metadata and images, and no key", () => {
    const statements = getImageContentStatements({ imagesBucket, imagesTable });
    assert.deepEqual(statements, [findImage, readImages]);
  });
});

describe("updateImageStatements", () => {
  it("change the row and the entries of tags, and remove renditions", () => {
    assert.deepEqual(updateImageStatements({ imagesTable, tagsTable, ...renditions }), [
      {
        Sid: "ChangeMetadata",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        Resource: ["arn:images"],
      },
      {
        Sid: "ChangeTags",
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource: ["arn:tags"],
      },
      ...removesRenditions,
    ]);
  });
});

describe("deleteImageStatements", () => {
  it("hide an image and remove its tags, all versions of its objects, and its row", () => {
    assert.deepEqual(
      deleteImageStatements({ imagesBucket, imagesTable, tagsTable, ...renditions }),
      [
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
          Sid: "RemoveTags",
          Effect: "Allow",
          Action: ["dynamodb:DeleteItem"],
          Resource: ["arn:tags"],
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
      ],
    );
  });
});
