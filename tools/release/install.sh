#!/bin/sh
# Installs kubescape @VERSION@: the executable for this machine, checked against the checksums of the release, into a
# directory of yours. Nothing runs as another user, and nothing else is changed.
#
#   curl -fsSL @BASE_URL@/install.sh | sh
#   sh install.sh [--dir DIRECTORY] [--from URL-OR-DIRECTORY]
#
#   --dir   where to install to (KUBESCAPE_INSTALL_DIR); default: a directory on PATH that you may write to, else ~/.local/bin
#   --from  where the files of the release are (KUBESCAPE_BASE_URL)
set -eu

version='@VERSION@'
from=${KUBESCAPE_BASE_URL:-'@BASE_URL@'}
directory=${KUBESCAPE_INSTALL_DIR:-}

main() {
  while [ $# -gt 0 ]; do
    case $1 in
      --dir=*) directory=${1#*=} ;;
      --from=*) from=${1#*=} ;;
      --dir | --from)
        [ $# -gt 1 ] || fail "$1 needs a value"
        if [ "$1" = --dir ]; then directory=$2; else from=$2; fi
        shift
        ;;
      *) fail "unknown argument: $1; there are --dir and --from" ;;
    esac
    shift
  done

  name="kubescape_${version}_$(platform).tar.gz"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM

  fetch checksums.txt
  expected=$(awk -v name="$name" '$2 == name { print $1 }' "$work/checksums.txt")
  [ -n "$expected" ] || fail "$from has no $name: there is no executable for this machine. The npm package runs on any Node.js from 22.18 on."
  fetch "$name"
  actual=$(digest "$work/$name")
  [ "$actual" = "$expected" ] || fail "$name is not what was published: its SHA-256 is $actual, and should be $expected. Nothing was installed."

  tar -xzf "$work/$name" -C "$work" kubescape
  "$work/kubescape" version >/dev/null 2>&1 || fail "the executable does not start here (it needs glibc and libstdc++). The npm package runs on any Node.js from 22.18 on."

  choose_directory
  mkdir -p "$directory" || fail "cannot make $directory; name another one with --dir"
  [ -w "$directory" ] || fail "cannot write to $directory; name another one with --dir"
  directory=$(CDPATH='' cd -- "$directory" && pwd)
  # Moved within the directory, so that a kubescape that runs now is not changed under its feet.
  cp "$work/kubescape" "$directory/.kubescape.$$"
  chmod 755 "$directory/.kubescape.$$"
  mv -f "$directory/.kubescape.$$" "$directory/kubescape"

  echo "kubescape $version is installed: $directory/kubescape"
  if [ -n "${GITHUB_PATH:-}" ]; then
    echo "$directory" >>"$GITHUB_PATH"
  elif ! is_on_path "$directory"; then
    echo "$directory is not on your PATH yet. Add this line to the profile of your shell:"
    echo "export PATH=\"$directory:\$PATH\""
  fi
}

platform() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) os=other ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) echo "${os}_amd64" ;;
    aarch64 | arm64) echo "${os}_arm64" ;;
    *) echo "${os}_other" ;;
  esac
}

# Puts a file of the release into the working directory.
fetch() {
  case $from in
    http://* | https://*)
      if command -v curl >/dev/null; then
        curl -fsSL --retry 3 -o "$work/$1" "$from/$1" || fail "cannot download $from/$1"
      elif command -v wget >/dev/null; then
        wget -q -O "$work/$1" "$from/$1" || fail "cannot download $from/$1"
      else
        fail "neither curl nor wget is here to download $from/$1"
      fi
      ;;
    *) cp "${from#file://}/$1" "$work/$1" || fail "cannot read $from/$1" ;;
  esac
}

digest() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null; then
    shasum -a 256 "$1" | cut -d ' ' -f 1
  elif command -v openssl >/dev/null; then
    openssl dgst -sha256 -r "$1" | cut -d ' ' -f 1
  else
    fail "none of sha256sum, shasum and openssl is here to check the download with"
  fi
}

# What the directories of the system hold is the business of its package manager.
choose_directory() {
  [ -z "$directory" ] || return 0
  for candidate in "${HOME:-}/.local/bin" "${HOME:-}/bin" /usr/local/bin; do
    if is_on_path "$candidate" && is_writable "$candidate"; then
      directory=$candidate
      return 0
    fi
  done
  set -f
  IFS=:
  for candidate in $PATH; do
    case $candidate in
      /bin | /sbin | /usr/bin | /usr/sbin) continue ;;
      /*) if is_writable "$candidate"; then directory=$candidate && break; fi ;;
    esac
  done
  unset IFS
  set +f
  [ -n "$directory" ] || directory=${HOME:?no directory on PATH can be written to, and HOME is not set; name a directory with --dir}/.local/bin
}

is_on_path() {
  case ":$PATH:" in *":$1:"*) return 0 ;; *) return 1 ;; esac
}

is_writable() {
  [ -d "$1" ] && [ -w "$1" ]
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

# The last line: a download that broke off runs nothing.
main "$@"
