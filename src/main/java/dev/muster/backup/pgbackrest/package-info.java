/** Knows how pgBackRest lays out and seals its repositories. */
package dev.muster.backup.pgbackrest;
