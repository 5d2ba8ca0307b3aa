// A moment as people say it ("3 days ago"), with the exact time for those who point at it and for machines.

import type { Markup } from '../http/markup.ts'
import type { Site } from '../site/site.ts'
import { stencil } from './stencil.ts'

interface Props {
  site: Site
  at: number
  now: number
}

export const Moment = (props: Props) => momentOf(props)

/** The same where markup is put together by hand. */
export function momentOf({ site, at, now }: Props): Markup {
  const exact = new Date(at).toISOString()
  const ago = site.text.formats.ago(at, now) ?? site.text.moments.justNow
  return time(site, { exact, minute: exact.slice(0, 16).replace('T', ' '), ago })
}

const time = stencil(['exact', 'minute', 'ago'], ({ text }, { exact, minute, ago }) => (
  <time datetime={exact} title={text.moments.utc({ moment: minute })}>
    {ago}
  </time>
))

interface LastUsedProps {
  site: Site
  words: { lastUsed: string; neverUsed: string }
  /** null: never. */
  at: number | null
  now: number
}

export const LastUsed = ({ site, words, at, now }: LastUsedProps) =>
  at === null ? (
    <>{words.neverUsed}</>
  ) : (
    <>
      {words.lastUsed} <Moment site={site} at={at} now={now} />
    </>
  )
