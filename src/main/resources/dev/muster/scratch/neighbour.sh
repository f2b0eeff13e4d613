# Runs programs in this container for the worker in the one beside it. Both know each other by a folder that they share:
# the worker asks in the FIFO `requests`, what happens is said in `events`, and `alive` is open as long as this one runs.
# Usage: sh -c THIS neighbour FOLDER. Needs a POSIX shell, mkfifo, rm, mv and mkdir; setsid is of use.

home=$1
umask 077

# What a scratch's programs find in their environment is what the worker gives them, and nothing of this container's.
for name in $(export -p | while IFS= read -r line; do
    line=${line#export } line=${line#declare -x }
    echo "${line%%=*}"
done); do
    case $name in
        PATH | *[!A-Za-z0-9_]* | [0-9]*) ;;
        *) unset "$name" 2>/dev/null ;;
    esac
done
unset OLDPWD

# A limit as control groups write it, if there is one.
limit() {
    for file in "$@"; do
        if [ -r "$file" ] && read -r value rest <"$file"; then
            echo "$value $rest"
            return
        fi
    done
}

describe() {
    echo "path $PATH"
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/lib/postgresql[0-9]*/bin \
        /usr/libexec/postgresql[0-9]* /usr/local/pgsql*/bin /opt/*postgresql*/bin; do
        [ -x "$folder/postgres" ] && echo "postgres $folder"
    done
    rest=$PATH:
    while [ -n "$rest" ]; do
        folder=${rest%%:*} rest=${rest#*:}
        [ -n "$folder" ] && [ -x "$folder/postgres" ] && echo "postgres $folder"
    done
    echo "memory $(limit /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes)"
    if [ -r /sys/fs/cgroup/cpu.max ]; then
        echo "processors $(limit /sys/fs/cgroup/cpu.max)"
    else
        echo "processors $(limit /sys/fs/cgroup/cpu/cpu.cfs_quota_us) $(limit /sys/fs/cgroup/cpu/cpu.cfs_period_us)"
    fi
    while read -r what where kind options rest; do
        [ "$where" = /dev/shm ] && echo "shared $options"
    done </proc/self/mounts
}

# Kills a program with all that it has started, be it in its session or further down; the program itself first, since
# it must not go on with its next command when a child is gone.
end() {
    while :; do
        family=" $1 " before=
        while [ "$family" != "$before" ]; do
            before=$family
            for stat in /proc/[0-9]*/stat; do
                read -r line 2>/dev/null <"$stat" || continue
                process=${line%% *}
                # The program's name stands in parentheses and may hold anything.
                set -- "$1" ${line##*) }
                case $family in *" $process "*) continue ;; esac
                case $2 in Z | X) continue ;; esac
                case $family in
                    *" $3 "*) family="$family$process " ;;
                    *) [ "$5" = "$1" ] && family="$family$process " ;;
                esac
            done
        done
        left=
        for process in $family; do
            read -r line 2>/dev/null <"/proc/$process/stat" || continue
            set -- "$1" ${line##*) }
            case $2 in Z | X) continue ;; esac
            left=y
            kill -KILL "$process" 2>/dev/null
        done
        [ -n "$left" ] || return
    done
}

# Runs one program to its end, and says what becomes of it. Its output goes through a FIFO, so that however much it says
# takes no room; it does not start before the worker listens.
program() {
    exec 5>&-
    folder=$home/$1
    mkfifo "$folder/output" || {
        echo "ended $1 126" >&4
        return
    }
    $session sh "$folder/script" </dev/null >"$folder/output" 2>&1 3>&- 4>&- 5>&- &
    echo "$!" >"$folder/pid.new"
    mv "$folder/pid.new" "$folder/pid"
    echo "started $1" >&4
    wait "$!" 2>/dev/null
    code=$?
    rm -f "$folder/pid"
    echo "ended $1 $code" >&4
    echo reap >&3
}

stop() {
    exec 5>&-
    [ -r "$home/$1/pid" ] && read -r process <"$home/$1/pid" && end "$process"
}

leave() {
    trap '' TERM INT HUP
    echo "leaving 0" >&4
    for folder in "$home"/*/; do
        folder=${folder%/}
        (stop "${folder##*/}") 2>/dev/null
    done
    exit 143
}

session=
command -v setsid >/dev/null 2>&1 && session=setsid
mkdir -p "$home"
rm -f "$home/ready" "$home/requests" "$home/events" "$home/alive"
mkfifo "$home/requests" "$home/events" "$home/alive" || exit 1
exec 3<>"$home/requests" 4<>"$home/events" 5<>"$home/alive" || exit 1
trap leave TERM INT HUP
describe >"$home/ready.new" 2>/dev/null
mv "$home/ready.new" "$home/ready"

while :; do
    read -r what id <&3 || continue
    case $what in
        run) program "$id" & ;;
        stop) stop "$id" & ;;
    esac
    # Collects whoever has ended, strangers that were left to this one as the first of its container included.
    jobs >/dev/null 2>&1
done
