/** Knows how Barman's cloud tools keep backups. */
package dev.muster.backup.barman;
