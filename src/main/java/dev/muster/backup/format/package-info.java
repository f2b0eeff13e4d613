/** Knows how each format of backups is laid out, from a listing and a few bytes. */
package dev.muster.backup.format;
