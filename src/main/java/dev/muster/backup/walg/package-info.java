/** Knows how WAL-G keeps backups. */
package dev.muster.backup.walg;
