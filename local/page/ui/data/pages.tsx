interface PagesProps {
  /** Address of the first page, where this is another one. */
  first: string | undefined;
  /** Address of the next page, if there is one. */
  next: string | undefined;
}

/** The way to other pages. The browser's own way back is the one to the page before. */
export function Pages({ first, next }: PagesProps) {
  return first === undefined && next === undefined ? null : (
    <nav class="pages" aria-label="Pages">
      {first !== undefined && <a href={first}>First page</a>}
      {next !== undefined && <a href={next}>Next page</a>}
    </nav>
  );
}
