// A moment as people say it ("3 days ago"), with the exact time for those who point at it and for machines.

import type { Site } from '../site/site.ts'

export const Moment = ({ site, at, now }: { site: Site; at: number; now: number }) => {
  const { moments, formats } = site.text
  const exact = new Date(at).toISOString()
  return (
    <time datetime={exact} title={moments.utc({ moment: exact.slice(0, 16).replace('T', ' ') })}>
      {formats.ago(at, now) ?? moments.justNow}
    </time>
  )
}
