package dev.muster.backup.pgbackrest;

/**
 * A server's data folder as a repository knows it; an upgrade makes another one.
 *
 * @param version the major version of PostgreSQL
 * @param system the identifier that the folder was given when it was made
 */
record Cluster(String version, long system) {}
