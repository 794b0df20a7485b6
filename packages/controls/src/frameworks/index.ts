/** Every framework, in the order in which they are listed. */
import type { Framework } from '../framework.ts'

import { allcontrols } from './allcontrols.ts'
import { armobest } from './armobest.ts'
import { cisAksT120 } from './cis-aks-t1-2-0.ts'
import { cisAksT180 } from './cis-aks-t1-8-0.ts'
import { cisEksT120 } from './cis-eks-t1-2-0.ts'
import { cisEksT170 } from './cis-eks-t1-7-0.ts'
import { cisEksT180 } from './cis-eks-t1-8-0.ts'
import { cisGkeV190 } from './cis-gke-v1-9-0.ts'
import { cisV1100 } from './cis-v1-10-0.ts'
import { cisV1120 } from './cis-v1-12-0.ts'
import { cisV123T101 } from './cis-v1-23-t1-0-1.ts'
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
  cisAksT120,
  cisAksT180,
  cisEksT120,
  cisEksT170,
  cisEksT180,
  cisGkeV190,
  cisV1100,
  cisV1120,
  cisV123T101,
  clusterscan,
  devopsbest,
  mitre,
  nsa,
  security,
  soc2,
  workloadscan,
]
