/** One of the sides of a view. */
export interface Tab {
  title: string;
  /** Where it is, by `hrefTo`. */
  href: string;
  /** How many are in it, shown beside the title. */
  count?: number;
  current: boolean;
}

/** The sides of a view, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ title, href, count, current }) => (
        <a key={href} href={href} aria-current={current ? "page" : undefined}>
          {title}
          {count !== undefined && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
