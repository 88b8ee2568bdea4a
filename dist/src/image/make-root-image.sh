#!/usr/bin/env bash
# Makes src/main/resources/io/firn/dist/demo/root.img.gz: the file system that the demo's root disk
# is imported from. Run by hand when it has to change; needs e2fsprogs.
#
# Two files are only reserved here, so that the template stays small. The demo fills them in before
# it serves the image (io.firn.dist.demo.RootImage):
#   /srv/orders/catalog.bin   pages of the mark FIRN-DEMO-FILL: data, from a seed
#   /var/lib/orders/journal   pages of the mark FIRN-DEMO-HOLE: zeros; the first page is the header
#                             of a journal region that no guest has used yet
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
out=../main/resources/io/firn/dist/demo/root.img.gz
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# pages MARK COUNT: that many pages of 4096 bytes, the mark and a newline over and over.
pages() {
  local line page
  line=$(printf '%-15s' "$1")
  page=$(for _ in $(seq 256); do printf '%s\n' "$line"; done)
  for _ in $(seq "$2"); do printf '%s\n' "$page"; done
}

root=$work/root
mkdir -p "$root"/{etc,home,srv/orders,var/lib/orders,var/log}
printf 'NAME="Demo Linux"\nID=demo\nVERSION_ID="1"\nPRETTY_NAME="Demo Linux 1"\n' >"$root/etc/os-release"
printf 'orders-db\n' >"$root/etc/hostname"
printf 'root:x:0:0:root:/root:/bin/sh\norders:x:1000:1000::/home:/bin/sh\n' >"$root/etc/passwd"
printf '/dev/vda / ext4 defaults 0 1\n/dev/vdb /srv/data ext4 defaults 0 2\n' >"$root/etc/fstab"
pages FIRN-DEMO-FILL 10240 >"$root/srv/orders/catalog.bin"
{
  # magic, a zero byte, the region's length (8 MiB, little-endian); the rest of the page is zero
  printf 'FIRN-JOURNAL-v1\0\0\0\200\0\0\0\0\0'
  head -c $((4096 - 24)) /dev/zero
  pages FIRN-DEMO-HOLE 2047
} >"$root/var/lib/orders/journal"
find "$root" -exec touch -d @1767225600 {} +

truncate -s 128M "$work/root.img"
SOURCE_DATE_EPOCH=1767225600 E2FSPROGS_FAKE_TIME=1767225600 mkfs.ext4 -q -b 4096 -L orders-root \
  -U 6f726465-7273-4d62-8000-000000000001 \
  -E hash_seed=6f726465-7273-4d62-8000-000000000002,lazy_itable_init=0,lazy_journal_init=0,root_owner=0:0 \
  -J size=4 -d "$root" "$work/root.img"
e2fsck -fn "$work/root.img"
gzip -9 -n <"$work/root.img" >"$out"
ls -l "$out"
