/** A table: the framework ClusterScan, its controls in published order. */
import type { Framework } from '../framework.ts'

export const clusterscan: Framework = {
  name: 'ClusterScan',
  aliases: [],
  scope: ['cluster', 'file'],
  controls: [
    'C-0066',
    'C-0088',
    'C-0067',
    'C-0005',
    'C-0262',
    'C-0265',
    'C-0015',
    'C-0002',
    'C-0007',
    'C-0063',
    'C-0036',
    'C-0039',
    'C-0035',
    'C-0188',
    'C-0187',
    'C-0012',
    'C-0260',
    'C-0256',
    'C-0038',
    'C-0041',
    'C-0048',
    'C-0057',
    'C-0013',
  ],
}
