# Runs a program as a container's: as a user without rights, with a root folder that is put together of what this machine
# has. To be started in namespaces of its own for mounts and processes.
# Usage: sh container.sh ROOT USER bind SOURCE TARGET ... memory BYTES TARGET ... STARTED COMMAND...
# ROOT is an empty folder; the file STARTED is written when all is there. Lasting folders of the machine are read-only.
set -e

root=$1 user=$2
shift 2

# Makes what can be mounted over.
place() {
    [ -e "$root$2" ] && return
    if [ -d "$1" ]; then
        mkdir -p "$root$2"
    else
        mkdir -p "$(dirname "$root$2")"
        : >"$root$2"
    fi
}

mount -t tmpfs -o mode=755 none "$root"

for part in usr etc bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$part" ]; then
        cp -P "/$part" "$root/$part"
    elif [ -d "/$part" ]; then
        mkdir "$root/$part"
        mount --bind "/$part" "$root/$part"
        mount -o remount,bind,ro "$root/$part"
    fi
done

mkdir "$root/proc" "$root/dev"
mount -t proc none "$root/proc"
for device in null zero full random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"

while :; do
    case $1 in
        bind)
            place "$2" "$3"
            mount --bind "$2" "$root$3"
            ;;
        memory)
            mkdir -p "$root$3"
            mount -t tmpfs -o "size=$2,mode=1777" none "$root$3"
            ;;
        *) break ;;
    esac
    shift 3
done
started=$1
shift

mount -o remount,ro "$root"
: >"$started"
exec chroot "$root" setpriv --reuid="$user" --regid="$user" --clear-groups --no-new-privs --inh-caps=-all -- "$@"
