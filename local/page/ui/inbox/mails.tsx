import { Fragment } from "preact";
import type { Mail, MailSummary } from "../../api/types";
import { BackLink, Empty, ErrorNote, hrefTo, Loading, Time, useApi } from "../kit";
import { withLinks } from "./with-links";

/** The mails, newest first, and one of them beside. */
export function Mails({
  mails,
  file,
}: {
  mails: readonly MailSummary[];
  file: string | undefined;
}) {
  if (mails.length === 0) {
    return (
      <Empty title="No mail has come">
        <p>What topics send to subscribers by e-mail is delivered here.</p>
      </Empty>
    );
  }
  return (
    <div class={`split ${file === undefined ? "" : "split-open"}`}>
      <nav class="split-list" aria-label="Mails">
        <ul class="card mail-list">
          {mails.map((mail) => (
            <li key={mail.file}>
              <a
                href={hrefTo("inbox", ["mails", mail.file])}
                aria-current={mail.file === file ? "page" : undefined}
              >
                <span class="mail-subject">{mail.subject || "(no subject)"}</span>
                <span class="muted">
                  {mail.from.replace(/ <.*>$/, "")} · <Time at={mail.at} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="split-main">
        {file === undefined ? (
          <Empty title="Choose a mail" />
        ) : (
          <Fragment key={file}>
            <BackLink href={hrefTo("inbox", ["mails"])}>All mails</BackLink>
            <OneMail file={file} />
          </Fragment>
        )}
      </div>
    </div>
  );
}

function OneMail({ file }: { file: string }) {
  const { data, error, reload } = useApi<Mail>(`/api/inbox/${encodeURIComponent(file)}`);
  if (!data) {
    return error ? <ErrorNote error={error} onRetry={reload} /> : <Loading />;
  }
  return (
    <article class="card mail" aria-labelledby="mail-subject">
      <h2 id="mail-subject">{data.subject || "(no subject)"}</h2>
      <dl class="facts">
        <dt>From</dt>
        <dd>{data.from}</dd>
        <dt>To</dt>
        <dd>{data.to}</dd>
        <dt>Sent</dt>
        <dd>
          <Time at={data.at} as="full" />
        </dd>
      </dl>
      <div class="mail-text">{withLinks(data.text)}</div>
      <details>
        <summary>All headers</summary>
        <dl class="facts">
          {data.headers.map(([name, value], index) => (
            <div key={index} class="fact">
              <dt>{name}</dt>
              <dd class="mono">{value}</dd>
            </div>
          ))}
        </dl>
        <p class="muted mono">{data.file}</p>
      </details>
    </article>
  );
}
