#!/bin/sh
# Issues a voucher, has a shop redeem it, and sees that it cannot be cancelled any more.
# voucher.sh [ADDRESS [KEY]]
set -eu
address=${1:-http://127.0.0.1:8080}
key=${2:-sim_example}

call() { curl -fsS -X POST -H "X-API-KEY: $key" "$@"; }

issued=$(call "$address/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900001&value=20.00")
echo "$issued"
code=$(echo "$issued" | sed 's/.*"voucherCode":"\([0-9]*\)".*/\1/')

call "$address/_sim/vouchers/$code/redeem" -H 'Content-Type: application/json' -d '{"outlet":"Corner Shop"}'
echo
refused=$(call "$address/Voucher/CancelVoucher?voucherCode=$code")
echo "$refused"
case $refused in *'"successfulRequest":false'*) ;; *) echo 'a redeemed voucher was cancelled' >&2; exit 1 ;; esac
