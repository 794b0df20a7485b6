/** The module `data.cautils`, which published rules import; written anew, to do what its functions are named for. */

export const CAUTILS = `package cautils

import rego.v1

# The list, or set, has the element.
list_contains(list, element) if {
	some item in list
	item == element
}

# The name of a Pod by its metadata.
getPodName(metadata) := metadata.name

# The entries of the second object that the first one has too.
object_intersection(parent, sub) := {key: value |
	some key, value in sub
	parent[key] == value
}

# Every entry of the first object is in the second one.
is_subobject(sub, parent) if object_intersection(parent, sub) == sub

# The object has the key, whatever its value.
object_has_key(object, key) if {
	some name, _ in object
	name == key
}

is_not_empty(value) if count(value) > 0

is_empty(value) if count(value) == 0
`
