#!/bin/sh
# Installs mtr @VERSION@: downloads the archive for this machine, verifies its SHA-256, and puts `mtr` into a folder.
#
#   sh install.sh [--to DIR]        default: ~/.local/bin
#
# MTR_BASE_URL replaces the address of the release (mirrors, tests).
set -eu

version="@VERSION@"
base="${MTR_BASE_URL:-https://github.com/@REPOSITORY@/releases/download/v$version}"
to="$HOME/.local/bin"

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --to) [ $# -gt 1 ] || fail "--to needs a folder"; to=$2; shift 2 ;;
    *) fail "unknown option $1 (known: --to DIR)" ;;
  esac
done

case "$(uname -s)" in
  Linux) system=linux ;;
  Darwin) system=macos ;;
  *) fail "there is no mtr for $(uname -s); it can be built from source with Deno" ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) machine=x64 ;;
  arm64 | aarch64) machine=arm64 ;;
  *) fail "there is no mtr for $(uname -m) processors" ;;
esac

fetch() {
  if command -v curl >/dev/null 2>&1; then curl -fsSL --retry 2 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then wget -q -O "$2" "$1"
  else fail "neither curl nor wget is here"; fi
}

sha256_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1" | cut -d' ' -f1
  else shasum -a 256 "$1" | cut -d' ' -f1; fi
}

name="mtr-$version-$system-$machine.tar.gz"
tmp="$(mktemp -d)"
trap 'rm -rf "$tmp"' EXIT

fetch "$base/$name" "$tmp/$name" || fail "$base/$name could not be downloaded"
fetch "$base/SHA256SUMS" "$tmp/SHA256SUMS" || fail "$base/SHA256SUMS could not be downloaded"

wanted="$(awk -v name="$name" '$2 == name { print $1 }' "$tmp/SHA256SUMS")"
[ -n "$wanted" ] || fail "SHA256SUMS does not know $name"
found="$(sha256_of "$tmp/$name")"
[ "$found" = "$wanted" ] || fail "the checksum of $name is wrong: $found instead of $wanted; nothing was installed"

tar -xzf "$tmp/$name" -C "$tmp"
mkdir -p "$to"
# Beside the old one, then over it: a running mtr keeps the file that it was started from.
cp "$tmp/mtr-$version/mtr" "$to/.mtr.part"
chmod 755 "$to/.mtr.part"
mv "$to/.mtr.part" "$to/mtr"

echo "mtr $version is in $to"
case ":$PATH:" in
  *":$to:"*) ;;
  *) echo "add it to your PATH: export PATH=\"$to:\$PATH\"" ;;
esac
