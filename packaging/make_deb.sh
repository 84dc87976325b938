#!/usr/bin/env bash
# Makes a package for Debian 12 of a built program: make_deb.sh PROGRAM VERSION FOLDER. Prints its name.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
program=$(readlink -f "$1")
version=$2
folder=$3

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
architecture=$(dpkg --print-architecture)

install -Dm755 "$program" "$root/usr/bin/symbolon"
install -Dm644 "$here/symbolon.service" "$root/lib/systemd/system/symbolon.service"
install -Dm644 "$here/symbolon.yaml" "$root/etc/symbolon/symbolon.yaml"
install -Dm644 "$here/../README.md" -t "$root/usr/share/doc/symbolon"
install -Dm644 "$here/../LICENSE" "$root/usr/share/doc/symbolon/copyright"
cp -r --no-preserve=mode "$here/../docs" "$root/usr/share/doc/symbolon/docs"

# The libraries that the program is linked with, as packages. The tool wants to stand in a source package.
depends() {
    mkdir -p "$root/source/debian"
    touch "$root/source/debian/control"
    (cd "$root/source" && dpkg-shlibdeps -O "$root/usr/bin/symbolon") | sed 's/^shlibs:Depends=//'
}

libraries=$(depends)
rm -rf "$root/source"
size=$(du -sk "$root" | cut -f1)
mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: symbolon
Version: $version
Architecture: $architecture
Maintainer: Symbolon <symbolon@localhost>
Installed-Size: $size
Depends: $libraries, passwd, ca-certificates
Section: net
Priority: optional
Description: identity server for account linking
 Speaks the protocol of Amazon Cognito user pools and is an OpenID Provider; with a local voice assistant and a doctor for
 account linking.
CONTROL
echo /etc/symbolon/symbolon.yaml >"$root/DEBIAN/conffiles"
install -m755 "$here/postinst" "$here/prerm" "$here/postrm" "$root/DEBIAN/"

name=symbolon_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$folder/$name" >/dev/null
echo "$folder/$name"
