# What most published rules do: workloads of some kinds, containers of each, a field.
package bench.kind_filter

import rego.v1

deny contains result if {
	workload := input[_]
	workload.kind == "Pod"
	container := workload.spec.containers[i]
	is_privileged(container)
	result := describe(workload, sprintf("spec.containers[%d].securityContext.privileged", [i]))
}

deny contains result if {
	workload := input[_]
	workload.kind in {"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"}
	container := workload.spec.template.spec.containers[i]
	is_privileged(container)
	result := describe(workload, sprintf("spec.template.spec.containers[%d].securityContext.privileged", [i]))
}

deny contains result if {
	workload := input[_]
	workload.kind == "CronJob"
	container := workload.spec.jobTemplate.spec.template.spec.containers[i]
	is_privileged(container)
	result := describe(workload, sprintf("spec.jobTemplate.spec.template.spec.containers[%d].securityContext.privileged", [i]))
}

is_privileged(container) if container.securityContext.privileged == true

is_privileged(container) if "SYS_ADMIN" in container.securityContext.capabilities.add

describe(workload, path) := {
	"alertMessage": sprintf("%s %s runs a privileged container", [workload.kind, workload.metadata.name]),
	"failedPaths": [path],
	"alertObject": {"k8sApiObjects": [workload]},
}
