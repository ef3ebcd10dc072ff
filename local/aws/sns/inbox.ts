import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";

export interface Mail {
  /** Such as `"AWS Notifications" <no-reply@sns.amazonaws.com>`. */
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** The folder that stands for the mailboxes of all recipients: one `.eml` file per mail. */
export class Inbox {
  readonly #folder: string;
  readonly #transport = createTransport({ streamTransport: true, buffer: true, newline: "unix" });
  #count = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes `<time>-<n>-<subject>.eml`, readable for its owner only. The file appears complete.
   *
   * @returns its path.
   */
  async deliver(mail: Mail, date: Date): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const { subject, ...others } = mail;
    const { message } = await this.#transport.sendMail({ ...others, ...header(subject), date });
    this.#count += 1;
    const name = `${basicTime(date)}-${this.#count}-${slug(mail.subject)}.eml`;
    const path = join(this.#folder, name);
    const partial = join(this.#folder, `.${randomUUID()}.partial`);
    await writeFile(partial, message, { mode: 0o600 });
    await rename(partial, path);
    return path;
  }
}

/** Keeps a subject legible in the file: nodemailer would encode quotation marks, too. */
function header(subject: string) {
  const isAscii = /^[\x20-\x7e]*$/.test(subject);
  return isAscii ? { headers: { Subject: { prepared: true, value: subject } } } : { subject };
}

/** ISO 8601 without the separators that file systems refuse: `20260115T100020.000Z`. */
function basicTime(date: Date): string {
  return date.toISOString().replaceAll(/[-:]/g, "");
}

function slug(subject: string): string {
  const words = subject.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["mail"];
  return words.join("-").slice(0, 60);
}
