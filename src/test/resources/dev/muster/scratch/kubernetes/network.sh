# Holds a network that has nothing in it but loopback, as long as its input is open; then whatever runs there is ended.
# To be started in a network namespace of its own.
ip link set lo up && echo ready
cat >/dev/null
for process in /proc/[0-9]*; do
    id=${process#/proc/}
    [ "$id" = "$$" ] || { [ "$process/ns/net" -ef /proc/$$/ns/net ] && kill -KILL "$id"; }
done
