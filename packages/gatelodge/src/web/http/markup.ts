import type { HtmlEscapedString } from 'hono/utils/html'

/** What a page's function gives: text in which everything is escaped already. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>
