package dev.muster.scratch.kubernetes;

/** A server of PostgreSQL as a script for a container. */
final class TestServer {
    private TestServer() {}

    static String script(String password) {
        return String.join(
                "\n",
                "set -e",
                "export PATH=$PATH:$(echo /usr/lib/postgresql/*/bin)",
                "echo '" + password + "' > /tmp/password",
                "initdb -D /tmp/data -U postgres --pwfile=/tmp/password --auth=scram-sha-256 --no-sync >/dev/null",
                "echo 'host all all 0.0.0.0/0 scram-sha-256' >> /tmp/data/pg_hba.conf",
                "exec postgres -D /tmp/data -c 'listen_addresses=*' -c fsync=off -c unix_socket_directories=/tmp"
                        + " -c dynamic_shared_memory_type=mmap -c max_connections=20");
    }
}
