// In which order files are tested: those that take a minute come first, so that none of them runs alone in the end. What waits
// stands beside what waits: among browsers, a statement of hangs.walk would get no answer in its quarter of a second.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = [
  'hangs.walk',
  'faults.walk',
  'awaits.walk',
  'next',
  'pseudo-language',
  'accessible-being-in.walk',
  'accessible-operating.walk',
  'accessible-entering.walk',
  'attack.walk',
  'backup',
  'journeys/left-open',
  'account-deletion-pairs.walk',
  'hostile.walk',
  'state-machine.walk',
  'journeys/two-factor',
  'journeys/passkeys',
  'cli/cli',
]

export class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = (await super.sort(files)).filter((file) => rank(file) === -1)
    const first = files.filter((file) => rank(file) !== -1).sort((one, other) => rank(one) - rank(other))
    return [...first, ...others]
  }
}

const rank = ({ moduleId }: TestSpecification) => long.findIndex((name) => moduleId.includes(`${name}.test.`))
