/** Every framework, in the order in which they are listed. */
import type { Framework } from '../framework.ts'

import { allcontrols } from './allcontrols.ts'
import { armobest } from './armobest.ts'
import { clusterscan } from './clusterscan.ts'
import { devopsbest } from './devopsbest.ts'
import { mitre } from './mitre.ts'
import { nsa } from './nsa.ts'
import { security } from './security.ts'
import { soc2 } from './soc2.ts'
import { workloadscan } from './workloadscan.ts'

export const FRAMEWORKS: readonly Framework[] = [
  allcontrols,
  armobest,
  clusterscan,
  devopsbest,
  mitre,
  nsa,
  security,
  soc2,
  workloadscan,
]
