# shellcheck shell=bash disable=SC2034
# How release binaries are built. Exclusive access was checked by every debug build and test; in a release the check is
# left out, because it runs for each property of each object on the way of a request.

release_flags=(-c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked)
