import assert from "node:assert/strict";
import { renderImageStatements } from "../../../components/policies/render-statements";

describe("renderImageStatements", () => {
  it("read images and their rows, and store, presign and take back renditions alone", () => {
    const arns = {
      imagesBucket: "arn:images",
      imagesTable: "arn:table",
      renditionsBucket: "arn:renditions",
    };
    assert.deepEqual(
      renderImageStatements(arns).map(({ Effect, Action, Resource }) => [Effect, Action, Resource]),
      [
        ["Allow", ["dynamodb:GetItem"], ["arn:table"]],
        ["Allow", ["s3:GetObject"], ["arn:images/images/*"]],
        ["Allow", ["s3:PutObject"], ["arn:renditions/i/*"]],
        ["Allow", ["s3:GetObject"], ["arn:renditions/i/*"]],
        ["Allow", ["s3:DeleteObjectVersion"], ["arn:renditions/i/*"]],
      ],
    );
  });
});
