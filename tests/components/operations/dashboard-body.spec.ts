import assert from "node:assert/strict";
import {
  alarmArgs,
  functionThrottleAlarms,
  queueAlarms,
  stageAlarms,
} from "../../../components/operations/alarms";
import { dashboardBody } from "../../../components/operations/dashboard-body";
import type {
  DashboardSubjects,
  KnownSubjects,
} from "../../../components/operations/dashboard-subjects";
import { dashboardMessages } from "../../../local/aws/cloudwatch/dashboard-body";
import { outputValue } from "../../support/pulumi";

const subjects: DashboardSubjects = {
  title: "shop-test",
  region: "us-east-1",
  alarms: [
    ...stageAlarms("shop", "shop-test", "v1"),
    ...functionThrottleAlarms({ "render-image": { name: "render-1" } }),
    ...queueAlarms("failures", "failures-1"),
  ],
  alarmArns: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-test"],
  api: { name: "shop-test", stage: "v1" },
  functions: { "get-image": "get-1", "render-image": "render-1" },
  logGroups: { "get-image": "/aws/lambda/get-1", "access log": "/aws/apigateway/1" },
  distributions: { images: "E1", results: "E2" },
  buckets: { images: "images-1" },
  tables: { images: "table-1" },
};

interface Placed {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: Record<string, unknown> & { title?: string; metrics?: unknown[][] };
}

async function widgetsOf(change: Partial<DashboardSubjects> = {}): Promise<Placed[]> {
  const known = (await outputValue({ ...subjects, ...change })) as KnownSubjects;
  return dashboardBody(known).widgets;
}

async function graph(title: string, change: Partial<DashboardSubjects> = {}) {
  const found = (await widgetsOf(change)).filter(({ properties }) => properties.title === title);
  assert.equal(found.length, 1, title);
  return found[0]?.properties;
}

const metrics = { namespace: "Darkroom", dimensions: { service: "shop", stage: "test" } };

describe("dashboardBody", () => {
  it("is accepted by CloudWatch, with business metrics and without", async () => {
    for (const change of [
      {},
      { metrics },
      { region: "eu-west-1" },
      { repositoryUrl: "https://a.example/b" },
    ]) {
      const known = (await outputValue({ ...subjects, ...change })) as KnownSubjects;
      assert.deepEqual(dashboardMessages(JSON.stringify(dashboardBody(known))), []);
    }
  });

  it("stays below what a graph and a dashboard may have", async () => {
    const functions = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`operation-${index}`, `function-${index}`]),
    );
    const widgets = await widgetsOf({ functions, metrics });
    assert.ok(widgets.length <= 500);
    assert.ok(widgets.every(({ properties }) => (properties.metrics ?? []).length <= 100));
  });

  it("has no two widgets in one place, and none beyond the edge", async () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of await widgetsOf({ metrics })) {
      assert.ok(x + width <= 24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          assert.ok(!taken.has(`${column} ${row}`));
          taken.add(`${column} ${row}`);
        }
      }
    }
  });

  it("says of every graph which region it is of, and takes CloudFront's from where it publishes", async () => {
    for (const { type, properties } of await widgetsOf({ region: "eu-west-1", metrics })) {
      if (type !== "metric") {
        continue;
      }
      const ofCloudFront = (properties.metrics ?? []).filter(([name]) => name === "AWS/CloudFront");
      const regions = ofCloudFront.map((line) => (line.at(-1) as { region?: string }).region);
      assert.ok(
        ofCloudFront.length === 0
          ? properties.region === "eu-west-1"
          : regions.every((region) => (region ?? properties.region) === "us-east-1"),
        properties.title,
      );
    }
  });

  it("draws what alarms watch by the alarms' own metrics, each with its threshold", async () => {
    for (const definition of subjects.alarms) {
      const drawn = await graph(definition.suffix);
      const args = alarmArgs(definition);
      const annotations = drawn?.annotations as { horizontal: { value: number }[] };
      assert.equal(annotations.horizontal[0]?.value, args.threshold);
      const { metricQueries } = args as {
        metricQueries?: { expression?: string; metric?: object }[];
      };
      const names = (drawn?.metrics ?? [])
        .filter((line) => line.length > 1)
        .map(([, name]) => name);
      assert.deepEqual(
        names,
        metricQueries
          ? metricQueries.flatMap(
              ({ metric }) => (metric as { metricName: string } | undefined)?.metricName ?? [],
            )
          : [args.metricName],
      );
    }
  });

  it("draws an alarm's expression, and hides what it is made of", async () => {
    const drawn = await graph("api-errors");
    const of = (name: string, id: string) => [
      "AWS/ApiGateway",
      name,
      ...["ApiName", "shop-test", "Stage", "v1"],
      { id, visible: false },
    ];
    assert.deepEqual(drawn?.metrics, [
      [
        {
          expression: "IF(requests >= 10, 100 * errors / requests, 0)",
          id: "watched",
          label: "api-errors",
        },
      ],
      of("5XXError", "errors"),
      of("Count", "requests"),
    ]);
    assert.deepEqual([drawn.period, drawn.stat, drawn.region], [60, "Sum", "us-east-1"]);
  });

  it("shows the states of all alarms", async () => {
    const states = (await widgetsOf()).filter(({ type }) => type === "alarm");
    assert.deepEqual(
      states.map(({ properties }) => properties.alarms),
      [subjects.alarmArns],
    );
  });

  it("tells how many renditions were there, where one region has both metrics", async () => {
    const drawn = await graph("Renditions that were there");
    assert.deepEqual(drawn?.metrics, [
      [
        {
          expression: "IF(asked > 0, 100 * (1 - FILL(made, 0) / asked))",
          id: "there",
          label: "needed no rendering",
        },
      ],
      [
        "AWS/CloudFront",
        "Requests",
        ...["DistributionId", "E1", "Region", "Global"],
        { id: "asked", visible: false },
      ],
      ["AWS/Lambda", "Invocations", "FunctionName", "render-1", { id: "made", visible: false }],
    ]);
  });

  it("draws both metrics of renditions elsewhere, as no rate can be made of them", async () => {
    const title = "Renditions that were there: asked for, and made";
    const drawn = await graph(title, { region: "eu-west-1" });
    assert.deepEqual(drawn?.metrics, [
      [
        "AWS/CloudFront",
        "Requests",
        ...["DistributionId", "E1", "Region", "Global"],
        { region: "us-east-1", label: "asked for" },
      ],
      ["AWS/Lambda", "Invocations", "FunctionName", "render-1", { label: "made" }],
    ]);
  });

  it("takes sizes of buckets as S3 publishes them, once a day", async () => {
    const drawn = await graph("Bytes in buckets, day by day");
    assert.deepEqual(
      [drawn?.metrics, drawn?.period, drawn?.stat],
      [
        [
          [
            "AWS/S3",
            "BucketSizeBytes",
            ...["BucketName", "images-1", "StorageType", "StandardStorage"],
            { label: "images" },
          ],
        ],
        86_400,
        "Average",
      ],
    );
  });

  it("draws business metrics only where there are any", async () => {
    const titles = (widgets: Placed[]) => widgets.map(({ properties }) => properties.title);
    const [without, having] = [titles(await widgetsOf()), titles(await widgetsOf({ metrics }))];
    assert.deepEqual(
      having.filter((title) => !without.includes(title)),
      ["Images", "Bytes of images, and results", "Until an image or a rendition is there"],
    );
    const drawn = await graph("Images", { metrics });
    assert.deepEqual(drawn?.metrics?.[0], [
      "Darkroom",
      "ImagesReady",
      ...["service", "shop", "stage", "test"],
      {},
    ]);
  });

  it("links to the runbooks, or names where they are", async () => {
    const textOf = async (change: Partial<DashboardSubjects>) =>
      String((await widgetsOf(change))[0]?.properties.markdown);
    assert.match(await textOf({}), /the runbooks, docs\/runbooks\/README\.md\./);
    assert.match(
      await textOf({ repositoryUrl: "https://github.com/acme/darkroom" }),
      /\[runbooks\]\(https:\/\/github\.com\/acme\/darkroom\/blob\/HEAD\/docs\/runbooks\/README\.md\)/,
    );
  });
});
