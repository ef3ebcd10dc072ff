import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Address } from "postal-mime";
import { isSystemError } from "../../cli/user-error";
import { notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import { watchChanges } from "../watch-changes";
import type { Mail, MailsAnswer, MailSummary } from "./types";

/** So many of the latest mails are listed. */
const maxMails = 200;

/** The mails that were sent, newest first, and one of them as people read it. */
export function inboxRoutes(dir: string): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/inbox",
      answer: async (): Promise<MailsAnswer> => {
        const names = (await mailsIn(dir)).slice(0, maxMails);
        return { mails: await Promise.all(names.map((name) => summaryOf(dir, name))) };
      },
    },
    {
      method: "GET",
      path: "/api/inbox/{file}",
      answer: ({ params: { file = "" } }) => readMail(dir, file),
    },
  ];
}

/** Tells pages of mails that come. */
export function mailEvents(dir: string): EventSource {
  return (send) =>
    watchChanges(
      async () => new Map((await mailsIn(dir)).map((file) => [file, ""])),
      (file) => {
        send("mail", { file });
      },
    );
}

/** Names of the files, newest first: they begin with the time. */
async function mailsIn(dir: string): Promise<string[]> {
  try {
    const names = await readdir(dir);
    return names.filter((name) => /^[^.].*\.eml$/.test(name)).sort(byAgeAndNumber);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) {
      return [];
    }
    throw error;
  }
}

/** `<time>-<n>-…`: the numbers tell mails of one moment apart. */
function byAgeAndNumber(one: string, other: string): number {
  const [oneTime = "", oneNumber = ""] = one.split("-");
  const [otherTime = "", otherNumber = ""] = other.split("-");
  return oneTime === otherTime
    ? Number(otherNumber) - Number(oneNumber)
    : oneTime < otherTime
      ? 1
      : -1;
}

async function summaryOf(dir: string, file: string): Promise<MailSummary> {
  const { subject, from, to, at } = await readMail(dir, file);
  return { file, subject, from, to, at };
}

/** @throws ApiError when there is no such mail. */
async function readMail(dir: string, file: string): Promise<Mail> {
  // Compared with what there is: no name leads out of the folder.
  if (!(await mailsIn(dir)).includes(file)) {
    throw notFound(`There is no mail ${JSON.stringify(file)}.`);
  }
  const mail = await PostalMime.parse(await readFile(join(dir, file)));
  return {
    file,
    subject: mail.subject ?? "",
    from: textOf(mail.from),
    to: (mail.to ?? []).map(textOf).join(", "),
    at: mail.date ?? "",
    text: mail.text ?? mail.html ?? "",
    headers: mail.headers.map(({ originalKey, value }) => [originalKey, value]),
  };
}

function textOf(address: Address | undefined): string {
  const { name = "", address: mailbox = "" } = address ?? {};
  return name ? `${name} <${mailbox}>` : mailbox;
}
