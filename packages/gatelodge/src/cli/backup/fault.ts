// Why a file cannot be used, in a sentence for the person who gave it.
export class BackupFault extends Error {
  override name = 'BackupFault'
}

export const altered =
  'This file is damaged or was altered: its contents are not what was written. Take another backup.'
export const truncated = 'This file is not complete: its end is missing. Copy it again, or take another backup.'
