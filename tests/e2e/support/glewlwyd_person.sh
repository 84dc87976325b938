# Signs in at glewlwyd for the doctor: its pages need scripts, so this calls what they call. Arguments: base, intent, address.
set -eu
base=$1 intent=$2 address=$3
[ "$intent" = sign_in ] || exit 1
cookies=$(mktemp)
trap 'rm -f "$cookies"' EXIT
send() { curl -sf -b "$cookies" -c "$cookies" -H 'content-type: application/json' -o /dev/null "$@"; }
send -X POST "$base/api/auth/" -d '{"username":"jane","password":"Right-12345"}'
send -X PUT "$base/api/auth/grant/skill" -d '{"scope":"lamps"}'
curl -s -b "$cookies" -o /dev/null -w '%{redirect_url}\n' "$address&g_continue"
