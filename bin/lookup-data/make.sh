#!/bin/sh
# SPDX-FileCopyrightText: The Carillon authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes the tables of networks and disposable numbers that Carillon ships, from packages of fixed versions. Needs apt, npm and a JDK.
# Run it after raising a version below, and commit what changes.
set -eu

mobile_broadband_provider_info=20230416-1
disposable_phone_numbers=2.1.802

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download "mobile-broadband-provider-info=$mobile_broadband_provider_info"
dpkg-deb -x mobile-broadband-provider-info_*.deb providers
npm pack --silent "@ip1sms/disposable-phone-numbers@$disposable_phone_numbers"
tar xzf ip1sms-disposable-phone-numbers-*.tgz
java "$here/MakeLookupData.java" providers/usr/share/mobile-broadband-provider-info/serviceproviders.xml package/number-list.json \
    "$here/../../server/src/main/resources/dev/carillon/server/lookup"
