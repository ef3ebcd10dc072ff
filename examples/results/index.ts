import * as darkroom from "@pulumi/darkroom";

const storage = new darkroom.Storage("reports", { resultsLockDays: 7 });

const edge = new darkroom.Edge("reports", {
  results: storage.results,
  allowedOrigins: ["https://reports.example.com"],
});

export const bucket = storage.results.name;
export const url = edge.url;
