import { executablePath } from "./chromium";
import { closePage } from "./page-pool";

/**
 * As `describe`; where no Chromium is installed, its tests are listed as pending. Each file that a process runs has a
 * `describe` of its own, which is looked for when it is called.
 *
 * What a test that has failed still does in its page is not to reach the next one's.
 */
export function describeInBrowser(title: string, tests: (this: Mocha.Suite) => void): void {
  const run = executablePath ? describe : describe.skip;
  run(title, function () {
    tests.call(this);
    afterEach(async function () {
      if (this.currentTest?.state === "failed") {
        await closePage();
      }
    });
  });
}
