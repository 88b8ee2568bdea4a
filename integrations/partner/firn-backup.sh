#!/bin/sh
# Firn for KubeVirt's vendor compatibility suite. See README.md beside this file.
#
#   firn-backup.sh backup NAME -n BACKUP_NS -i NS[,NS] [-s SELECTOR] [-r RESOURCES] [-l LOCATION] [-v]
#   firn-backup.sh delete-backup NAME -n BACKUP_NS
#   firn-backup.sh restore NAME -n BACKUP_NS -f BACKUP_NAME [-s SELECTOR] [-v]
#
# Exit code: 0 done (perhaps with warnings on standard error), 1 failed, 2 wrong usage.
set -u

firn=${FIRN:-firn}
everything=vm,vmi,vmirs,vmpool,pvc,cm,secret,sa

# Firn ends with this where all is done, at a lower consistency or with warnings.
with_losses=3

# The label by which the suite selects one claim; its value is the claim's UID.
claim_uid=velero.kubevirt.io/pvc-uid

usage() {
  [ $# -eq 0 ] || echo "$0: $1" >&2
  sed -n '3,7s/^# *//p' "$0" >&2
  exit 2
}

fail() {
  echo "$0: $1" >&2
  exit 1
}

require() {
  [ -n "$2" ] || usage "$1 is missing"
}

# Runs firn; losses are a success with a warning.
run() {
  "$firn" "$@"
  code=$?
  if [ "$code" -eq "$with_losses" ]; then
    echo "$0: done with warnings: firn $1" >&2
    return 0
  fi
  return "$code"
}

# The points of a backup, one a namespace, oldest first.
points() {
  "$firn" points --label "backup=$1" --label "backup-namespace=$2" -o name
}

# The suite's names of kinds, in Firn's; what only exists in a running cluster is left out.
kinds() {
  found=
  old_ifs=$IFS
  IFS=,
  for resource in $1; do
    case ${resource%%.*} in
      virtualmachine | virtualmachines | vm | vms) kind=vm ;;
      virtualmachineinstance | virtualmachineinstances | vmi | vmis) kind=vmi ;;
      virtualmachineinstancereplicasets | vmirs) kind=vmirs ;;
      virtualmachinepools | vmpool) kind=vmpool ;;
      datavolume | datavolumes | dv | dvs) kind=dv ;;
      persistentvolumeclaim | persistentvolumeclaims | pvc) kind=pvc ;;
      configmap | configmaps | cm) kind=cm ;;
      secret | secrets) kind=secret ;;
      serviceaccount | serviceaccounts | sa) kind=sa ;;
      service | services | svc) kind=svc ;;
      pod | pods | persistentvolume | persistentvolumes | pv | controllerrevisions | \
        volumesnapshots | volumesnapshotcontents | namespaces) continue ;;
      *) fail "-r: Firn does not back up '$resource'" ;;
    esac
    found=${found:+$found,}$kind
  done
  IFS=$old_ifs
  [ -n "$found" ] || fail "-r $1: none of these can be backed up"
  echo "$found"
}

backup() {
  require NAME "$name"
  require "-n BACKUP_NS" "$backup_namespace"
  require "-i NAMESPACE" "$included"
  existing=$(points "$name" "$backup_namespace") || fail "the vault cannot be read"
  [ -z "$existing" ] || fail "there is a backup '$name' already: $existing"
  wanted=$everything
  if [ -n "$resources" ]; then
    wanted=$(kinds "$resources") || exit 1
  fi
  set -- --label "backup=$name" --label "backup-namespace=$backup_namespace"
  if [ -n "$location" ]; then
    set -- "$@" --label "location=$location"
  fi
  if [ -n "${FIRN_MOVER_IMAGE:-}" ]; then
    set -- "$@" --mover-image "$FIRN_MOVER_IMAGE"
  fi
  if [ -n "$selector" ]; then
    set -- "$@" -l "$selector"
  else
    set -- "$@" --all
  fi
  old_ifs=$IFS
  IFS=,
  for namespace in $included; do
    IFS=$old_ifs
    run backup -n "$namespace" --resources "$wanted" "$@" \
      || fail "namespace $namespace was not backed up"
  done
}

delete_backup() {
  require NAME "$name"
  require "-n BACKUP_NS" "$backup_namespace"
  existing=$(points "$name" "$backup_namespace") || fail "the vault cannot be read"
  if [ -z "$existing" ]; then
    echo "there is no backup '$name'"
    return 0
  fi
  run forget -A --label "backup=$name" --label "backup-namespace=$backup_namespace" --allow-none \
    || fail "backup '$name' was not deleted"
}

restore() {
  require NAME "$name"
  require "-n BACKUP_NS" "$backup_namespace"
  require "-f BACKUP_NAME" "$from"
  existing=$(points "$from" "$backup_namespace") || fail "the vault cannot be read"
  [ -n "$existing" ] || fail "there is no backup '$from'"
  # What exists is left as it is, as the suite expects.
  set -- --on-conflict skip
  if [ -n "${FIRN_MOVER_IMAGE:-}" ]; then
    set -- "$@" --mover-image "$FIRN_MOVER_IMAGE"
  fi
  case $selector in
    "") ;;
    "$claim_uid="*) set -- "$@" --only-volume "${selector#"$claim_uid="}" ;;
    *) set -- "$@" -l "$selector" ;;
  esac
  restored=
  for point in $existing; do
    if [ -n "$selector" ] && lacks "$point" "$@"; then
      continue
    fi
    run restore "$point" "$@" || fail "point $point of backup '$from' was not restored"
    restored=yes
  done
  [ -n "$restored" ] || fail "nothing in backup '$from' is selected by '$selector'"
}

# Whether a point holds nothing of what is selected: a backup of several namespaces has a point each.
lacks() {
  "$firn" restore "$@" --plan -o json 2>&1 | grep -q '"code" *: *"OBJECT_NOT_FOUND"'
}

[ $# -ge 1 ] || usage
command=$1
shift
name=
case ${1:-} in
  "" | -*) ;;
  *)
    name=$1
    shift
    ;;
esac
backup_namespace= included= selector= resources= location= from=
while getopts n:i:s:r:l:f:v option; do
  case $option in
    n) backup_namespace=$OPTARG ;;
    i) included=$OPTARG ;;
    s) selector=$OPTARG ;;
    r) resources=$OPTARG ;;
    l) location=$OPTARG ;;
    f) from=$OPTARG ;;
    v) ;; # Every command waits until it is done and checks what it did.
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || usage "'$1' was not understood"

case $command in
  backup) backup ;;
  delete-backup) delete_backup ;;
  restore) restore ;;
  *) usage "'$command' is no command" ;;
esac
