import type { ComponentChildren } from "preact";

/** What is taken for an address in a text: up to what ends a sentence or a bracket. */
const address = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}]/g;

/**
 * A text whose web addresses are links. Only those: a mail is somebody else's word, so nothing in it
 * is markup, and what it links to does not learn where from.
 */
export function withLinks(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { 0: url, index } of text.matchAll(address)) {
    parts.push(
      text.slice(end, index),
      <a key={index} href={url} target="_blank" rel="noreferrer noopener">
        {url}
      </a>,
    );
    end = index + url.length;
  }
  return [...parts, text.slice(end)];
}
