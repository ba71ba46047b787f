#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Proves the promise of the README: on a fresh Debian 12 with git, make and apt, and nothing else,
# `make demo` and then `make test` succeed.
#
#   tests/fresh/run-in-fresh-root.sh [FOLDER]
#
# Makes a Debian root in a temporary folder with debootstrap (as root), clones the last commit into it
# and runs the two there. The mirror, and apt's settings for reaching it, are the host's. FOLDER keeps
# the bare root for the next run instead of making it again. Not part of the ordinary tests: it takes
# some minutes and downloads a system.
set -eu

suite=bookworm
here=$(cd "$(dirname "$0")/../.." && pwd)

die() {
	echo "run-in-fresh-root: $*" >&2
	exit 1
}

# The first http mirror of the host that serves the suite: one-line files, then deb822 files.
host_mirror() {
	{
		cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
			sed -n -E "s,^deb +(\[[^]]*\] +)?(https?://[^ ]+) +$suite .*,\2,p"
		cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
			awk -v suite="$suite" '
				/^URIs:/ { uri = $2 }
				/^Suites:/ { for (i = 2; i <= NF; i++) if ($i == suite && uri != "") print uri }
				/^$/ { uri = "" }'
	} | head -n 1
}

# How the host's apt reaches its mirror: proxies, retries and what it checks.
host_apt_settings() {
	apt-config dump | grep -E '^Acquire::(http|https|Check|Retries|Proxy|ForceIPv)' || true
}

make_root() {
	mirror=$(host_mirror)
	[ -n "$mirror" ] || die "no mirror of $suite in the host's apt sources"
	packages=git,make
	case $mirror in
	https:*) packages=$packages,ca-certificates ;;
	esac
	debootstrap --variant=minbase --include="$packages" "$suite" "$1.part" "$mirror" >"$1.log" 2>&1 ||
		{ tail -n 20 "$1.log" >&2; die "debootstrap failed"; }
	host_apt_settings >"$1.part/etc/apt/apt.conf.d/00host"
	rm -rf "$1.part"/var/lib/apt/lists/* "$1.part"/var/cache/apt/archives/*.deb
	mv "$1.part" "$1"
}

# The checkout is cloned with the root's own git, as a newcomer does.
run_inside() {
	env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb \
		${http_proxy+http_proxy="$http_proxy"} ${https_proxy+https_proxy="$https_proxy"} \
		chroot "$root" sh -ec "$1" </dev/null
}

clean_up() {
	umount "$root/proc" 2>/dev/null || true
	rm -rf --one-file-system "$work"
}

command -v debootstrap >/dev/null || die "needs debootstrap (Debian package debootstrap)"
[ "$(id -u)" = 0 ] || die "must run as root, for chroot"
work=$(mktemp -d)
root=$work/root
trap clean_up EXIT
if [ $# -gt 0 ]; then
	[ -d "$1" ] || make_root "$1"
	cp -a "$1" "$root"
else
	make_root "$root"
fi
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
mount -t proc proc "$root/proc" 2>/dev/null || echo "(no /proc inside; going on without)"
git clone -q --bare "$here" "$root/srv/stipple.git"

for tool in gcc flex bison pkg-config; do
	if run_inside "command -v $tool" >/dev/null; then
		die "the root is not fresh: it has $tool"
	fi
done
run_inside 'git clone -q /srv/stipple.git /root/stipple'
echo "A fresh Debian $(cat "$root/etc/debian_version") with git and make; commit" \
	"$(git -C "$here" rev-parse --short HEAD)"
for target in demo test; do
	echo "== make $target"
	run_inside "cd /root/stipple && make $target"
done
echo "== make setup, once more: must be silent"
again=$(run_inside 'cd /root/stipple && make --no-print-directory setup' 2>&1)
[ -z "$again" ] || die "make setup was not silent: $again"
echo "Fresh root: make demo and make test succeeded."
