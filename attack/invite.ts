// Invitations, made as an operator makes them: by a command of the site that is attacked.
import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { NotTried } from './attack.ts'

/** Takes the words behind `gatelodge invite`. @returns what it prints. */
type Inviter = (words: string[]) => Promise<string>

let inviter: Inviter | undefined

/** From now on invitations are made with it. */
export function useInviter(given: Inviter): void {
  inviter = given
}

/** @param command such as `gatelodge invite`, with all that it needs to find the site. */
export function useInviteCommand(command: string): void {
  // Words of ours only: nothing that came from the site.
  useInviter(async (words) => (await promisify(exec)(`${command} ${words.join(' ')}`)).stdout)
}

export interface Invited {
  id: string
  /** In the link; undefined where that was sent. */
  token: string | undefined
}

/** @param words behind `create`. @throws {NotTried} where nobody can invite here. */
export async function invite(...words: string[]): Promise<Invited> {
  const { id, link } = JSON.parse(await ask('create', ...words, '--json')) as { id: string; link?: string }
  return { id, token: link?.split('/').at(-1) }
}

export async function revoke({ id }: Invited): Promise<void> {
  await ask('revoke', id)
}

async function ask(...words: string[]): Promise<string> {
  if (!inviter) throw new NotTried('they need invitations, made by the command that --invite-command names')
  return inviter(words)
}
