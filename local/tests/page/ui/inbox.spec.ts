import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describeInBrowser } from "../../../../tests/support/browser";
import {
  assertAccessible,
  openPage,
  type OpenPage,
  widths,
  exactly,
} from "../../../../tests/support/page";
import type { ShopRun } from "../support/shop-run";
import { shopRun } from "../support/shop-run";

describeInBrowser("the view Inbox", function () {
  this.timeout(60_000);

  let run: ShopRun;
  let opened: OpenPage;
  let page: Page;
  const root = { kind: "root", arn: "arn:aws:iam::000000000000:root" } as const;

  before(async function () {
    this.timeout(120_000);
    run = await shopRun();
  });
  afterEach(() => opened.close());

  async function open(hash: string, width?: number): Promise<void> {
    opened = await openPage(`${run.page}/${hash}`, width);
    ({ page } = opened);
  }

  const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const send = (queue: string, body: string) => {
    run.cloud.services.sqs.send({ queueArn: queueArn(queue), body, principal: root });
  };
  const queue = (name: string) =>
    run.cloud.services.sqs.queues().find(({ settings }) => settings.name === name);

  it("shows a mail as people read it, with links that tell nobody where they were followed", async () => {
    await open("#/inbox");
    await page.getByRole("link", { name: /Subscription Confirmation/ }).click();
    const mail = page.getByRole("article", {
      name: "AWS Notification - Subscription Confirmation",
    });
    await mail.getByText("Shop – Alerts <no-reply@sns.amazonaws.com>").first().waitFor();
    await mail.getByText("ada@example.com", { exact: true }).first().waitFor();
    const link = mail.getByRole("link");
    assert.match(
      (await link.getAttribute("href")) ?? "",
      /^https:\/\/sns\..*Endpoint=ada%40example\.com$/,
    );
    assert.equal(await link.getAttribute("rel"), "noreferrer noopener");
  });

  it("leads to the top of a mail on a phone, and back to where it is among the mails", async () => {
    await open("#/inbox", 320);
    const link = page.getByRole("link", { name: /Subscription Confirmation/ });
    await link.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "All mails" }).waitFor();
    await page.locator("main:focus").waitFor();
    assert.equal(await page.evaluate("scrollY"), 0);
    await page.getByRole("link", { name: "All mails" }).click();
    await page.locator(":focus", { hasText: "Subscription Confirmation" }).waitFor();
    assert.equal(await link.isVisible(), true);
  });

  it("leaves the focus on a mail's link where mail and list are side by side", async () => {
    await open("#/inbox");
    await page.getByRole("link", { name: /Subscription Confirmation/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("article").waitFor();
    await page.locator(":focus", { hasText: "Subscription Confirmation" }).waitFor();
  });

  it("shows a mail beside a list that is longer than the screen, wherever in it the mail is", async () => {
    for (let day = 1; day <= 31; day += 1) {
      const date = `2001-01-${String(day).padStart(2, "0")}`;
      const mail = [
        `Subject: News of ${date}`,
        "From: news@example.com",
        `Date: ${new Date(date).toUTCString()}`,
        "",
        "Nothing has happened.",
      ];
      writeFileSync(
        join(run.dataDir, "inbox", `${date.replaceAll("-", "")}T000000.000Z-1-news.eml`),
        mail.join("\n"),
      );
    }
    await open("#/inbox");
    await page.getByRole("link", { name: /News of 2001-01-02/ }).click();
    const mail = page.getByRole("article", { name: "News of 2001-01-02" });
    const box = await mail.getByText("Nothing has happened.").boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 800, JSON.stringify(box));
    assert.equal(await page.getByRole("link", { name: /News of 2001-01-02/ }).isVisible(), true);
  });

  it("shows a mail from its top that is opened where another was read to its end", async () => {
    // So many that the page is longer than the screen without the mail, too.
    for (let number = 1; number <= 30; number += 1) {
      writeFileSync(
        join(run.dataDir, "inbox", `20010201T000000.000Z-${number}-long.eml`),
        `Subject: Long ${number}\nDate: Thu, 01 Feb 2001 00:00:00 +0000\n\n${"line\n".repeat(300)}`,
      );
    }
    await open("#/inbox");
    await page.getByRole("link", { name: /Long 1\b/ }).click();
    await page.getByRole("article", { name: "Long 1", exact: true }).waitFor();
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.getByRole("link", { name: /Long 2\b/ }).click();
    await page.getByRole("article", { name: "Long 2", exact: true }).waitFor();
    assert.equal(await page.evaluate("scrollY"), 0);
    await page.locator(":focus", { hasText: "Long 2" }).waitFor();
  });

  it("shows a mail that comes at once, first, and nothing in it as markup", async () => {
    await open("#/inbox");
    await page.getByRole("link", { name: /Subscription Confirmation/ }).waitFor();
    const mail = [
      "Subject: =?utf-8?Q?Ann=C3=A9e_<b>bonne</b>?=",
      "From: =?utf-8?B?w4lsb8Ovc2U=?= <eloise@example.com>",
      "To: ada@example.com",
      "Date: Sun, 29 Nov 2026 04:00:00 +0000",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "<img src=3Dx onerror=3Dalert(1)> see https://example.com/a?b=3Dc. Caf=C3=A9",
      "",
    ].join("\n");
    writeFileSync(join(run.dataDir, "inbox", "20991231T235959.000Z-1-new.eml"), mail);
    const first = page.getByRole("navigation", { name: "Mails" }).getByRole("link").first();
    await first.getByText("Année <b>bonne</b>").waitFor();
    await first.getByText("Éloïse").waitFor();
    await first.click();
    const text = page.locator(".mail-text");
    await text.waitFor();
    assert.equal(
      (await text.innerText()).trim(),
      "<img src=x onerror=alert(1)> see https://example.com/a?b=c. Café",
    );
    assert.equal(await text.getByRole("link").getAttribute("href"), "https://example.com/a?b=c");
  });

  it("shows what waits in a queue without hiding it from its consumers, as it comes", async () => {
    await open("#/inbox/queues/jobs");
    await page.getByText("Nothing waits in this queue").waitFor();
    send("jobs", JSON.stringify({ print: 7 }));
    await page.getByText('"print"').waitFor();
    assert.deepEqual(queue("jobs")?.depth(), { visible: 1, inFlight: 0, delayed: 0 });
    assert.equal(queue("jobs")?.peek()[0]?.receiveCount, 0);
    queue("jobs")?.purge();
    await page.getByText("Nothing waits in this queue").waitFor();
  });

  it("says of a queue that not all of its messages are shown", async () => {
    run.cloud.services.sqs.createQueue({ name: "crowd" });
    for (let number = 1; number <= 124; number += 1) {
      send("crowd", String(number));
    }
    await open("#/inbox/queues/crowd");
    await page.getByText("The oldest 100 of 124 messages are shown.").waitFor();
    run.cloud.services.sqs.deleteQueue("crowd");
  });

  it("lets what functions and queues gave up be tried again, and says what stays", async () => {
    const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    const failed = (payload: object) =>
      JSON.stringify({
        version: "1.0",
        requestContext: { requestId: "1", functionArn, condition: "RetriesExhausted" },
        requestPayload: payload,
      });
    send("failures", failed({ fail: true }));
    send("failures", failed({}));
    await open("#/inbox/queues/failures");
    await exactly(page.getByText("worker failed"), 2);
    await page.getByRole("button", { name: "Redrive" }).click();
    await page.getByText("1 message redriven; left: worker failed again").waitFor();
    assert.deepEqual(queue("failures")?.depth(), { visible: 1, inFlight: 0, delayed: 0 });
    await exactly(page.getByText("worker failed", { exact: true }), 1);
  });

  it("shows alarms with their state, why it is so and what they look at", async () => {
    await open("#/inbox/alarms");
    const alarm = page.getByRole("listitem").filter({ hasText: "Jobs were given up." });
    await alarm.getByText("ALARM", { exact: true }).waitFor();
    await alarm.getByText(/Threshold Crossed: 1 datapoint \[/).waitFor();
    await alarm
      .getByText(
        "Maximum of AWS/SQS ApproximateNumberOfMessagesVisible is greater than 0 in 1 of 1 periods of 60 s",
      )
      .waitFor();
    await alarm.getByText("failures", { exact: true }).waitFor();
    const rate = page.getByRole("listitem").filter({ hasText: "100 * errors / runs" });
    await rate
      .getByText("100 * errors / runs is greater than 5 in 2 of 3 periods of 60 s", { exact: true })
      .waitFor();
    await rate.getByText("Sum of AWS/Lambda Errors of worker", { exact: true }).waitFor();
    const composite = page.getByRole("listitem").filter({ hasText: "shop-works" });
    await composite.getByText("ALARM", { exact: true }).waitFor();
    await composite.getByText(/:alarm:failures-waiting transitioned to ALARM at/).waitFor();
    await composite
      .getByText('ALARM("failures-waiting") OR ALARM("jobs-failing")', { exact: true })
      .waitFor();
    await page.getByRole("link", { name: /^Mails/ }).click();
    await page.getByRole("link", { name: /ALARM: "failures-waiting"/ }).waitFor();
  });

  it("says of a side that it does not have that there is none", async () => {
    await open("#/inbox/nope");
    await page.getByText("The inbox has no side “nope”").waitFor();
    await page.getByRole("link", { name: /^Mails/ }).waitFor();
  });

  for (const width of widths) {
    it(`is accessible in light and dark on ${width} pixels`, async () => {
      await open("#/inbox", width);
      await assertAccessible(page);
      await page.getByRole("navigation", { name: "Mails" }).getByRole("link").last().click();
      await page.getByRole("article").waitFor();
      await assertAccessible(page);
      for (const [side, shown] of [
        ["Alarms", "Threshold Crossed"],
        ["Queues", "failures"],
      ] as const) {
        await page.getByRole("link", { name: new RegExp(`^${side}`) }).click();
        await page.getByText(shown).first().waitFor();
        await assertAccessible(page);
      }
      await page.getByRole("link", { name: "failures", exact: true }).click();
      await page.getByRole("heading", { name: "failures" }).waitFor();
      await assertAccessible(page);
    });
  }
});
