// The way to the pages of a list that lie beside this one.
import type { Site } from '../site/site.ts'

interface Props {
  site: Site
  path: string
  /** What they begin beside; undefined: there is none. */
  previous: string | undefined
  next: string | undefined
}

export const Paging = ({ site: { text }, path, previous, next }: Props) =>
  previous === undefined && next === undefined ? null : (
    <nav class="paging" aria-label={text.paging.label}>
      {previous !== undefined && (
        <a class="button plain small" rel="prev" href={`${path}?after=${encodeURIComponent(previous)}`}>
          {text.paging.previous}
        </a>
      )}{' '}
      {next !== undefined && (
        <a class="button plain small" rel="next" href={`${path}?before=${encodeURIComponent(next)}`}>
          {text.paging.next}
        </a>
      )}
    </nav>
  )
