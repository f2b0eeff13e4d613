/** Finds, chooses, fetches and verifies backups in vaults; knows how each format is laid out. */
package dev.muster.backup;
