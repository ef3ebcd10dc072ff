import assert from "node:assert/strict";
import { LogDeliveries } from "../../../aws/log-deliveries/log-deliveries";

const resourceArn = "arn:aws:cloudfront::123456789012:distribution/E1";
const source = { name: "logs", arn: "arn:source", resourceArn, logType: "ACCESS_LOGS", tags: {} };
const destination = {
  name: "to",
  tags: {},
  arn: "arn:destination",
  resourceArn: "arn:aws:s3:::logs",
  outputFormat: "json",
};
const delivery = {
  id: "d1",
  arn: "arn:delivery",
  sourceName: "logs",
  destinationArn: "arn:destination",
  recordFields: [],
  tags: {},
};

describe("LogDeliveries", () => {
  let lines: string[];
  let deliveries: LogDeliveries;

  beforeEach(() => {
    lines = [];
    deliveries = new LogDeliveries((line) => lines.push(line));
  });

  it("says once that nothing is delivered here", () => {
    deliveries.putSource(source);
    deliveries.putDestination(destination);
    deliveries.createDelivery(delivery);
    deliveries.createDelivery(delivery);
    assert.deepEqual(lines, [
      `AWS alone delivers ACCESS_LOGS of ${resourceArn} to arn:aws:s3:::logs: none is written here.`,
    ]);
  });

  it("knows no delivery without a source and a destination", () => {
    deliveries.putSource(source);
    assert.throws(
      () => {
        deliveries.createDelivery(delivery);
      },
      { code: "ResourceNotFoundException", message: /destination arn:destination/ },
    );
    assert.throws(
      () => {
        deliveries.createDelivery({ ...delivery, sourceName: "other" });
      },
      { code: "ResourceNotFoundException", message: /source other/ },
    );
  });

  it("has one source of the same logs, which can be put again", () => {
    deliveries.putSource(source);
    deliveries.putSource(source);
    assert.throws(
      () => {
        deliveries.putSource({ ...source, name: "again" });
      },
      { code: "ConflictException", message: /another Delivery Source in this account: logs/ },
    );
  });

  it("keeps what a delivery uses", () => {
    deliveries.putSource(source);
    deliveries.putDestination(destination);
    deliveries.createDelivery(delivery);
    const conflict = { code: "ConflictException" };
    assert.throws(() => {
      deliveries.deleteSource("logs");
    }, conflict);
    assert.throws(() => {
      deliveries.deleteDestination("arn:destination");
    }, conflict);
    deliveries.deleteDelivery("d1");
    deliveries.deleteSource("logs");
    deliveries.deleteDestination("arn:destination");
    assert.throws(
      () => {
        deliveries.createDelivery(delivery);
      },
      { code: "ResourceNotFoundException" },
    );
  });
});
