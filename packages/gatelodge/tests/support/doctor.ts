// One look of `gatelodge doctor`, at settings of a test.
import { type DoctorFinding, type DoctorInput, type Look, takeLook } from '../../src/cli/doctor/finding.ts'
import type { Settings } from '../../src/config/schema.ts'
import { testSettings, throwawayDatabase } from './make-app.ts'

/** @param settings over those of all tests, on an SQLite file that is not there yet. */
export function asked(settings: Partial<Settings> = {}, emailTo?: string): DoctorInput {
  return { settings: testSettings(throwawayDatabase(), settings), sources: {} as DoctorInput['sources'], emailTo }
}

export async function look(looks: Look | Look[], about: DoctorInput): Promise<DoctorFinding[]> {
  const found = await Promise.all([looks].flat().map((one) => takeLook(one, about)))
  return found.flat()
}

/** `fault data folder`, and what it says and advises behind it. */
export const spelled = ({ check, state, says, remedy }: DoctorFinding) =>
  [`${state} ${check}: ${says}`, remedy].filter(Boolean).join(' → ')

export const stateOf = (findings: DoctorFinding[], check: string) =>
  findings.filter((one) => one.check === check).map(({ state }) => state)
