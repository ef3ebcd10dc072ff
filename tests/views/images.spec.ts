import { strict as assert } from "node:assert";
import { EventEmitter, once } from "node:events";
import type { Page, Route } from "playwright-core";
import sharp from "sharp";
import { call } from "../e2e/support/api";
import { metadataOf, tryUpload } from "../e2e/support/images";
import type { Stack } from "../e2e/support/stack";
import { describeInBrowser } from "../support/browser";
import { assertAccessible, type OpenPage, openPage, widths, exactly } from "../support/page";
import { type ChosenFile, largePhotograph, photograph } from "./support/photographs";
import { viewedRun } from "./support/run";

describeInBrowser("the view Images", function () {
  this.timeout(120_000);

  let url: string;
  let stack: Stack;
  let opened: OpenPage;
  let page: Page;
  let photographs: ChosenFile[];

  before(async () => {
    [{ page: url, stack }, photographs] = await Promise.all([
      viewedRun(),
      Promise.all(["harbour.jpg", "alps.jpg", "dunes.jpg"].map((name, at) => photograph(at, name))),
    ]);
  });
  afterEach(() => opened.close());

  async function open(hash = "#/images", width?: number): Promise<void> {
    opened = await openPage(`${url}/${hash}`, width);
    ({ page } = opened);
    await page.getByText("Loading …").waitFor({ state: "detached" });
  }

  const tiles = () => page.getByRole("listitem").filter({ has: page.locator(".tile") });
  const tile = (name: string) => page.getByRole("link", { name });

  async function choose(...files: ChosenFile[]): Promise<void> {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose images" }).click();
    await (await choosing).setFiles(files);
  }

  /** The name of what has the focus. */
  const focused = async () =>
    await page.evaluate<string | null>(
      "document.activeElement.ariaLabel ?? document.activeElement.textContent",
    );

  /** Width and height of the picture of a tile, once it is there. */
  async function pictureOf(name: string): Promise<unknown> {
    await page.locator(".picture-shown").first().waitFor();
    return await page.evaluate(`(async () => {
      const tile = [...document.querySelectorAll(".tile")].find((each) => each.textContent.includes("${name}"));
      const image = tile.querySelector("img");
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    })()`);
  }

  it("uploads several images at once for a user, and shows renditions of them", async () => {
    await open();
    await page.getByRole("textbox", { name: "Upload for user" }).fill("grace");
    await choose(...photographs);
    await page.getByText("3 uploaded").waitFor();
    for (const { name } of photographs) {
      await tile(name).waitFor();
    }
    const text = await tile("harbour.jpg").innerText();
    assert.match(text, /harbour\.jpg\s+grace · 300 × 200 · [\d.]+ KB/);
    // The preset `small`, of which no image is enlarged.
    assert.deepEqual(await pictureOf("harbour.jpg"), [300, 200]);
    const source = await page.locator(".tile img").first().getAttribute("src");
    assert.match(source ?? "", /^http:\/\/127\.0\.0\.1:\d+\/i\/[0-9a-f-]{36}\/small\?Expires=/);
  });

  it("sends what is larger than 4 MB straight to the bucket, telling how far it is", async () => {
    await open();
    const sent = page.waitForRequest((request) => request.url().includes("/v1/uploads"));
    await choose(await largePhotograph("grain.png"));
    await page.getByRole("progressbar", { name: "Upload of grain.png" }).waitFor();
    assert.equal((await sent).method(), "POST");
    await page.getByText("1 uploaded").waitFor();
    await tile("grain.png").waitFor();
  });

  it("says in the API's words why an image is refused, which no other attempt changes", async () => {
    await open();
    opened.expect(/status of 415/);
    await choose({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await page.getByText("1 failed").waitFor();
    const note = page.getByRole("alert");
    assert.match(await note.innerText(), /415 ContentTypeMismatch/);
    await exactly(page.getByRole("button", { name: "Try again" }), 0);
    await page.getByRole("button", { name: "Dismiss notes.png" }).click();
    await page.getByText("notes.png").waitFor({ state: "detached" });
    assert.equal(await focused(), "Choose images");
  });

  it("tries again what got no answer, one by one or all together, and says where the focus is", async () => {
    await open();
    opened.expect(/ERR_FAILED/);
    await page.route(/\/v1\/images\?imageName/, (route) => route.abort(), { times: 3 });
    await choose(...photographs.map((each, index) => ({ ...each, name: `again-${index}.jpg` })));
    await page.getByText("3 failed").waitFor();
    await page.getByRole("button", { name: "Try again" }).first().click();
    await page.getByText("1 uploaded, 2 failed").waitFor();
    assert.match((await focused()) ?? "", /^Dismiss again-/);
    await page.getByRole("button", { name: "Try all again" }).click();
    await page.getByText("3 uploaded").waitFor();
  });

  it("lets go of an upload that is looked at, and no longer to be cancelled", async () => {
    await open();
    const json = { uploadId: "7", status: "pending" };
    await page.route(/\/v1\/uploads\/./, (route) => route.fulfill({ json }));
    await choose(await largePhotograph("looked-at.png"));
    await page.getByRole("button", { name: "Dismiss looked-at.png" }).click();
    await page.getByRole("button", { name: /looked-at/ }).waitFor({ state: "detached" });
  });

  it("sends nothing of what is cancelled while it is announced", async () => {
    await open();
    const asked = new EventEmitter();
    const announced = once(asked, "announced") as Promise<[Route]>;
    await page.route("**/v1/uploads", (route) => asked.emit("announced", route), { times: 1 });
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    await choose(await largePhotograph("cancelled.png"));
    const [route] = await announced;
    await page.getByRole("button", { name: "Cancel cancelled.png" }).click();
    await route.fulfill({ status: 500, body: "" }).catch(() => undefined);
    await page.getByText("cancelled.png").waitFor({ state: "detached" });
    // What is asked after it has gone before by then.
    await page.getByRole("button", { name: "Filter" }).click();
    assert.deepEqual(
      sent.filter((each) => each.includes("bucket") || each.includes("uploads/")),
      [],
    );
  });

  it("leaves the page where it is when files are dropped on a view that takes none", async () => {
    await open("#/requests");
    assert.equal(
      await page.evaluate(`(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["x"], "x.jpg"));
        return ["dragover", "drop"].map((type) => {
          const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
          document.body.dispatchEvent(event);
          return event.defaultPrevented;
        }).join();
      })()`),
      "true,true",
    );
  });

  it("says why a direct upload is rejected once it was looked at", async () => {
    await open();
    const { buffer } = await largePhotograph("cut.png");
    await choose({ name: "cut.png", mimeType: "image/png", buffer: buffer.subarray(0, -50_000) });
    await page.getByText("1 failed").waitFor();
    assert.match(
      await page.getByRole("alert").innerText(),
      /The image is cut off: .*UnreadableImage/s,
    );
  });

  it("takes what is dropped or pasted anywhere", async () => {
    await open();
    const [first, second] = photographs.map(({ buffer }) => buffer.toString("base64"));
    for (const [event, data, base64, name] of [
      ["drop", "dataTransfer", first, "dropped.jpg"],
      ["paste", "clipboardData", second, "pasted.jpg"],
    ] as const) {
      await page.evaluate(`{
        const bytes = Uint8Array.from(atob("${base64 ?? ""}"), (each) => each.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], "${name}", { type: "image/jpeg" }));
        const Kind = "${event}" === "drop" ? DragEvent : ClipboardEvent;
        document.body.dispatchEvent(new Kind("${event}", { bubbles: true, cancelable: true, ${data}: transfer }));
      }`);
      await tile(name).waitFor();
    }
  });

  it("takes what is dropped in the moment in which the page is there", async () => {
    await open();
    await opened.prepare(`new MutationObserver((_, observer) => {
      const button = document.querySelector(".drop button");
      if (button) {
        observer.disconnect();
        const transfer = new DataTransfer();
        transfer.items.add(new File(["no picture"], "early.png", { type: "image/png" }));
        button.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }
    }).observe(document, { childList: true, subtree: true })`);
    opened.expect(/status of 415/);
    await page.reload();
    await page.getByText("1 failed").waitFor();
    await page.getByText("early.png").waitFor();
  });

  it("asks for other URLs of tiles where those of the list have ended", async () => {
    await open("#/requests");
    opened.expect(/status of 403/);
    await page.route(
      "**/v1/images?preset=*",
      async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replaceAll(/Expires=\d+/g, "Expires=1");
        await route.fulfill({ response: answer, body });
      },
      { times: 1 },
    );
    await page.getByRole("link", { name: "Images", exact: true }).click();
    await page.locator(".picture-shown").first().waitFor();
    await exactly(page.getByText("Not shown"), 0);
  });

  it("shows placeholders in the room of the pictures, so that nothing moves", async () => {
    await open();
    await tiles().first().waitFor();
    const box = await tiles().first().boundingBox();
    // Pictures that never come.
    await page.route("**/i/**", () => undefined);
    await page.reload();
    await tiles().first().waitFor();
    assert.deepEqual(await tiles().first().boundingBox(), box);
    const background = await page.evaluate(
      "getComputedStyle(document.querySelector('.picture')).backgroundImage",
    );
    assert.match(String(background), /^url\("data:image\/png;base64,/);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  it("shows what others upload, change and delete as it happens, with one opened, too", async () => {
    await open();
    const { imageId } = metadataOf(await tryUpload(stack, { userId: "others" }));
    await tile("unnamed others").click();
    await page.getByRole("heading", { level: 1, name: "unnamed" }).waitFor();
    // It is looked at after it was stored.
    await page
      .getByRole("definition")
      .filter({ hasText: /#[0-9a-f]{6}/ })
      .waitFor();
    await page.getByRole("textbox", { name: /^Tags/ }).fill("written: here");
    const renamed = { method: "PATCH", body: JSON.stringify({ imageName: "renamed" }) };
    const headers = { "content-type": "application/json" };
    await call(stack, `/images/${imageId}`, { ...renamed, headers });
    await page.getByRole("heading", { level: 1, name: "renamed" }).waitFor();
    // What was written meanwhile stays, and takes nothing back.
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    await page.getByText("written:here").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Name" }).inputValue(), "renamed");
    // The page may just be asking for what it shows of the image.
    opened.expect(/status of 404/);
    await call(stack, `/images/${imageId}`, { method: "DELETE" });
    await page.getByRole("alert").filter({ hasText: "The image was deleted." }).waitFor();
    await page.getByRole("link", { name: "All images" }).click();
    await page.getByRole("heading", { level: 1, name: "Images" }).waitFor();
    await exactly(tile("renamed"), 0);
  });

  it("says that an image was deleted, whatever is answered of it later", async () => {
    await open();
    const { imageId } = metadataOf(await tryUpload(stack, { userId: "fleeting" }));
    await tile("unnamed fleeting").click();
    await page.getByRole("heading", { level: 1, name: "unnamed" }).waitFor();
    opened.expect(/status of 404/);
    const asked = new EventEmitter();
    await page.route(`**/images/${imageId}`, (route) => asked.emit("again", route), { times: 1 });
    const again = once(asked, "again") as Promise<[Route]>;
    const renamed = { method: "PATCH", body: JSON.stringify({ imageName: "late" }) };
    const headers = { "content-type": "application/json" };
    await call(stack, `/images/${imageId}`, { ...renamed, headers });
    const [route] = await again;
    const response = await route.fetch();
    await call(stack, `/images/${imageId}`, { method: "DELETE" });
    const alert = page.getByRole("alert").filter({ hasText: "The image was deleted." });
    await alert.waitFor();
    await route.fulfill({ response });
    await page.getByRole("heading", { level: 1, name: "late" }).waitFor();
    await alert.waitFor();
  });

  it("keeps what is written while a change is saved", async () => {
    await open();
    await tryUpload(stack, { userId: "hasty" });
    await tile("unnamed hasty").click();
    const tags = page.getByRole("textbox", { name: /^Tags/ });
    await page.getByRole("textbox", { name: "Name" }).fill("saved first");
    await page.route("**/images/*", async (route) => {
      if (route.request().method() === "PATCH") {
        await tags.fill("written: meanwhile");
      }
      await route.continue();
    });
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "saved first" }).waitFor();
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    assert.equal(await tags.inputValue(), "written: meanwhile");
    await page.unrouteAll();
  });

  it("shows what is behind an image that can be seen through, and not its own colour", async () => {
    await open();
    const create = { width: 8, height: 8, channels: 4, background: "#f008" } as const;
    const buffer = await sharp({ create }).png().toBuffer();
    await choose({ name: "glass.png", mimeType: "image/png", buffer });
    await tile("glass.png").locator(".picture-shown").waitFor();
    await page.reload();
    const picture = tile("glass.png").locator(".picture-shown");
    await picture.waitFor();
    assert.deepEqual(
      await picture.evaluate(
        ({ style }: { style: { backgroundColor: string; backgroundImage: string } }) => [
          style.backgroundColor,
          style.backgroundImage,
        ],
      ),
      ["", ""],
    );
  });

  it("filters by user and tag, by an address that can be kept", async () => {
    await open();
    await page.getByRole("textbox", { name: "By user" }).fill("grace");
    await page.getByRole("button", { name: "Filter" }).click();
    await tile("pasted.jpg").waitFor({ state: "detached" });
    await tile("alps.jpg").waitFor();
    assert.equal(new URL(page.url()).hash, "#/images?user=grace");
    await tile("alps.jpg").click();
    await page.getByRole("link", { name: "The filtered images" }).click();
    await tile("alps.jpg").waitFor();
    assert.equal(new URL(page.url()).hash, "#/images?user=grace");
    await page.getByRole("textbox", { name: "By tag" }).fill("album:nowhere");
    await page.keyboard.press("Enter");
    await page.getByText("No image is like that.").waitFor();
    await page.getByRole("link", { name: "Show all" }).first().click();
    await tile("pasted.jpg").waitFor();
  });

  it("changes an image's name, tags and focal point, by which it is found then", async () => {
    await open();
    await tile("alps.jpg").click();
    await page.getByRole("heading", { level: 1, name: "alps.jpg" }).waitFor();
    await page.getByRole("textbox", { name: "Name" }).fill("first light.jpg");
    await page.getByRole("textbox", { name: /^Tags/ }).fill("album: first\nseen");
    await page.getByRole("textbox", { name: /^Focal point/ }).fill("0.25, 0.75");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    await page.getByRole("textbox", { name: /^Tags/ }).fill("album: first\nalbum: second");
    await page.getByRole("button", { name: "Save" }).click();
    assert.equal(
      await page.evaluate<string>("document.querySelector('textarea').validationMessage"),
      "There are two tags album: an image has one of a key.",
    );
    await page.getByRole("heading", { level: 1, name: "first light.jpg" }).waitFor();
    await page.getByText("album:first").waitFor();
    await page.goto(`${url}/#/images?tag=album:first`);
    await tile("first light.jpg").waitFor();
    await exactly(tiles(), 1);
  });

  it("tries operations: what is wrong is said at once, and what is well is shown with its URL", async () => {
    await open();
    await tile("harbour.jpg").click();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("spinbutton", { name: "width", exact: true }).fill("120");
    await page.getByRole("combobox", { name: "fit", exact: true }).selectOption("contain");
    await page.getByText("fit needs width and height").waitFor();
    await page.getByRole("spinbutton", { name: "height", exact: true }).fill("120");
    await page.getByRole("combobox", { name: "format", exact: true }).selectOption("webp");
    await page.getByText(/^120 × 120 · image\/webp · [\d.]+ (B|KB) · /).waitFor();
    const signed = await page.getByLabel("Signed URL, for whoever has it").inputValue();
    assert.match(signed, /^https:.*\/width-120_height-120_fit-contain_format-webp\?Expires=/);
    const link = await page.getByRole("link", { name: "Open" }).getAttribute("href");
    const { width, height, format } = await sharp(
      await (await fetch(link ?? "")).arrayBuffer(),
    ).metadata();
    assert.deepEqual([width, height, format], [120, 120, "webp"]);
  });

  it("takes what is shown for what is asked no longer, once that cannot be made", async () => {
    await open();
    await tile("harbour.jpg").click();
    const width = page.getByRole("spinbutton", { name: "width", exact: true });
    await width.fill("130");
    await page.getByText(/^130 × \d+ · /).waitFor();
    await width.fill("90");
    await width.fill("50000");
    await page.getByText("What is asked for cannot be made: see the operations.").waitFor();
    await exactly(page.locator('.preview[aria-busy="true"]'), 0);
    await exactly(page.getByRole("button", { name: "Copy URL" }), 0);
    await width.fill("");
    await width.pressSequentially("100e");
    await page.getByText("from 1 to 8192, and what is typed is no number").waitFor();
    await exactly(page.getByRole("button", { name: "Copy URL" }), 0);
    await page.getByRole("button", { name: "Clear" }).click();
    await exactly(page.locator(".problem"), 0);
    assert.equal(await page.evaluate("document.querySelectorAll('input:invalid').length"), 0);
    await width.fill("90");
    await page.getByText(/^90 × \d+ · /).waitFor();
    await exactly(page.getByRole("button", { name: "Copy URL" }), 1);
  });

  it("uploads for whom the field says, also while somebody types there", async () => {
    await open();
    await page.getByRole("textbox", { name: "Upload for user" }).fill("linus");
    const [{ buffer } = assert.fail()] = photographs;
    const file = { name: "of-linus.jpg", mimeType: "image/jpeg", buffer };
    await page.locator("input[type=file]").setInputFiles([file]);
    await page.getByRole("link", { name: /of-linus\.jpg.*linus/s }).waitFor();
    for (const [typed, shown] of [
      ["  ", "linus"],
      [" grace ", "grace"],
    ] as const) {
      await page.getByRole("textbox", { name: "Upload for user" }).fill(typed);
      await page.getByRole("textbox", { name: "By tag" }).focus();
      assert.equal(
        await page.getByRole("textbox", { name: "Upload for user" }).inputValue(),
        shown,
      );
    }
  });

  it("compares the size and time of each format side by side", async () => {
    await open();
    await tile("harbour.jpg").click();
    await page.getByRole("button", { name: "Compare formats" }).click();
    const rows = page
      .getByRole("region", { name: "Size and time of each format" })
      .locator("tbody tr");
    await rows.nth(4).waitFor();
    const lines = (await rows.allInnerTexts()).map((line) => line.replaceAll(/\s+/g, " "));
    assert.deepEqual(
      lines.map((line) => line.split(" ")[0]),
      ["Original", "JPEG", "WebP", "AVIF", "PNG"],
    );
    for (const line of lines) {
      assert.match(line, /^\w+ [\d.]+ (B|KB|MB) [\d.]+ % [\d.]+ m?s [\d.]+ m?s image\/\w+$/);
    }
  });

  it("does all by keyboard alone: open an image, and delete it once that is confirmed", async () => {
    await open();
    // Early: the browser takes its time until it lets somebody else choose.
    const choosing = page.waitForEvent("filechooser", { timeout: 60_000 });
    await tile("dropped.jpg").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: "dropped.jpg as a rendition" }).waitFor();
    await page.getByRole("button", { name: "Delete" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Delete dropped.jpg?" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.getByRole("button", { name: "Delete for good" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Images" }).waitFor();
    await tile("pasted.jpg").waitFor();
    await exactly(tile("dropped.jpg"), 0);
    await page.getByRole("button", { name: "Choose images" }).focus();
    await page.keyboard.press("Enter");
    await choosing;
  });

  it("asks again before it deletes, when the browser has closed the question by itself", async () => {
    await open();
    await tile("pasted.jpg").click();
    const ask = page.getByRole("button", { name: "Delete", exact: true });
    const question = page.getByRole("dialog", { name: "Delete pasted.jpg?" });
    for (let time = 1; time <= 2; time++) {
      await ask.click();
      await question.waitFor();
      // As it does with Escape, when nobody has pressed anything else since the last time.
      await page.evaluate("document.querySelector('dialog').close()");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
  });

  it("says of an image that there is not any more what the API says", async () => {
    await open("#/images/00000000-0000-4000-8000-000000000000");
    opened.expect(/status of 404/);
    assert.match(await page.getByRole("alert").innerText(), /404 ImageNotFound/);
  });

  for (const width of widths) {
    it(`is accessible with images and with one opened, ${width} pixels wide`, async () => {
      await open("#/images", width);
      await tile("harbour.jpg").waitFor();
      await assertAccessible(page);
      await tile("harbour.jpg").click();
      await page.locator(".preview-frame img").waitFor();
      await page.evaluate(
        "document.querySelectorAll('details').forEach((each) => (each.open = true))",
      );
      await assertAccessible(page);
      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("dialog").waitFor();
      await assertAccessible(page);
    });
  }
});

describeInBrowser("the view Images of a stack with users", function () {
  this.timeout(120_000);

  let url: string;
  let opened: OpenPage;
  let page: Page;

  before(async () => {
    ({ page: url } = await viewedRun(
      "oidcIssuer=local",
      "oidcAdminClaim=role",
      "oidcAdminValue=admin",
    ));
  });
  afterEach(() => opened.close());

  async function signIn(user: string, isAdmin = false): Promise<void> {
    await page.getByRole("textbox", { name: "User", exact: true }).fill(user);
    await page.getByRole("checkbox", { name: "Admin" }).setChecked(isAdmin);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor({ state: "detached" });
  }

  async function open(): Promise<void> {
    opened = await openPage(`${url}/#/images`);
    ({ page } = opened);
    await page.getByText("Loading …").waitFor({ state: "detached" });
  }

  it("invites to drop images while there is none", async () => {
    await open();
    await page.getByText("There is no image yet.").waitFor();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await assertAccessible(page);
    }
  });

  it("shows each user their own images, and an admin those of all", async () => {
    await open();
    await signIn("grace");
    await page.getByText("There is no image yet.").waitFor();
    await exactly(page.getByRole("textbox", { name: "By user" }), 0);
    await page.locator("input[type=file]").setInputFiles([await photograph(0, "of-grace.jpg")]);
    await page.getByRole("link", { name: "of-grace.jpg" }).waitFor();
    await signIn("bob");
    await page.getByText("There is no image yet.").waitFor();
    await signIn("root", true);
    await page.getByRole("link", { name: /of-grace\.jpg.*grace/s }).waitFor();
    await page.getByRole("textbox", { name: "By user" }).fill("bob");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("No image is like that.").waitFor();
    await assertAccessible(page);
  });
});
