#!/usr/bin/env bash
# Builds the kube-apiserver that go.mod names into the cache folder, once, and prints where it is.
# Takes about seven minutes on two cores; later calls only print the path.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(sed -n 's/^.*k8s\.io\/kubernetes v\([0-9.]*\).*$/\1/p' "$here/go.mod")
folder="${XDG_CACHE_HOME:-$HOME/.cache}/istio-constructs/kube-apiserver-$version"
binary="$folder/kube-apiserver"

if [ ! -x "$binary" ]; then
  command -v go >/dev/null || { echo "no Go toolchain to build kube-apiserver $version with" >&2; exit 1; }
  echo "building kube-apiserver $version, once, into $folder" >&2
  mkdir -p "$folder"
  fresh=$(mktemp -d "$folder/build.XXXXXX")
  trap 'rm -rf "$fresh"' EXIT
  cd "$here"
  # The version is stamped because clients would see v0.0.0-master otherwise.
  go build -mod=readonly -buildvcs=false -p "${BUILD_JOBS:-2}" -o "$fresh/" \
    -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=v$version -X k8s.io/component-base/version.gitMajor=${version%%.*} -X k8s.io/component-base/version.gitMinor=$(echo "$version" | cut -d. -f2)" \
    k8s.io/kubernetes/cmd/kube-apiserver >&2
  # A rename, so that a build cut short never looks like a finished one.
  mv -f "$fresh/kube-apiserver" "$binary"
fi
echo "$binary"
