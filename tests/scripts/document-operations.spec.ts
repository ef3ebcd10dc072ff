import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { documentDashboard, documentQueries } from "../../scripts/document-operations";

describe("docs/queries.md", () => {
  it("has the queries as the program saves them", async () => {
    assert.equal(readFileSync("docs/queries.md", "utf8"), await documentQueries());
  });
});

describe("docs/dashboard.svg", () => {
  it("draws the graphs that the dashboard has", async () => {
    assert.equal(readFileSync("docs/dashboard.svg", "utf8"), await documentDashboard());
  });
});
