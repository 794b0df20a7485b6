/** The module `data.designators`, which published rules may import; written anew. */

export const DESIGNATORS = `package designators

import rego.v1
import data.cautils

included_namespaces(namespace) if cautils.list_contains(["default"], namespace)

excluded_namespaces(namespace) if not cautils.list_contains(["excluded"], namespace)

forbidden_wlids(wlid) if {
	some forbidden in input.forbidden_wlids
	forbidden == wlid
}

filter_k8s_object(object) := object
`
