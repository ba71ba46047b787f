#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# tools/sbom.sh >stipple-runtime.cdx.json
#
# What the device runtime consists of, as a CycloneDX 1.5 list: its files with their digests, and
# that it depends on nothing. The same files give the same list, on every day and machine.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C

version=$(sed -n 's/^VERSION := //p' mk/config.mk)
files=$(find runtime/include runtime/src -name '*.[ch]' | sort)

# $1 file, $2 what stands before it
component() {
	digest=$(sha256sum "$1")
	cat <<-END
		$2{
		      "type": "file",
		      "bom-ref": "$1",
		      "name": "$1",
		      "hashes": [ { "alg": "SHA-256", "content": "${digest%% *}" } ]
		    }
	END
}

cat <<END
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "component": {
      "type": "library",
      "bom-ref": "stipple-runtime",
      "name": "stipple-runtime",
      "version": "$version",
      "licenses": [ { "license": { "id": "Apache-2.0" } } ]
    }
  },
  "components": [
END
before='    '
for file in $files; do
	component "$file" "$before"
	before='    , '
done
cat <<END
  ],
  "dependencies": [ { "ref": "stipple-runtime", "dependsOn": [] } ]
}
END
